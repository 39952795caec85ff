using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Commands;

/// <summary>
/// Who carries out what the service gives to a signed-in person only. Staged rollout is delegated-only: an app's own sign-in does not suffice. In
/// this version a person does these steps by hand; the sandbox takes them from the runner unless the plan says <c>manual</c>.
/// </summary>
internal static class Operator
{
    /// <summary>Which units a person carries out; null for none.</summary>
    public static Func<Unit, bool>? ByHand(Plan plan, bool sandbox) =>
        sandbox && plan.SignIn?.Operator?.Mode != SignInMode.Manual ? null : static unit => unit.Id == RolloutPlanner.Id;

    /// <summary>The steps for a person, one a line.</summary>
    public static IEnumerable<string> Steps(Unit unit) => unit.Changes.Select(static change => change switch
    {
        Change.CreateRollout create =>
            $"make the staged rollout: POST /v1.0/policies/featureRolloutPolicies {{\"displayName\":\"{create.DisplayName}\",\"feature\":\"multiFactorAuthentication\",\"isEnabled\":true}}",
        Change.EnableRollout enable =>
            $"switch the staged rollout {(enable.After ? "on" : "off")}: PATCH /v1.0/policies/featureRolloutPolicies/{{id}} {{\"isEnabled\":{(enable.After ? "true" : "false")}}}",
        Change.AttachGroup { After: true } attach =>
            $"add the group {attach.Group:D} to it: POST /v1.0/policies/featureRolloutPolicies/{{id}}/appliesTo/$ref {{\"@odata.id\":\"https://graph.microsoft.com/v1.0/directoryObjects/{attach.Group:D}\"}}",
        Change.AttachGroup detach =>
            $"take the group {detach.Group:D} out of it: DELETE /v1.0/policies/featureRolloutPolicies/{{id}}/appliesTo/{detach.Group:D}/$ref",
        _ => change.Id,
    });
}
