using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Guards;

/// <summary>A kind of method that the changes of users need and that the policy does not let them use.</summary>
/// <param name="Method">The kind.</param>
/// <param name="Waiting">Users to whom the prepare stage allows it.</param>
/// <param name="Unmet">Users to whom it stays forbidden.</param>
/// <param name="LeftWithout">Those of them who would have no usable method at all.</param>
public sealed record MethodNeed(MethodKind Method, long Waiting, long Unmet, long LeftWithout);
