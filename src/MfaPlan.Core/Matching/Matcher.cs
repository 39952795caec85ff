using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Matching;

/// <summary>
/// Matches the users in scope with the records of the source: overrides, principal name, SID, domain and account name, in the plan's order. Two on one, either
/// way, is refused and both are named.
/// </summary>
public static class Matcher
{
    /// <summary>Matches everybody at once, since a record may be claimed twice.</summary>
    /// <param name="plan">The plan's match part.</param>
    /// <param name="users">The users in scope, in any order.</param>
    /// <param name="source">The source.</param>
    /// <returns>Matches by place in <paramref name="users"/>, and the records that nobody in scope claims, in order of row.</returns>
    public static (ImmutableArray<Match> Matches, ImmutableArray<SourceUser> Leftover) Match(
        MatchPart plan, IReadOnlyList<DirectoryUser> users, SourceData source)
    {
        var index = new SourceIndex(source, users);
        var matches = new Match[users.Count];
        var claims = new Dictionary<SourceUser, int>(source.Users.Length, ReferenceEqualityComparer.Instance);
        var clashes = new Dictionary<SourceUser, List<int>>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < users.Count; i++)
        {
            matches[i] = MatchOne(plan, users[i], index);
            if (Claimed(matches[i]) is not { } record)
            {
                continue;
            }

            if (!claims.TryAdd(record, i))
            {
                if (!clashes.TryGetValue(record, out var others))
                {
                    clashes[record] = others = [claims[record]];
                }

                others.Add(i);
            }
        }

        foreach (var (record, places) in clashes)
        {
            var ids = places.Select(place => users[place].Id).Order().ToImmutableArray();
            foreach (var place in places)
            {
                matches[place] = new Match.NotUnique([record.Row], ids);
            }
        }

        return ([.. matches], [.. source.Users.Where(user => !claims.ContainsKey(user) && !index.Doubtful(user))]);
    }

    private static SourceUser? Claimed(Match match) => match switch
    {
        Matching.Match.Found found => found.Source,
        Matching.Match.OtherSid other => other.Source,
        _ => null,
    };

    private static Match MatchOne(MatchPart plan, DirectoryUser user, SourceIndex index)
    {
        SourceUser? found = null;
        var by = MatchRule.Override;
        var rows = new SortedSet<long>();
        foreach (var rule in plan.Order)
        {
            if (rule == MatchRule.Override && index.OverrideFor(user) is { } over)
            {
                return index.ByName(over.Source.Reveal()) is { } named
                    ? new Match.Found(named, MatchRule.Override)
                    : new Match.OverrideWithoutRecord(over.Row);
            }

            foreach (var record in Candidates(rule, user, index).Where(record => !IsAnothers(plan, record, index)))
            {
                rows.Add(record.Row);
                if (found is null)
                {
                    found = record;
                    by = rule;
                }
            }
        }

        if (rows.Count > 1)
        {
            index.MarkDoubtful(rows);
            return new Match.NotUnique([.. rows], []);
        }

        if (found is null)
        {
            return Matching.Match.Miss.Instance;
        }

        return by is MatchRule.Upn or MatchRule.DomainSam && plan.SidMismatch == SidMismatch.Refuse && HasOtherSid(found, user)
                ? new Match.OtherSid(found)
                : new Match.Found(found, by);
    }

    /// <summary>
    /// Whether an override gives the record to somebody outside the scope: the author has said whose it is. Where both are in scope, both
    /// claim it, and that is refused.
    /// </summary>
    private static bool IsAnothers(MatchPart plan, SourceUser record, SourceIndex index) =>
        plan.Order.Contains(MatchRule.Override) && index.IsGivenAway(record);

    private static bool HasOtherSid(SourceUser record, DirectoryUser user) =>
        record.Sid is { } one && user.Sid is { } other && one != other;

    private static ImmutableArray<SourceUser> Candidates(MatchRule rule, DirectoryUser user, SourceIndex index) => rule switch
    {
        MatchRule.Upn => index.ByName(user.PrincipalName.Reveal()) is { } record ? [record] : [],
        MatchRule.Sid when user.Sid is { } sid => index.BySid(sid),
        MatchRule.DomainSam when user.SamAccountName is { } sam => index.ByAccount(user, sam.Reveal()),
        _ => [],
    };

    private sealed class SourceIndex
    {
        private readonly Dictionary<string, SourceUser> _byName;
        private readonly Dictionary<SecurityId, SourceUser> _bySid;
        private readonly Dictionary<SecurityId, List<SourceUser>> _sharingSid = [];
        private readonly Dictionary<string, ImmutableArray<(string Domain, SourceUser User)>> _byAccount;
        private readonly AccountDomains _domains;
        private readonly Dictionary<string, MatchOverride> _overrides;
        private readonly HashSet<SourceUser> _givenAway = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<long> _doubtful = [];

        public SourceIndex(SourceData source, IEnumerable<DirectoryUser> users)
        {
            _domains = new(users);
            _byName = new(source.Users.Length, StringComparer.OrdinalIgnoreCase);
            _bySid = new(source.Users.Length);
            _byAccount = new(StringComparer.OrdinalIgnoreCase);
            foreach (var user in source.Users)
            {
                if (AccountDomains.Split(user.Username.Reveal()) is var (domain, account))
                {
                    _byAccount[account] = [.. _byAccount.GetValueOrDefault(account, []), (domain, user)];
                }

                _byName.TryAdd(user.Username.Reveal().Trim(), user);
                if (user.Sid is { } sid && !_bySid.TryAdd(sid, user))
                {
                    (_sharingSid.TryGetValue(sid, out var others) ? others : _sharingSid[sid] = [_bySid[sid]]).Add(user);
                }
            }

            _overrides = new(StringComparer.OrdinalIgnoreCase);
            foreach (var over in source.Overrides)
            {
                _overrides.TryAdd(over.Entra.Reveal().Trim(), over);
            }

            NoteGivenAway(source, users);
        }

        public SourceUser? ByName(string name) => _byName.GetValueOrDefault(name.Trim());

        public ImmutableArray<SourceUser> BySid(SecurityId sid) =>
            _sharingSid.TryGetValue(sid, out var users) ? [.. users] : _bySid.TryGetValue(sid, out var user) ? [user] : [];

        /// <summary>
        /// Records named after a user's account. A bare name says nothing of its domain: where the SIDs differ it is the name of somebody
        /// in another one.
        /// </summary>
        public ImmutableArray<SourceUser> ByAccount(DirectoryUser user, string sam) =>
        [
            .. _byAccount.GetValueOrDefault(sam, [])
                .Where(named => _domains.Fits(named.Domain, user) && (named.Domain.Length > 0 || !HasOtherSid(named.User, user)))
                .Select(static named => named.User),
        ];

        public MatchOverride? OverrideFor(DirectoryUser user) =>
            _overrides.Count == 0 ? null
            : _overrides.GetValueOrDefault(user.PrincipalName.Reveal())
                ?? _overrides.GetValueOrDefault(user.Id.ToString("D", CultureInfo.InvariantCulture));

        private void NoteGivenAway(SourceData source, IEnumerable<DirectoryUser> users)
        {
            if (_overrides.Count == 0)
            {
                return;
            }

            var followed = users.Select(OverrideFor).ToHashSet();
            foreach (var over in source.Overrides.Where(over => !followed.Contains(over)))
            {
                if (ByName(over.Source.Reveal()) is { } record)
                {
                    _givenAway.Add(record);
                }
            }
        }

        public bool IsGivenAway(SourceUser record) => _givenAway.Contains(record);

        public void MarkDoubtful(IEnumerable<long> rows) => _doubtful.UnionWith(rows);

        public bool Doubtful(SourceUser user) => _doubtful.Contains(user.Row);
    }
}
