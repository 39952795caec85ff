namespace MfaPlan.Core.Gates;

/// <summary>What the journal says of the users that a wave has routed and no rollback has taken back.</summary>
/// <param name="Run">The newest run that routed one of them; what people attest is about this run.</param>
/// <param name="Digest">The digest of that run's change set.</param>
/// <param name="PlanDigest">The digest of the plan that it carried out.</param>
/// <param name="IsOpen">Whether a run of the wave is still open.</param>
/// <param name="First">When the first run that routed one of them began: before it nobody was routed.</param>
/// <param name="Last">When the last of them was settled.</param>
/// <param name="Users">How many they are.</param>
/// <param name="UsersDigest">SHA-256 (hex) of their object ids in order, a line each.</param>
public sealed record GateRouting(
    string Run, string Digest, string PlanDigest, bool IsOpen, DateTimeOffset First, DateTimeOffset Last, int Users, string UsersDigest);
