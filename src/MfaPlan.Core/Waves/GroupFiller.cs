using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Waves;

/// <summary>Says into which of a wave's groups the next user goes: the first one with room, in the plan's order. The same users give the same groups.</summary>
/// <param name="context">The wave.</param>
public sealed class GroupFiller(WaveContext context)
{
    private readonly int[] _counts = [.. context.Into.Select(static group => group.Content.Users.Count)];

    /// <summary>The group for one more user; null where all are full.</summary>
    public WaveGroup? Next()
    {
        var at = Array.FindIndex(_counts, static count => count < RolloutPolicy.MostUsersOfGroup);
        if (at < 0)
        {
            return null;
        }

        _counts[at]++;
        return context.Into[at];
    }
}
