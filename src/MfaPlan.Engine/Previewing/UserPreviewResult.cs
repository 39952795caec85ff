using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>One user on both sides.</summary>
/// <param name="View">The tenant as it was seen.</param>
/// <param name="User">The user with its match.</param>
/// <param name="InScope">Whether the plan's groups or users have it.</param>
/// <param name="Methods">What is there now.</param>
/// <param name="Unit">What the plan does with it, or would do if it were in scope; null where the tenant could not be read whole.</param>
/// <param name="IsForecast">Whether the prepare stage has changes that come before <paramref name="Unit"/>.</param>
public sealed record UserPreviewResult(
    TenantView View, ScopeUser User, bool InScope, Observed<UserMethods> Methods, Unit? Unit, bool IsForecast);
