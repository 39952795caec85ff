using System.Collections.Immutable;
using MfaPlan.Core.Tenants;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace MfaPlan.Graph.Policies;

/// <summary>
/// Reads the authentication methods policy: v1.0 for all it has, beta for hardware OATH alone. Whatever is not understood makes the whole
/// unknown: a guard that takes a method for allowed because its configuration was not readable protects nobody.
/// </summary>
internal sealed class PolicyReads(GraphConnection graph, MemberReads members)
{
    private const string HardwareOathPath =
        "{+root}/beta/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/HardwareOath";

    /// <summary>The policy and the members of every group it names.</summary>
    public async Task<MethodsPolicy> ReadAsync(CancellationToken cancellationToken)
    {
        var (configurations, passkeys, state) = await ConfigurationsAsync(cancellationToken);
        var all = passkeys is null ? configurations.Values : configurations.Values.Append(passkeys);
        return new MethodsPolicy(configurations, await MembersAsync(all, cancellationToken), state) { Passkeys = passkeys };
    }

    /// <summary>The configurations alone.</summary>
    public async Task<ImmutableSortedDictionary<MethodKind, MethodConfiguration>> LookAsync(CancellationToken cancellationToken) =>
        (await ConfigurationsAsync(cancellationToken)).Configurations;

    private async Task<(ImmutableSortedDictionary<MethodKind, MethodConfiguration> Configurations, MethodConfiguration? Passkeys, string? State)>
        ConfigurationsAsync(CancellationToken cancellationToken)
    {
        var policy = await graph.Sdk.Policies.AuthenticationMethodsPolicy.GetAsync(null, cancellationToken);
        var rows = policy?.AuthenticationMethodConfigurations ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 0);
        var configurations = ImmutableSortedDictionary.CreateBuilder<MethodKind, MethodConfiguration>();
        foreach (var row in rows)
        {
            if (Of(row) is var (kind, configuration))
            {
                configurations[kind] = configuration;
            }
        }

        configurations[MethodKind.HardwareOath] = await HardwareOathAsync(cancellationToken);
        var passkeys = rows.OfType<Fido2AuthenticationMethodConfiguration>().FirstOrDefault();
        return (
            configurations.ToImmutable(),
            passkeys is null ? null : Of(passkeys, passkeys.IncludeTargets?.Select(static target => Of(target))),
            Word(policy.PolicyMigrationState));
    }

    private async Task<MethodConfiguration> HardwareOathAsync(CancellationToken cancellationToken)
    {
        var request = new RequestInformation(
            Method.GET, HardwareOathPath, new Dictionary<string, object>(StringComparer.Ordinal) { ["root"] = graph.Root });
        request.Headers.TryAdd("Accept", "application/json");
        var found = await graph.Sdk.RequestAdapter.SendAsync(
            request, HardwareOathConfiguration.Create, new Dictionary<string, ParsableFactory<IParsable>>(StringComparer.Ordinal), cancellationToken);
        return found is null
            ? throw new ReadFailedException(TransportCode.InvalidAnswer, 0)
            : Of(found, found.IncludeTargets?.Select(static target => Of(target)));
    }

    private async Task<ImmutableDictionary<Guid, ImmutableHashSet<Guid>>> MembersAsync(
        IEnumerable<MethodConfiguration> configurations, CancellationToken cancellationToken)
    {
        var groups = configurations
            .SelectMany(static configuration => configuration.Include.Concat(configuration.Exclude))
            .Where(static target => !target.IsUser)
            .Select(static target => target.Id)
            .OfType<Guid>()
            .Distinct()
            .Order()
            .ToList();
        var found = ImmutableDictionary.CreateBuilder<Guid, ImmutableHashSet<Guid>>();
        foreach (var group in groups)
        {
            found[group] = await members.ReadIdsAsync(group, cancellationToken);
        }

        return found.ToImmutable();
    }

    // Configurations of kinds that a migration does not touch are left alone.
    private static (MethodKind Kind, MethodConfiguration Configuration)? Of(AuthenticationMethodConfiguration row) => row switch
    {
        SmsAuthenticationMethodConfiguration sms =>
            (MethodKind.Sms, Of(sms, sms.IncludeTargets?.Select(static target => Of(target, target.IsUsableForSignIn ?? true)))),
        VoiceAuthenticationMethodConfiguration voice =>
            (MethodKind.Voice, Of(voice, voice.IncludeTargets?.Select(static target => Of(target))) with
            {
                OfficePhoneAllowed = voice.IsOfficePhoneAllowed ?? true,
            }),
        MicrosoftAuthenticatorAuthenticationMethodConfiguration app =>
            (MethodKind.Authenticator, Of(app, app.IncludeTargets?.Select(static target => Of(target)))),
        SoftwareOathAuthenticationMethodConfiguration oath =>
            (MethodKind.SoftwareOath, Of(oath, oath.IncludeTargets?.Select(static target => Of(target)))),
        _ => null,
    };

    private static MethodConfiguration Of(AuthenticationMethodConfiguration row, IEnumerable<MethodTarget>? include)
    {
        var enabled = row.State switch
        {
            AuthenticationMethodState.Enabled => true,
            AuthenticationMethodState.Disabled => false,
            _ => throw new ReadFailedException("UnknownPolicyState", 0),
        };
        if (include is null && enabled)
        {
            throw new ReadFailedException("PolicyTargetsMissing", 0);
        }

        return new MethodConfiguration(
            enabled,
            [.. include ?? []],
            [.. (row.ExcludeTargets ?? []).Select(static target => Of(target.Id, target.TargetType, usableForSignIn: true))]);
    }

    private static MethodTarget Of(AuthenticationMethodTarget target, bool usableForSignIn = true) =>
        Of(target.Id, target.TargetType, usableForSignIn) with { Others = TargetJson.OthersOf(target) };

    private static MethodTarget Of(string? id, AuthenticationMethodTargetType? type, bool usableForSignIn) => (id, type) switch
    {
        ("all_users", _) => new MethodTarget(null, IsUser: false, usableForSignIn),
        (_, AuthenticationMethodTargetType.Group) when Guid.TryParse(id, out var group) => new MethodTarget(group, IsUser: false, usableForSignIn),
        (_, AuthenticationMethodTargetType.User) when Guid.TryParse(id, out var user) => new MethodTarget(user, IsUser: true, usableForSignIn),
        _ => throw new ReadFailedException("UnknownPolicyTarget", 0),
    };

    private static string? Word(AuthenticationMethodsPolicyMigrationState? state) => state switch
    {
        AuthenticationMethodsPolicyMigrationState.PreMigration => "preMigration",
        AuthenticationMethodsPolicyMigrationState.MigrationInProgress => "migrationInProgress",
        AuthenticationMethodsPolicyMigrationState.MigrationComplete => "migrationComplete",
        _ => null,
    };
}
