using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Reports;

/// <summary>The first screen of a preview as data; every renderer shows the same.</summary>
/// <param name="Digest">The change set's digest.</param>
/// <param name="Plan">metadata.name.</param>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="IsRollback">Whether it is a way back.</param>
/// <param name="Undoes">The run that it undoes.</param>
/// <param name="Verdict">The word on the whole.</param>
/// <param name="Guards">Every guard's word, the worst first.</param>
/// <param name="Domains">Where MFA happens today, by domain, as the plan says.</param>
/// <param name="Totals">The counts.</param>
/// <param name="Zeros">What must be zero, with its count.</param>
/// <param name="Findings">Findings by kind, the gravest first.</param>
/// <param name="Inputs">What it was judged by.</param>
public sealed record PreviewReport(
    string Digest,
    string Plan,
    Guid Tenant,
    string Stage,
    bool IsRollback,
    string? Undoes,
    GuardVerdict Verdict,
    ImmutableArray<GuardResult> Guards,
    ImmutableArray<DomainLine> Domains,
    Totals Totals,
    ImmutableArray<ZeroLine> Zeros,
    ImmutableArray<FindingLine> Findings,
    ImmutableArray<ChangeSetInput> Inputs)
{
    /// <summary>The report of a change set.</summary>
    /// <param name="plan">The plan, for where MFA happens today; null when it is not at hand.</param>
    /// <param name="digest">The change set's digest.</param>
    /// <param name="header">Its header.</param>
    /// <param name="footer">Its footer.</param>
    public static PreviewReport Of(Plan? plan, string digest, ChangeSetHeader header, ChangeSetFooter footer) => new(
        digest,
        header.Plan,
        header.Tenant,
        header.Stage.Name,
        header.Purpose == ChangeSetPurpose.Rollback,
        header.Undoes,
        footer.Verdict,
        [.. footer.Guards.OrderByDescending(static guard => guard.Verdict).ThenBy(static guard => guard.Code, StringComparer.Ordinal)],
        plan is null ? [] : [.. plan.Domains.Select(domain => DomainLine.Of(domain, Switches(plan, header, domain)))],
        footer.Totals,
        [
            new("users left without a usable method", footer.Totals.LeftWithout),
            new("values in Entra replaced", header.Purpose == ChangeSetPurpose.Apply ? footer.Totals.Overwrites : 0),
            new("SID mismatches", footer.Totals.Of(FindingCatalog.SidMismatch.Code)),
            new("users that could not be read", footer.Totals.Unknown),
            new("break-glass accounts in scope", footer.Totals.Of(FindingCatalog.BreakGlass.Code)),
            new("administrators changed", footer.Totals.Administrators),
        ],
        [
            .. footer.Totals.ByFinding
                .Select(static pair => (Kind: FindingCatalog.ByCode.GetValueOrDefault(pair.Key), pair.Value))
                .Where(static pair => pair.Kind is not null)
                .Select(static pair => new FindingLine(pair.Kind!.Code, pair.Kind.Descriptor.Severity, pair.Kind.Descriptor.Title, pair.Value))
                .OrderByDescending(static line => line.Severity).ThenBy(static line => line.Code, StringComparer.Ordinal),
        ],
        header.Inputs)
    {
        Forecast = header.Forecast,
        ReRegister = header is { Purpose: ChangeSetPurpose.Apply } && header.Stage != StageId.Prepare && plan?.ReRegister is { } cohort
            ? ReRegisterLine.Of(cohort, footer.Totals)
            : null,
    };

    /// <summary>What is written for the whole tenant; read from the change set's units by whoever shows it.</summary>
    public ImmutableArray<PolicyReport> TenantWide { get; init; } = [];

    /// <summary>An earlier stage still has changes: this is for reading, and cannot be applied.</summary>
    public bool Forecast { get; init; }

    /// <summary>The users who must register again; null where the plan has no <c>reRegister</c>, or it is no matter of this stage.</summary>
    public ReRegisterLine? ReRegister { get; init; }

    /// <summary>Why it is a forecast, and of what, in two half sentences.</summary>
    [JsonIgnore]
    public (string Why, string What) ForecastNote => Stage == StageId.CutOver.Name || IsOfRetire || IsOfWave
        ? ("an earlier stage was not seen through yet", "this is the stage as it would be now, and cannot be applied")
        : ("the prepare stage has changes that come first", "this is the stage as it would be after it, and cannot be applied");

    /// <summary>Whether the change set moves a domain's MFA to Entra, or stands behind the one that did.</summary>
    private static bool Switches(Plan plan, ChangeSetHeader header, Domain domain) =>
        header.Stage >= StageId.CutOver && header.Purpose == ChangeSetPurpose.Apply && plan.CutOver is { To: FederatedMfa.RejectMfaByFederatedIdp } cutOver
        && cutOver.Domains.Contains(domain.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is about users; otherwise about a policy.</summary>
    public bool IsOfUsers => Stage != StageId.Prepare.Name;

    /// <summary>The verdict in one word.</summary>
    public string VerdictWord => Verdict switch
    {
        GuardVerdict.Holds => Totals.Changed == 0 ? "NOTHING TO DO" : Forecast ? "FORECAST" : "APPLY",
        GuardVerdict.Unknown => "UNKNOWN",
        _ => "REFUSED",
    };

    /// <summary>Whether it is about a wave.</summary>
    public bool IsOfWave => Stage.StartsWith("wave/", StringComparison.Ordinal);

    /// <summary>Whether it is about the end of the staged rollout.</summary>
    [JsonIgnore]
    public bool IsOfRetire => Stage == StageId.Retire.Name;

    /// <summary>"Touches N of M users (A administrators, G guests)", or how many settings of the policy are written.</summary>
    public string Touches => Stage == StageId.CutOver.Name
        ? $"switches {Counted.Of(Totals.ByChange.GetValueOrDefault("federation.mfaBehavior"), "domain")}"
            + (IsRollback ? "" : $", for {Counted.Of(Totals.Users, "enabled user")} at once ({Counted.Of(Totals.Administrators, "administrator")})")
        : IsOfRetire
        ? Totals.Changed == 0
            ? "leaves the staged rollout as it is"
            : $"switches the staged rollout {(IsRollback ? "on" : "off")}, for {Counted.Of(Totals.Users, "member")} of its groups at once"
        : IsOfWave
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"moves {Totals.ByChange.GetValueOrDefault(Change.RouteId)} of {Counted.Of(Totals.Users, "user")} ({Counted.Of(Totals.Administrators, "administrator")}, {Counted.Of(Totals.Guests, "guest")}) {(IsRollback ? "back" : "to the cloud's MFA")}")
        : IsOfUsers
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"touches {Totals.Changed} of {Counted.Of(Totals.Users, "user")} ({Counted.Of(Totals.Administrators, "administrator")}, "
                + $"{Counted.Of(Totals.Guests, "guest")}) with {Counted.Of(Totals.Changes, "change")}")
        : string.Create(
            CultureInfo.InvariantCulture, $"writes {Counted.Of(Totals.Changes, "setting")} of the authentication methods policy, for the whole tenant");

    /// <summary>The changes by kind, in words.</summary>
    public string ByChange => Totals.ByChange.IsEmpty
        ? "no changes"
        : string.Join(", ", Totals.ByChange.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
}

/// <summary>Where MFA happens today for a domain.</summary>
public sealed record DomainLine(string Name, string Today, string After)
{
    internal static DomainLine Of(Domain domain, bool switched)
    {
        var today = domain.MfaToday switch
        {
            MfaToday.MfaServer => "MFA Server",
            MfaToday.ThirdParty => "a third party",
            MfaToday.Entra => "Entra",
            _ => "none",
        };
        return new(domain.Name, today, switched ? "Entra" : today);
    }
}

/// <summary>The cohort of <c>reRegister</c>.</summary>
/// <param name="Users">Users in scope whose app cannot be brought over.</param>
/// <param name="Deadline">Until when they must have registered again; null for no day.</param>
/// <param name="Campaign">The group of the registration campaign; null for none.</param>
/// <param name="NeverAsked">Those whom the campaign does not reach.</param>
public sealed record ReRegisterLine(long Users, DateOnly? Deadline, string? Campaign, long NeverAsked)
{
    /// <summary>The cohort in one sentence.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(Users, "user")} must register the app again")
        + (Deadline is { } day ? string.Create(CultureInfo.InvariantCulture, $" by {day:yyyy-MM-dd}") : "")
        + (Campaign is null
            ? "; no registration campaign asks for it, so tell them."
            : string.Create(CultureInfo.InvariantCulture, $"; the registration campaign for {Campaign} asks {Users - NeverAsked} of them, and {NeverAsked} would never be asked."));

    internal static ReRegisterLine Of(ReRegister plan, Totals totals) => new(
        totals.Of(FindingCatalog.MustRegisterAgain.Code), plan.Deadline, plan.Campaign?.Group, totals.Of(FindingCatalog.NeverAsked.Code));
}

/// <summary>A count that must be zero.</summary>
public sealed record ZeroLine(string What, long Count);

/// <summary>How many units have a kind of finding.</summary>
public sealed record FindingLine(string Code, Severity Severity, string Title, long Count);
