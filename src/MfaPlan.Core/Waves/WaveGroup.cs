using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>A group that a wave fills, as seen.</summary>
/// <param name="Name">As the plan names it.</param>
/// <param name="Group">Which, and of what kind.</param>
/// <param name="Content">Its direct members.</param>
/// <param name="Attached">Whether the staged rollout is on and has it, so that its members are moved already.</param>
public sealed record WaveGroup(string Name, DirectoryGroup Group, GroupContent Content, bool Attached);
