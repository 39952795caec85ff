using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Drifts;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Reports;

/// <summary>A unit that moved, or of which something is not known, for a reader.</summary>
/// <param name="Id">The user's object id, or the unit's.</param>
/// <param name="Name">Principal name, masked unless revealed; empty for what is no user.</param>
/// <param name="Run">The run that left it in place.</param>
/// <param name="Settled">When that was seen.</param>
/// <param name="Unknown">Why something is not known; null when everything is.</param>
/// <param name="Moved">What is not as it was left.</param>
/// <param name="Audit">Who did something to it since, the newest first; null where that was not asked or could not be read.</param>
public sealed record DriftReport(
    string Id,
    string Name,
    string Run,
    DateTimeOffset Settled,
    string? Unknown,
    ImmutableArray<MovedReport> Moved,
    ImmutableArray<AuditReport>? Audit)
{
    /// <summary>The report of a unit.</summary>
    /// <param name="drift">The unit.</param>
    /// <param name="audit">What the audit log has; null where it was not asked or could not be read.</param>
    /// <param name="reveal">Whether personal data is shown in clear.</param>
    public static DriftReport Of(UnitDrift drift, ImmutableArray<AuditEntry>? audit, bool reveal) => new(
        drift.Id.Kind == UnitKind.User ? drift.Id.User.ToString("D") : drift.Id.ToString(),
        reveal ? drift.Name?.Reveal() ?? "" : drift.Name?.ToString() ?? "",
        drift.Run,
        drift.At,
        drift.Unknown,
        [.. drift.Moved.Select(moved => MovedReport.Of(moved, reveal))],
        audit is { } entries ? [.. entries.Select(entry => AuditReport.Of(entry, reveal))] : null);
}

/// <summary>A change that is no longer in place, for a reader.</summary>
/// <param name="Id">The change's id.</param>
/// <param name="Before">What was there before the run.</param>
/// <param name="Left">What was left there.</param>
/// <param name="Now">What is there now.</param>
/// <param name="AsBefore">Whether that is what was there before the run.</param>
public sealed record MovedReport(string Id, string Before, string Left, string Now, bool AsBefore)
{
    /// <summary>The report of a change.</summary>
    public static MovedReport Of(ChangeDrift drift, bool reveal)
    {
        var change = ChangeReport.Of(drift.Change, reveal);
        return new(change.Id, change.Before, change.After, NowOf(drift.Change, drift.Seen, reveal), drift.Position == Position.AsBefore);
    }

    private static string NowOf(Change change, Look seen, bool reveal) => (change, seen) switch
    {
        (Change.SetPhone phone, Look.OfUser { Methods: var user }) =>
            ChangeReport.Of(phone with { Before = user.Phone(phone.Slot) }, reveal).Before,
        (Change.SetDefaultMethod, Look.OfUser { Methods: var user }) => user.Default?.Word ?? "not set",
        (Change.OfToken step, Look.OfUser { Methods: var user }) => Of(step, user.Token(step.Token.Serial)),
        (Change.AllowMethod allow, Look.OfPolicy policy) => ChangeReport.Of(allow with { Before = policy.Of(allow.Method) }, reveal).Before,
        (Change.SetCampaign campaign, Look.OfPolicy { Campaign: { } now }) => ChangeReport.Of(campaign with { Before = now }, reveal).Before,
        (Change.CreateRollout, Look.OfRollout rollout) => rollout.Policy is null ? "no staged rollout" : "there",
        (Change.EnableRollout, Look.OfRollout rollout) => rollout.Policy is { Enabled: true } ? "on" : "off",
        (Change.AttachGroup attach, Look.OfRollout rollout) =>
            (rollout.Policy?.Groups.Contains(attach.Group) ?? false ? "in" : "not in") + " the staged rollout",
        (Change.RouteUser route, Look.OfMembership member) => (member.Groups.Contains(route.Group) ? "in" : "not in") + $" group {route.Group:D}",
        (Change.SetFederatedMfa, Look.OfFederation domain) => domain.Federation is { } federation ? federation.MfaBehavior ?? "never set" : "not federated",
        _ => "something else",
    };

    private static string Of(Change.OfToken step, HardwareToken? token) => $"token {step.Token.Serial} " + token switch
    {
        null => "not there",
        { Holder: TokenHolder.Other } => "with somebody else",
        { Holder: TokenHolder.Nobody } => "with nobody",
        { Activated: false } => "not active",
        { InInventory: false } => "not in the inventory",
        _ => "there",
    };
}

/// <summary>A line of the audit log, for a reader.</summary>
/// <param name="At">When.</param>
/// <param name="Activity">What, in the service's words.</param>
/// <param name="By">Who, masked unless revealed.</param>
public sealed record AuditReport(DateTimeOffset At, string Activity, string By)
{
    /// <summary>The report of a line.</summary>
    public static AuditReport Of(AuditEntry entry, bool reveal) => new(
        entry.At, entry.Activity, (entry.Person, entry.App) switch
        {
            ({ } person, _) => reveal ? person.Reveal() : person.ToString(),
            (_, { } app) => $"app \"{app}\"",
            _ => "unknown",
        });
}
