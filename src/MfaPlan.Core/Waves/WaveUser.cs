using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>A user whom a wave looks at: named by its source groups, or found in a group that it fills.</summary>
/// <param name="User">The user.</param>
/// <param name="Named">Whether the wave's source groups name the user.</param>
/// <param name="Migrated">Whether a run of ours brought the user's data over.</param>
public sealed record WaveUser(DirectoryUser User, bool Named, bool Migrated);
