using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Whom and what to bring over.</summary>
public sealed record Migrate
{
    /// <summary>Groups by id or name; nested members are included.</summary>
    [Description("Groups by id or name; nested members are included.")]
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Single users by principal name or id.</summary>
    [Description("Single users by principal name or id.")]
    public ImmutableArray<string> Users { get; init; } = [];

    /// <summary>Whom an apply looks at.</summary>
    [Description("Whom an apply looks at.")]
    public MigrateOnly Only { get; init; } = MigrateOnly.Changed;

    /// <summary>The first phone.</summary>
    [Description("The first phone.")]
    public ExistingPart Phone { get; init; } = new();

    /// <summary>The second phone.</summary>
    [Description("The second phone.")]
    public ExistingPart BackupPhone { get; init; } = new();

    /// <summary>The mobile app.</summary>
    [Description("The mobile app.")]
    public MobileApp MobileApp { get; init; } = new();

    /// <summary>The OATH token.</summary>
    [Description("The OATH token.")]
    public ExistingPart OathToken { get; init; } = new();

    /// <summary>The default method.</summary>
    [Description("The default method.")]
    public DefaultMethodMode DefaultMethod { get; init; } = DefaultMethodMode.IfNotSet;

    /// <summary>Kinds of account.</summary>
    [Description("Kinds of account.")]
    public Include Include { get; init; } = new();
}
