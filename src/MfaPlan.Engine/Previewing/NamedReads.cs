using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a plan names. What is not found or cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
internal sealed class NamedReads(ITenantReader tenant)
{
    private readonly ImmutableArray<GuardResult>.Builder _problems = ImmutableArray.CreateBuilder<GuardResult>();

    /// <summary>The problems so far.</summary>
    public ImmutableArray<GuardResult> Problems => _problems.ToImmutable();

    /// <summary>Groups with their members; one that is a problem is left out.</summary>
    /// <param name="names">Ids or names.</param>
    /// <param name="where">The plan's member that names them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ImmutableArray<(string Group, ImmutableHashSet<Guid> Members)>> ReadGroupsAsync(
        ImmutableArray<string> names, string where, CancellationToken cancellationToken)
    {
        var groups = ImmutableArray.CreateBuilder<(string Group, ImmutableHashSet<Guid> Members)>();
        foreach (var name in names)
        {
            if (await FindGroupAsync(name, where, cancellationToken) is { } group
                && Known(await tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members)
            {
                groups.Add((name, members));
            }
        }

        return groups.ToImmutable();
    }

    /// <summary>The one group with an id or name; null where there is a problem.</summary>
    public async Task<DirectoryGroup?> FindGroupAsync(string name, string where, CancellationToken cancellationToken)
    {
        var groups = Known(await tenant.FindGroupsAsync(name, cancellationToken), $"The group {name}", Denial.Groups);
        if (groups.IsDefault)
        {
            return null;
        }

        switch (groups.Length)
        {
            case 0:
                Refuse(GuardDiagnostics.GroupNotFound,
                    $"The tenant has no group \"{name}\", named in {where}. Correct the name, or name the group by its object id.");
                return null;
            case 1:
                return groups[0];
            default:
                Refuse(GuardDiagnostics.GroupNotUnique,
                    $"The tenant has {groups.Length} groups named \"{name}\" ({string.Join(", ", groups.Select(static group => group.Id).Order())}). "
                    + $"Name the one meant in {where} by its object id.");
                return null;
        }
    }

    /// <summary>What was seen; the default value where it is a problem.</summary>
    public T? Known<T>(Observed<T> observed, string what, string permission)
    {
        if (observed is Observed<T>.Seen seen)
        {
            return seen.Value;
        }

        Unread(what, ((Observed<T>.Unknown)observed).Code, permission);
        return default;
    }

    /// <summary>Notes what could not be read.</summary>
    public void Unread(string what, string code, string permission) => _problems.Add(new GuardResult(
        GuardDiagnostics.TenantUnread.Code,
        GuardVerdict.Unknown,
        $"{what} could not be read ({code}). Nothing is concluded from what was not read: mend the cause and preview again.{Denial.Remedy(code, permission)}"));

    /// <summary>Notes what is not as the plan says.</summary>
    public void Refuse(DiagnosticDescriptor guard, string message) =>
        _problems.Add(new GuardResult(guard.Code, GuardVerdict.Refuses, message));
}
