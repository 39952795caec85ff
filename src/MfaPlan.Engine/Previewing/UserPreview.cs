using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>The preview of one user, by the same reads and rules as that of a stage; keeps nothing.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="state">Where the keys are.</param>
public sealed class UserPreview(ITenantReader tenant, IStateStore state)
{
    /// <summary>Looks at a user, in scope or not.</summary>
    /// <param name="request">What to go by.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<UserPreviewResult> RunAsync(PreviewRequest request, DirectoryUser user, CancellationToken cancellationToken)
    {
        var view = await new TenantViewReader(tenant).ReadAsync(request.Plan, cancellationToken);
        var inScope = view.Scope.Any(member => member.Id == user.Id);
        ImmutableArray<DirectoryUser> scope = [.. view.Scope.Where(member => member.Id != user.Id), user];
        var (matches, _) = Matcher.Match(request.Plan.Match, scope, request.Source);
        var seen = new ScopeUser(user, matches[^1]);
        Observed<UserMethods> methods = new Observed<UserMethods>.Unknown("notRead");
        await foreach (var read in tenant.ReadMethodsAsync([user.Id], MethodParts.Methods | MethodParts.Preferences, cancellationToken))
        {
            methods = read.Methods;
        }

        if (view is not { IsWhole: true, Prepared: { } policy })
        {
            return new UserPreviewResult(view, seen, inScope, methods, Unit: null);
        }

        var context = PlanningContexts.Of(request, view, policy, state.Keys);
        var serials = Planner.SerialsOf(context, seen);
        var inventory = await TokenInventory.ReadAsync(tenant, serials, cancellationToken);
        methods = inventory.Join(user.Id, serials, methods);
        var id = UnitId.ForUser(user.Id);
        return new UserPreviewResult(
            view, seen, inScope, methods,
            Planner.ForUser(context, seen, methods, request.Ledger.LastMigrated(id), request.Ledger.WrittenTo(id)));
    }
}
