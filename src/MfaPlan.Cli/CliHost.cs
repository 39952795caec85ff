using System.Collections.Immutable;
using MfaPlan.State.Keys;

namespace MfaPlan.Cli;

/// <summary>The world as a command sees it: given, so that tests run the real program in memory.</summary>
internal sealed record CliHost
{
    /// <summary>Where answers go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where everything else goes.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where answers to prompts come from.</summary>
    public required TextReader In { get; init; }

    /// <summary>Whether Out is a terminal that understands colour.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person sits at In and Error.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The environment.</summary>
    public required ImmutableDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that relative paths on the command line start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The machine's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance.</summary>
    public required Func<int, byte[]> Random { get; init; }

    /// <summary>The vault that keys are kept in; null for Azure Key Vault, asked as this machine.</summary>
    public IKeyVault? Vault { get; init; }

    /// <summary>Who runs this, as the system names them.</summary>
    public string User => Environment.GetValueOrDefault("USER") ?? Environment.GetValueOrDefault("USERNAME") ?? "unknown";

    /// <summary>Whether this is a CI machine: no keys are made up there and no local state is trusted.</summary>
    public bool IsCi => Environment.TryGetValue("CI", out var ci) && ci is "true" or "1";

    /// <summary>The value of a setting in the environment, <c>MFAPLAN_*</c>.</summary>
    public string? Setting(string name) => Environment.GetValueOrDefault("MFAPLAN_" + name);

    /// <summary>A path of the command line as a full path.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);
}
