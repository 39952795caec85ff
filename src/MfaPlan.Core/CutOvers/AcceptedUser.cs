using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.CutOvers;

/// <summary>A user who may lose the way in by the cut-over, with who answers for it and until when.</summary>
/// <param name="Row">The row of the file, from 1.</param>
/// <param name="User">A user principal name or an object id.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expires">From this day on, UTC, it is none any more.</param>
public sealed record AcceptedUser(long Row, PersonalName User, PersonalName Owner, string Reason, DateOnly Expires);
