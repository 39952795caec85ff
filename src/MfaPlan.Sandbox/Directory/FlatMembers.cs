namespace MfaPlan.Sandbox.Directory;

/// <summary>The members through nested groups, with the snapshots they were computed from.</summary>
internal sealed record FlatMembers(
    IReadOnlyList<(SandboxGroup Group, GroupMembers Members)> From,
    GroupMembers Members)
{
    /// <summary>Whether no group on the way has changed, as seen at an instant.</summary>
    public bool IsTrueAt(DateTimeOffset now) =>
        From.All(part => ReferenceEquals(part.Group.Members.Seen(now), part.Members));
}
