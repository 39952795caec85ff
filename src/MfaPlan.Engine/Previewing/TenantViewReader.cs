using System.Collections.Immutable;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Previewing;

/// <summary>Reads what a plan needs to know of the tenant as a whole. What cannot be read becomes a problem, never an absence.</summary>
/// <param name="tenant">The Tenant.</param>
public sealed class TenantViewReader(ITenantReader tenant) : TenantFinder(tenant)
{
    /// <summary>Reads the view; once a reader.</summary>
    public async Task<TenantView> ReadAsync(Plan plan, CancellationToken cancellationToken)
    {
        var scope = await ReadScopeAsync(plan, cancellationToken);
        var policy = Known(await Tenant.ReadMethodsPolicyAsync(cancellationToken), "The authentication methods policy", Denial.Policies);
        var administrators = Known(await Tenant.ReadAdministratorsAsync(cancellationToken), "The directory roles", Denial.Roles);
        var domains = Known(await Tenant.ReadDomainsAsync(cancellationToken), "The domains", Denial.Domains);
        var neverWrite = ImmutableArray.CreateBuilder<(string Group, ImmutableHashSet<Guid> Members)>();
        foreach (var name in plan.Protect?.NeverWrite ?? [])
        {
            if (await FindGroupAsync(name, "protect.neverWrite", cancellationToken) is { } group
                && Known(await Tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members)
            {
                neverWrite.Add((name, members));
            }
        }

        var ensured = await ReadEnsuredAsync(plan.Policy?.Ensure, cancellationToken);
        var breakGlass = await ReadBreakGlassAsync(plan, scope, domains, cancellationToken);
        return new TenantView(
            scope,
            policy,
            administrators ?? [],
            neverWrite.ToImmutable(),
            breakGlass,
            domains.IsDefault ? [] : domains,
            Problems())
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
        await FindGroupAsync(name, where, cancellationToken) is { } group
        && Known(await Tenant.ReadMemberIdsAsync(group.Id, cancellationToken), $"The group {name}", Denial.Groups) is { } members
            ? new EnsuredGroup(name, group.Id, members)
            : null;

    private async Task<ImmutableArray<DirectoryUser>> ReadScopeAsync(Plan plan, CancellationToken cancellationToken)
    {
        var scope = new List<DirectoryUser>();
        foreach (var name in plan.Migrate.Groups)
        {
            if (await FindGroupAsync(name, "migrate.groups", cancellationToken) is not { } group)
            {
                continue;
            }

            try
            {
                await foreach (var user in Tenant.ReadMembersAsync(group.Id, cancellationToken))
                {
                    scope.Add(user);
                }
            }
            catch (TenantReadException error)
            {
                Unread($"The members of the group {name}", error.Code, Denial.Groups);
            }
        }

        foreach (var name in plan.Migrate.Users)
        {
            if (Known(await Tenant.FindUserAsync(name, cancellationToken), "A user of migrate.users", Denial.Users) is not { IsDefault: false } found)
            {
                continue;
            }

            if (found.IsEmpty)
            {
                Refuse(GuardDiagnostics.UserNotFound,
                    $"The tenant has no user \"{Core.Privacy.Mask.Name(name)}\", named in migrate.users. Correct the name or take it out.");
            }

            foreach (var user in found)
            {
                scope.Add(user);
            }
        }

        return Sorted(scope);
    }
}
