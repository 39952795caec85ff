using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Names where a secret is; the plan never holds one. Exactly one member.</summary>
public sealed record SecretRefPart
{
    /// <summary>An environment variable.</summary>
    [Description("An environment variable.")]
    public string? Env { get; init; }

    /// <summary>A file, relative to the plan.</summary>
    [Description("A file, relative to the plan.")]
    public string? File { get; init; }

    /// <summary>The URI of a Key Vault entry.</summary>
    [Description("The URI of a Key Vault entry.")]
    public string? KeyVault { get; init; }
}
