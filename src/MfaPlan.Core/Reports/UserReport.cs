using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Reports;

/// <summary>One user of a change set for a reader: before and after with the rule, and what was found.</summary>
/// <param name="Id">Object id.</param>
/// <param name="Name">Principal name, masked unless revealed.</param>
/// <param name="State">changes, in place, left out, unknown.</param>
/// <param name="SourceRow">The source's row; 0 for none.</param>
/// <param name="MatchedBy">The rule that matched.</param>
/// <param name="Changes">What changes.</param>
/// <param name="Findings">What was found.</param>
public sealed record UserReport(
    string Id,
    string Name,
    string State,
    long SourceRow,
    string? MatchedBy,
    ImmutableArray<ChangeReport> Changes,
    ImmutableArray<FindingReport> Findings)
{
    /// <summary>The report of a unit.</summary>
    /// <param name="unit">A user's unit.</param>
    /// <param name="reveal">Whether personal data is shown in clear.</param>
    public static UserReport Of(Unit unit, bool reveal) => new(
        unit.Id.User.ToString("D"),
        reveal ? unit.Name?.Reveal() ?? "" : unit.Name?.ToString() ?? "",
        unit.Unknown is not null ? "unknown"
            : !unit.Changes.IsEmpty ? "changes"
            : unit.Usability is null || (unit.Stage.WaveName is not null && unit.Findings.Any(static finding => FindingCatalog.Of(finding).Descriptor.Severity == Severity.Error)) ? "left out"
            : "in place",
        unit.SourceRow,
        unit.MatchedBy,
        [.. unit.Changes.Select(change => ChangeReport.Of(change, reveal))],
        [.. unit.Findings.Select(finding => FindingReport.Of(finding, reveal))]);
}

/// <summary>One change for a reader.</summary>
public sealed record ChangeReport(string Id, string Before, string After, string Rule, bool Destroys)
{
    /// <summary>The report of a change.</summary>
    public static ChangeReport Of(Change change, bool reveal) => change switch
    {
        Change.SetPhone phone => new(phone.Id, Show(phone.Before, reveal), Show(phone.After, reveal), phone.Rule, phone.Destroys),
        Change.SetDefaultMethod method => new(method.Id, method.Before?.Word ?? "not set", method.After.Word, method.Rule, method.Destroys),
        Change.CreateToken step => Of(step, "not in the inventory", "in the inventory"),
        Change.AssignToken step => Of(step, "not assigned", "assigned"),
        Change.ActivateToken step => Of(step, "not active", "active"),
        Change.AllowMethod allow => new(allow.Id, Show(allow.Before, allow.Method), Show(allow.After, allow.Method), allow.Rule, allow.Destroys),
        Change.SetCampaign campaign => new(campaign.Id, Show(campaign.Before), Show(campaign.After), campaign.Rule, campaign.Destroys),
        Change.CreateRollout create => Of(create, forward: true, "no staged rollout", $"the staged rollout \"{create.DisplayName}\", on, without groups"),
        Change.EnableRollout enable => Of(enable, enable.After, "off", "on"),
        Change.AttachGroup attach => Of(attach, attach.After, "not in the staged rollout", "in the staged rollout"),
        Change.RouteUser route => Of(route, route.After, $"not in group {route.Group:D}", $"in group {route.Group:D}"),
        Change.SetFederatedMfa set => new(set.Id, set.Before.MfaBehavior ?? "never set", set.After, set.Rule, set.Destroys),
        _ => new(change.Id, "", "", change.Rule, change.Destroys),
    };

    private static ChangeReport Of(Change change, bool forward, string without, string with)
    {
        var (before, after) = forward ? (without, with) : (with, without);
        return new(change.Id, before, after, change.Rule, change.Destroys);
    }

    private static ChangeReport Of(Change.OfToken step, string without, string with)
    {
        var (before, after) = step.After ? (without, with) : (with, without);
        return new(step.Id, $"token {step.Token.Serial} {before}", after, step.Rule, step.Destroys);
    }

    private static string Show(MethodConfiguration configuration, MethodKind method) =>
        (configuration.Enabled ? "on for " : "off; names ")
        + (configuration.Include.IsEmpty ? "nobody" : Show(configuration.Include, signIn: method == MethodKind.Sms))
        + (configuration.Exclude.IsEmpty ? "" : " but not " + Show(configuration.Exclude, signIn: false));

    private static string Show(RegistrationCampaign campaign) =>
        campaign.State switch
        {
            CampaignState.Enabled => "asks ",
            CampaignState.Disabled => "off; names ",
            _ => "managed by Microsoft; names ",
        }
        + (campaign.Include.IsEmpty ? "nobody" : Show(campaign.Include, signIn: false))
        + (campaign.Exclude.IsEmpty ? "" : " but not " + Show(campaign.Exclude, signIn: false))
        + (campaign.SnoozeDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"; may be put off for {days} days") : "");

    private static string Show(ImmutableArray<MethodTarget> targets, bool signIn) => string.Join(", ", targets.Select(target =>
        (target.Id is not { } id ? "everybody" : (target.IsUser ? "user " : "group ") + id.ToString("D"))
        + (signIn && target.UsableForSignIn ? " (also to sign in)" : "")
        + (target.Asks is null or RegistrationCampaign.Authenticator ? "" : $" (for {target.Asks})")));

    private static string Show(Privacy.PhoneNumber? number, bool reveal) =>
        number is null ? "none" : reveal ? number.Reveal() : number.ToString();
}

/// <summary>One finding for a reader.</summary>
public sealed record FindingReport(string Code, Severity Severity, string Title, string Message)
{
    /// <summary>The report of a finding.</summary>
    public static FindingReport Of(Finding finding, bool reveal)
    {
        var kind = FindingCatalog.Of(finding);
        return new(kind.Code, kind.Descriptor.Severity, kind.Descriptor.Title, kind.Message(finding, reveal));
    }
}
