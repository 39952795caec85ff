using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Changes;

/// <summary>A record of the source that nobody in scope claims.</summary>
/// <param name="Row">Its line.</param>
/// <param name="Username">Its name.</param>
public readonly record struct Leftover(long Row, PersonalName Username);
