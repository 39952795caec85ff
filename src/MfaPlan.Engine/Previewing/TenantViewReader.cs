using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a plan needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The tenant.</param>
public sealed class TenantViewReader(ITenantReader tenant)
{
    private readonly NamedReads _reads = new(tenant);

    /// <summary>Reads the view; once a reader.</summary>
    public async Task<TenantView> ReadAsync(Plan plan, CancellationToken cancellationToken)
    {
        var scope = await ReadScopeAsync(plan, cancellationToken);
        var policy = _reads.Known(await tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = _reads.Known(await tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var domains = _reads.Known(await tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var neverWrite = await _reads.ReadGroupsAsync(plan.Protect?.NeverWrite ?? [], "protect.neverWrite", cancellationToken);
        var ensured = await ReadEnsuredAsync(plan.Policy?.Ensure, cancellationToken);
        var breakGlass = await ReadBreakGlassAsync(plan, scope, domains, cancellationToken);
        return new TenantView(
            scope,
            policy,
            administrators ?? [],
            neverWrite,
            breakGlass,
            domains.IsDefault ? [] : domains,
            _reads.Problems)
        {
            Ensured = ensured,
        };
    }

    private async Task<ImmutableArray<EnsuredMethod>> ReadEnsuredAsync(EnsurePart? ensure, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, EnsuredGroup?>(StringComparer.Ordinal);
        var methods = ImmutableArray.CreateBuilder<EnsuredMethod>();
        foreach (var (kind, names, forbidSignIn) in new (MethodKind Kind, ImmutableArray<string>? Names, bool ForbidSignIn)[]
        {
            (MethodKind.Sms, ensure?.Sms?.Groups, ensure?.Sms is { SignIn: SignInByText.Forbid }),
            (MethodKind.Voice, ensure?.Voice?.Groups, false),
            (MethodKind.Authenticator, ensure?.MicrosoftAuthenticator?.Groups, false),
            (MethodKind.SoftwareOath, ensure?.SoftwareOath?.Groups, false),
            (MethodKind.HardwareOath, ensure?.HardwareOath?.Groups, false),
        })
        {
            var groups = new List<EnsuredGroup>();
            foreach (var name in names ?? [])
            {
                if (!known.TryGetValue(name, out var group))
                {
                    known[name] = group = await ReadEnsuredGroupAsync(name, $"policy.ensure.{MethodWords.InPlan(kind)}.groups", cancellationToken);
                }

                groups.AddRange(group is null ? [] : [group]);
            }

            if (groups.Count > 0)
            {
                methods.Add(new EnsuredMethod(kind, [.. groups.DistinctBy(static group => group.Id)], forbidSignIn));
            }
        }

        return methods.ToImmutable();
    }

    private async Task<EnsuredGroup?> ReadEnsuredGroupAsync(string name, string where, CancellationToken cancellationToken) =>
        await _reads.FindGroupAsync(name, where, cancellationToken) is { } group
        && _reads.Known(await tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members
            ? new EnsuredGroup(name, group.Id, members)
            : null;

    private async Task<ImmutableArray<DirectoryUser>> ReadScopeAsync(Plan plan, CancellationToken cancellationToken)
    {
        var scope = new List<DirectoryUser>();
        foreach (var name in plan.Migrate.Groups)
        {
            if (await _reads.FindGroupAsync(name, "migrate.groups", cancellationToken) is not { } group)
            {
                continue;
            }

            try
            {
                await foreach (var user in tenant.ReadMembersAsync(group.Id, cancellationToken))
                {
                    scope.Add(user);
                }
            }
            catch (TenantReadException error)
            {
                _reads.Unread($"The members of the group {name}", error.Code, Denial.Groups);
            }
        }

        foreach (var name in plan.Migrate.Users)
        {
            if (_reads.Known(await tenant.FindUserAsync(name, cancellationToken), "A user of migrate.users", Denial.Users) is not { IsDefault: false } found)
            {
                continue;
            }

            if (found.IsEmpty)
            {
                _reads.Refuse(GuardDiagnostics.UserNotFound,
                    $"The tenant has no user \"{Core.Privacy.Mask.Name(name)}\", named in migrate.users. Correct the name or take it out.");
            }

            foreach (var user in found)
            {
                scope.Add(user);
            }
        }

        return Sorted(scope);
    }

    /// <summary>In order of object id, each once: in two groups, or in a group and by name, is in scope all the same.</summary>
    private static ImmutableArray<DirectoryUser> Sorted(List<DirectoryUser> users)
    {
        users.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        var once = ImmutableArray.CreateBuilder<DirectoryUser>(users.Count);
        foreach (var user in users)
        {
            if (once.Count == 0 || once[^1].Id != user.Id)
            {
                once.Add(user);
            }
        }

        return once.DrainToImmutable();
    }

    private async Task<ImmutableArray<BreakGlassAccount>> ReadBreakGlassAsync(
        Plan plan, ImmutableArray<DirectoryUser> scope, ImmutableArray<DirectoryDomain> domains, CancellationToken cancellationToken)
    {
        var accounts = ImmutableArray.CreateBuilder<BreakGlassAccount>();
        var ids = plan.Protect?.BreakGlass ?? [];
        var methods = new Dictionary<Guid, Observed<UserMethods>>();
        await foreach (var read in tenant.ReadMethodsAsync(ids, MethodParts.Methods, cancellationToken))
        {
            methods[read.User] = read.Methods;
        }

        foreach (var id in ids)
        {
            var found = await tenant.FindUserAsync(id.ToString("D"), cancellationToken);
            Observed<DirectoryUser?> user = found switch
            {
                Observed<ImmutableArray<DirectoryUser>>.Seen seen =>
                    new Observed<DirectoryUser?>.Seen(seen.Value.IsEmpty ? null : seen.Value[0], seen.At),
                Observed<ImmutableArray<DirectoryUser>>.Unknown unknown => new Observed<DirectoryUser?>.Unknown(unknown.Code),
                _ => throw new InvalidOperationException("A read is seen or unknown."),
            };
            accounts.Add(new BreakGlassAccount(
                id, user, methods.GetValueOrDefault(id) ?? new Observed<UserMethods>.Unknown("notRead"), scope.Any(user => user.Id == id),
                user.SeenOrDefault is { } account ? TenantView.OnFederatedDomain(account, domains) : null));
        }

        return accounts.ToImmutable();
    }
}
