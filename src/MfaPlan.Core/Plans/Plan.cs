using System.Collections.Immutable;
using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>A migration plan, the whole of it.</summary>
public sealed record Plan
{
    /// <summary>Always mfaplan/v1.</summary>
    [Description("Always mfaplan/v1.")]
    public required string ApiVersion { get; init; }

    /// <summary>Always MigrationPlan.</summary>
    [Description("Always MigrationPlan.")]
    public required string Kind { get; init; }

    /// <summary>Name and owner.</summary>
    [Description("Name and owner.")]
    public required Metadata Metadata { get; init; }

    /// <summary>The tenant the plan is for.</summary>
    [Description("The tenant the plan is for.")]
    public required TenantPart Tenant { get; init; }

    /// <summary>How the runner signs in; the default identity of the environment where it is left out.</summary>
    [Description("How the runner signs in; the default identity of the environment where it is left out.")]
    public SignIn? SignIn { get; init; }

    /// <summary>Where MFA happens today, by domain.</summary>
    [Description("Where MFA happens today, by domain.")]
    public ImmutableArray<Domain> Domains { get; init; } = [];

    /// <summary>Where the on-premises data is; exactly one of its members.</summary>
    [Description("Where the on-premises data is; exactly one of its members.")]
    public required SourcePart Source { get; init; }

    /// <summary>Active Directory, for matching.</summary>
    [Description("Active Directory, for matching.")]
    public ActiveDirectory? ActiveDirectory { get; init; }

    /// <summary>How users are matched with source records.</summary>
    [Description("How users are matched with source records.")]
    public MatchPart Match { get; init; } = new();

    /// <summary>Whom and what to bring over.</summary>
    [Description("Whom and what to bring over.")]
    public required Migrate Migrate { get; init; }

    /// <summary>What is asked of users whose app cannot be brought over.</summary>
    [Description("What is asked of users whose app cannot be brought over.")]
    public ReRegister? ReRegister { get; init; }

    /// <summary>Accounts that are never touched.</summary>
    [Description("Accounts that are never touched.")]
    public Protect? Protect { get; init; }

    /// <summary>What the authentication methods policy must allow.</summary>
    [Description("What the authentication methods policy must allow.")]
    public PolicyPart? Policy { get; init; }

    /// <summary>The waves of the staged rollout.</summary>
    [Description("The waves of the staged rollout.")]
    public Rollout? Rollout { get; init; }

    /// <summary>The federation switch.</summary>
    [Description("The federation switch.")]
    public CutOver? CutOver { get; init; }

    /// <summary>What still leans on MFA Server.</summary>
    [Description("What still leans on MFA Server.")]
    public ImmutableArray<Dependency> Dependencies { get; init; } = [];

    /// <summary>The guide's hand steps.</summary>
    [Description("The guide's hand steps.")]
    public Checklist? Checklist { get; init; }

    /// <summary>Who must sign a change set.</summary>
    [Description("Who must sign a change set.")]
    public Approvals? Approvals { get; init; }

    /// <summary>What an apply may do at most.</summary>
    [Description("What an apply may do at most.")]
    public Limits Limits { get; init; } = new();

    /// <summary>Continuous migration.</summary>
    [Description("Continuous migration.")]
    public Sync? Sync { get; init; }

    /// <summary>Where journal, change sets and keys are.</summary>
    [Description("Where journal, change sets and keys are.")]
    public StatePart State { get; init; } = new();
}
