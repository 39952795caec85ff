using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// What demands MFA, written out so that nothing of it changes unnoticed between a preview and its apply: each policy, whom it is about among the
/// users concerned, and the strengths it asks for.
/// </summary>
internal static class AccessText
{
    private const string NotRead = "not read";

    /// <summary>Writes out what a proof went by.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="users">Whom the stage concerns, in order: who else is in a group that a policy names does not matter.</param>
    /// <param name="own">Groups that the stage fills itself.</param>
    public static string Of(MoveProof proof, ImmutableArray<DirectoryUser> users, ImmutableHashSet<Guid> own)
    {
        var text = new StringBuilder();
        foreach (var reading in proof.Readings)
        {
            var policy = reading.Policy;
            Line(text, policy.Id, policy.State.ToString(), reading.Proves.ToString(), reading.NoDemand, reading.Where, reading.Open, reading.Strength?.Id);
            Write(text, " + ", policy.Include);
            Write(text, " - ", policy.Exclude);
            if (reading.Strength is { } strength)
            {
                Line(text, [.. strength.Combinations.Select(static words => string.Join('&', words)).Order(StringComparer.Ordinal), "narrowed", .. strength.Narrowed]);
            }
        }

        if (proof.Context.Access.SeenOrDefault is { } view)
        {
            Line(text, ["security defaults", view.SecurityDefaults is Observed<bool>.Seen seen ? seen.Value.ToString() : NotRead, .. view.OnlyInBeta.Order(StringComparer.Ordinal), "|", .. view.OnlyInV1.Order(StringComparer.Ordinal)]);
            foreach (var (group, members) in view.Groups.Where(pair => !own.Contains(pair.Key)).OrderBy(static pair => pair.Key))
            {
                Line(text, "group", group.ToString("D"), Among(users, members.SeenOrDefault));
            }

            foreach (var (role, holders) in view.Roles.OrderBy(static pair => pair.Key))
            {
                Line(text, "role", role.ToString("D"), Among(users, holders.SeenOrDefault?.Active), Among(users, holders.SeenOrDefault?.Perhaps));
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string sign, AccessUsers side) => Line(text,
    [
        sign, side.All.ToString(), .. Sorted(side.Users), "groups", .. Sorted(side.Groups), "roles", .. Sorted(side.Roles),
        side.Guests is { } guests ? string.Create(CultureInfo.InvariantCulture, $"guests {guests.AllTenants} {string.Join(',', guests.Types)}") : "",
    ]);

    private static IEnumerable<string> Sorted(ImmutableArray<Guid> ids) => ids.Order().Select(static id => id.ToString("D"));

    private static string Among(ImmutableArray<DirectoryUser> users, ImmutableHashSet<Guid>? members) => members is null
        ? NotRead
        : InputFingerprints.Hash(users.Select(static user => user.Id).Where(members.Contains), out _);

    private static void Line(StringBuilder text, params IEnumerable<string?> parts) => text.AppendJoin(' ', parts).Append('\n');
}
