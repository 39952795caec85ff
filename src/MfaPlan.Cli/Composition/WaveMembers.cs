using MfaPlan.Core.Guards;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>Who is in a wave, as its groups in the tenant say now.</summary>
internal static class WaveMembers
{
    /// <summary>The wave of a name.</summary>
    public static Wave Find(Plan plan, string name)
    {
        var waves = plan.Rollout?.Waves ?? [];
        if (waves.FirstOrDefault(wave => wave.Name == name) is { } found)
        {
            return found;
        }

        var names = waves.Select(static wave => wave.Name).ToList();
        var hint = names.Count == 0 ? "It has no waves." : Nearest.To(name, names) is { } near
            ? $"Did you mean \"{near}\"?"
            : $"It has: {string.Join(", ", names)}.";
        throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5272", $"The plan has no wave \"{name}\". {hint}");
    }

    /// <summary>The object ids of all users in the wave's groups, nested groups included.</summary>
    public static async Task<HashSet<Guid>> ReadAsync(ITenantReader tenant, Wave wave, CancellationToken cancellationToken)
    {
        var members = new HashSet<Guid>();
        foreach (var name in wave.From)
        {
            var group = Known(await tenant.FindGroupsAsync(name, cancellationToken), name) switch
            {
                [] => throw new CommandFailedException(
                    ExitCodes.Refused, GuardDiagnostics.GroupNotFound.Code,
                    $"The tenant has no group \"{name}\", which the wave {wave.Name} comes from. Correct the name, or give the object id."),
                [var only] => only,
                _ => throw new CommandFailedException(
                    ExitCodes.Refused, GuardDiagnostics.GroupNotUnique.Code,
                    $"More than one group is called \"{name}\", which the wave {wave.Name} comes from. Give the object id."),
            };
            members.UnionWith(Known(await tenant.ReadMemberIdsAsync(group.Id, cancellationToken), name));
        }

        return members;
    }

    private static T Known<T>(Observed<T> observed, string group) => observed switch
    {
        Observed<T>.Seen seen => seen.Value,
        Observed<T>.Unknown unknown => throw new CommandFailedException(
            ExitCodes.Incomplete, GuardDiagnostics.TenantUnread.Code,
            $"The group {group} could not be read ({unknown.Code}), so it is not known who is in the wave.{Denial.Remedy(unknown.Code, Denial.Groups)}"),
        _ => throw new InvalidOperationException("What was observed is neither seen nor unknown."),
    };
}
