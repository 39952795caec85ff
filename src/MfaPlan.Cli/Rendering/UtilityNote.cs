using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>
/// What is known of users whom Microsoft's own migration utility migrated before. Told and not kept in a change set: the audit forgets after a
/// month at most, and a digest must not change by that.
/// </summary>
internal static class UtilityNote
{
    /// <summary>About everybody in scope; null where there is nothing to say.</summary>
    public static string? OfScope(Observed<ImmutableDictionary<Guid, DateTimeOffset>> writes, ImmutableArray<DirectoryUser> scope) => writes switch
    {
        Observed<ImmutableDictionary<Guid, DateTimeOffset>>.Seen seen => Count(seen.Value, scope),
        var unread => Unread(unread),
    };

    /// <summary>About one user.</summary>
    public static string OfUser(Observed<ImmutableDictionary<Guid, DateTimeOffset>> writes, Guid user) => writes switch
    {
        Observed<ImmutableDictionary<Guid, DateTimeOffset>>.Seen { Value: var users } => users.TryGetValue(user, out var at)
            ? string.Create(CultureInfo.InvariantCulture, $"Microsoft's migration utility wrote to this user, last at {at.UtcDateTime:u}")
            : "no trace of Microsoft's migration utility in the directory audit, which goes back a month at most",
        var unread => Unread(unread),
    };

    private static string? Count(ImmutableDictionary<Guid, DateTimeOffset> writes, ImmutableArray<DirectoryUser> scope)
    {
        var count = scope.Count(user => writes.ContainsKey(user.Id));
        return count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Microsoft's migration utility wrote to {count} of {Counted.Of(scope.Length, "user")} in scope; what it left counts like any other value. See one with: mfaplan user PLAN UPN");
    }

    private static string Unread(Observed<ImmutableDictionary<Guid, DateTimeOffset>> writes)
    {
        var code = ((Observed<ImmutableDictionary<Guid, DateTimeOffset>>.Unknown)writes).Code;
        return $"Whether Microsoft's migration utility migrated users before is not known: the directory audit could not be read ({code}).{Denial.Remedy(code, Denial.Audits)}";
    }
}
