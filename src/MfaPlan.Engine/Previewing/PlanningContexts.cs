using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>What planning depends on besides the user, put together in one place for every kind of preview.</summary>
internal static class PlanningContexts
{
    /// <summary>The context of a request over a tenant that was read whole; users are written after the prepare stage, so its policy counts.</summary>
    public static PlanningContext Of(PreviewRequest request, TenantView view, PreparedPolicy prepared, StateKeys keys) => new(
        request.Plan,
        prepared.After,
        view.Administrators,
        [.. view.BreakGlass.Select(static account => account.Id)],
        view.NeverWrite,
        request.Source.DamagedRows,
        keys.Values)
    {
        Shared = SharedNumbers.Of(request.Source.Users),
        Tokens = TokenBook.Of(request.Source.Tokens, keys.Values),
    };
}
