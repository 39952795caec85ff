using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>Fingerprints of what a change set is judged by, so that an apply can tell what moved. No personal data goes in.</summary>
public static class InputFingerprints
{
    /// <summary>Every input of a stage, by name.</summary>
    /// <param name="stage">The stage: prepare is judged by its own inputs, every other by the whole view.</param>
    /// <param name="view">The tenant as seen.</param>
    /// <param name="files">SHA-256 of the source files by path.</param>
    /// <param name="checklist">The guide's steps as they stand; null where the plan keeps no answers, and for a rollback.</param>
    public static ImmutableArray<ChangeSetInput> Of(
        StageId stage, TenantView view, ImmutableSortedDictionary<string, string> files, ChecklistView? checklist)
    {
        var inputs = stage == StageId.Prepare ? OfPrepare(view) : Of(view, files);
        return With(inputs, checklist, stage);
    }

    /// <summary>
    /// The inputs of a wave, by name. What the wave itself writes is none: its groups' members count only as far as the plan does not name them,
    /// and the rollout as far as the wave does not fill it.
    /// </summary>
    /// <param name="view">The tenant as seen.</param>
    /// <param name="stage">The wave's stage.</param>
    /// <param name="checklist">The guide's steps as they stand; null where the plan keeps no answers, and for a rollback.</param>
    public static ImmutableArray<ChangeSetInput> Of(WaveView view, StageId stage, ChecklistView? checklist)
    {
        var named = view.Named.Select(static user => user.Id).ToHashSet();
        var inputs = new List<ChangeSetInput>
        {
            Ids("users of the wave", view.Named.Select(static user => user.Id)),
            Ids("administrators in the wave", view.Named.Select(static user => user.Id).Where(view.Administrators.Contains)),
            Ids("users whom other groups of the rollout have", view.Elsewhere.Order()),
            Text("federated domains", string.Join('\n', view.Domains.Where(static domain => domain.Federated).Select(static domain => domain.Name)), view.Domains.Length),
        };
        if (view.Policy is { } policy)
        {
            inputs.Add(Text("authentication methods policy", Describe(policy, view.Named), policy.Configurations.Count));
        }

        foreach (var group in view.Into)
        {
            inputs.Add(Ids($"members of {group.Name} (into) that the wave does not name", group.Content.Users.Where(user => !named.Contains(user)).Order()));
        }

        inputs.AddRange(OfBack(view));
        inputs.AddRange(view.Move is { } move ? OfMove(move, view.Named, [.. view.Into.Select(static group => group.Group.Id)]) : []);
        return With([.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)], checklist, stage);
    }

    /// <summary>
    /// The inputs of the way back of a wave: the break-glass accounts, what its groups are, and whom else the rollout serves. What a policy
    /// demands by now, or who came to the wave meanwhile, must not hold it up.
    /// </summary>
    public static ImmutableArray<ChangeSetInput> OfBack(WaveView view)
    {
        var inputs = view.Into.Select(static group => Text(
            $"kind of {group.Name} (into) {group.Group.Id:D}",
            $"{group.Group.Dynamic} {group.Group.Synced} {group.Group.Microsoft365} {group.Content.Others.Length}", 1)).ToList();
        inputs.Add(Of(view.Rollout, (view.Rollout?.Groups ?? []).Where(group => !view.Into.Any(own => own.Group.Id == group))));
        inputs.AddRange(view.BreakGlass.IsEmpty ? [] : [BreakGlass(view.BreakGlass)]);
        return [.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the proofs went by: who is never moved, who may keep phones alone, and what demands MFA. One member that moves is enough to look again.</summary>
    private static IEnumerable<ChangeSetInput> OfMove(MoveContext move, ImmutableArray<DirectoryUser> users, ImmutableHashSet<Guid> own)
    {
        yield return Ids("accounts that are never moved", users.Where(user => move.Routing.LeftOut(user) is not null).Select(static user => user.Id));
        var accepted = move.Proof.Context.PhoneOnly?.Accepted.SeenOrDefault;
        yield return Ids("users who may keep phones alone", users.Select(static user => user.Id).Where(user => accepted?.Contains(user) ?? false));
        yield return Text("Conditional Access", AccessText.Of(move.Proof, users, own), move.Proof.Readings.Length);
    }

    private static ImmutableArray<ChangeSetInput> With(ImmutableArray<ChangeSetInput> inputs, ChecklistView? checklist, StageId stage) =>
        ChecklistJudge.InputOf(checklist, stage) is { } steps
            ? [.. inputs.Append(steps).OrderBy(static input => input.Name, StringComparer.Ordinal)]
            : inputs;

    /// <summary>
    /// The inputs of a cut-over, by name. The federations are none: the stage writes them, and each is looked at before and after the write.
    /// </summary>
    /// <param name="domains">The domains of the cut-over.</param>
    /// <param name="view">The tenant as seen.</param>
    /// <param name="exceptions">The file of exceptions; null for none.</param>
    /// <param name="checklist">The guide's steps as they stand; null where the plan keeps no answers.</param>
    public static ImmutableArray<ChangeSetInput> Of(
        ImmutableArray<string> domains, CutOverView view, ChangeSetInput? exceptions, ChecklistView? checklist)
    {
        var ids = view.Users.Select(static user => user.Id);
        var inputs = new List<ChangeSetInput>
        {
            Ids("enabled users of the domains", ids),
            Ids("administrators of the domains", ids.Where(view.Administrators.Contains)),
        };
        if (view.Policy is { } policy)
        {
            inputs.Add(Text("authentication methods policy", Describe(policy, view.Users), policy.Configurations.Count));
        }

        inputs.AddRange(view.Move is { } move ? OfMove(move, view.Users, []) : []);
        inputs.AddRange(exceptions is null ? [] : [exceptions]);
        var related = view.Domains.Where(domain => domains.Any(root => RoutedDomains.IsWithin(domain.Name, root))).ToList();
        inputs.Add(Text(
            "domains and their child domains", string.Join('\n', related.Select(static domain => $"{domain.Name} {domain.Federated}")), related.Count));
        inputs.AddRange(OfBack(view));
        return With([.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)], checklist, StageId.CutOver);
    }

    /// <summary>
    /// The inputs of the end of the rollout: which groups it has, and the break-glass accounts. Members and federations are none: who is in the groups, and
    /// what their domains say, is judged again before the write. Whether it is on is looked at as well.
    /// </summary>
    /// <param name="view">The tenant as seen.</param>
    /// <param name="checklist">The guide's steps as they stand; null where the plan keeps no answers.</param>
    public static ImmutableArray<ChangeSetInput> Of(RetireView view, ChecklistView? checklist) => With(OfBack(view), checklist, StageId.Retire);

    /// <summary>The inputs of the way back of the rollout's end; see <see cref="Of(RetireView, ChecklistView?)"/>.</summary>
    public static ImmutableArray<ChangeSetInput> OfBack(RetireView view)
    {
        var rollout = Of(view.Rollout, view.Rollout?.Groups ?? []);
        return view.BreakGlass.IsEmpty ? [rollout] : [BreakGlass(view.BreakGlass), rollout];
    }

    private static ChangeSetInput Of(RolloutPolicy? rollout, IEnumerable<Guid> groups) => Text(
        "staged rollout", $"{rollout is { ForEverybody: true }} {string.Join(' ', groups)}", rollout?.Groups.Length ?? 0);

    /// <summary>
    /// The inputs of the way back of a cut-over: the break-glass accounts alone. Who came to the domains meanwhile must not hold it up, and each
    /// federation is looked at before and after the write.
    /// </summary>
    public static ImmutableArray<ChangeSetInput> OfBack(CutOverView view) => view.BreakGlass.IsEmpty ? [] : [BreakGlass(view.BreakGlass)];

    /// <summary>
    /// The inputs of the prepare stage. The policy itself is none: the stage writes it, and its unit is looked at before and after every write.
    /// </summary>
    private static ImmutableArray<ChangeSetInput> OfPrepare(TenantView view)
    {
        var inputs = view.Ensured.SelectMany(static method => method.Groups).DistinctBy(static group => group.Name, StringComparer.Ordinal)
            .Select(static group => Ids($"members of {group.Name} (policy.ensure) {group.Id:D}", group.Members.Order())).ToList();
        if (view.Campaign is { Group: var asked })
        {
            inputs.Add(Ids($"members of {asked.Name} ({WantedCampaign.Rule}) {asked.Id:D}", asked.Members.Order()));
        }

        if (!view.BreakGlass.IsEmpty)
        {
            inputs.Add(BreakGlass(view.BreakGlass));
        }

        return [.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)];
    }

    private static ImmutableArray<ChangeSetInput> Of(TenantView view, ImmutableSortedDictionary<string, string> files)
    {
        var inputs = new List<ChangeSetInput>();
        inputs.AddRange(files.Select(static file => new ChangeSetInput($"file {file.Key}", file.Value, 1)));
        inputs.Add(Ids("scope", view.Scope.Select(static user => user.Id)));
        inputs.Add(Ids("administrators in scope",
            view.Scope.Select(static user => user.Id).Where(view.Administrators.Contains)));
        if (view.Policy is { } policy)
        {
            inputs.Add(Text("authentication methods policy", Describe(policy, view.Scope), policy.Configurations.Count));
            if (view.Campaign is not null && policy.Campaign is { } campaign)
            {
                inputs.Add(Text("registration campaign", Describe(campaign, policy, view.Scope), campaign.Include.Length));
            }
        }

        inputs.AddRange(view.NeverWrite.Select(static protect =>
            Ids($"members of {protect.Group} (protect.neverWrite)", protect.Members.Order())));
        if (!view.BreakGlass.IsEmpty)
        {
            inputs.Add(BreakGlass(view.BreakGlass));
        }

        return [.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)];
    }

    private static ChangeSetInput BreakGlass(ImmutableArray<BreakGlassAccount> accounts) => Text(
        "break-glass accounts",
        string.Join('\n', accounts.Select(static account =>
            $"{account.Id:D} {account.User.SeenOrDefault?.Enabled} {account.User.SeenOrDefault?.Synced} {account.OnFederatedDomain} "
            + $"{account.InScope}{(account.InCampaign ? " asked" : "")} {account.Methods.SeenOrDefault?.PhishingResistant > 0}")),
        accounts.Length);

    private static string Describe(MethodsPolicy policy, ImmutableArray<DirectoryUser> scope)
    {
        var text = new StringBuilder();
        foreach (var (kind, configuration) in policy.Configurations)
        {
            text.Append(kind).Append(' ').Append(configuration.Enabled).Append(' ').Append(configuration.OfficePhoneAllowed).Append('\n');
            Describe(text, configuration.Include, configuration.Exclude);
        }

        var passkeys = policy.Passkeys ?? MethodConfiguration.Off;
        text.Append("passkeys ").Append(passkeys.Enabled).Append('\n');
        Describe(text, passkeys.Include, passkeys.Exclude);
        DescribeMembers(
            text, policy, policy.Configurations.Values.Append(passkeys).SelectMany(static row => row.Include.Concat(row.Exclude)), scope);
        return text.ToString();
    }

    /// <summary>Whom the campaign asks; how long it may be put off is no matter for a user's unit.</summary>
    private static string Describe(RegistrationCampaign campaign, MethodsPolicy policy, ImmutableArray<DirectoryUser> scope)
    {
        var text = new StringBuilder();
        text.Append(campaign.State).Append('\n');
        Describe(text, campaign.Include, campaign.Exclude);
        DescribeMembers(text, policy, campaign.Include.Concat(campaign.Exclude), scope);
        return text.ToString();
    }

    private static void Describe(StringBuilder text, ImmutableArray<MethodTarget> include, ImmutableArray<MethodTarget> exclude)
    {
        foreach (var target in include.OrderBy(static target => target.Id))
        {
            text.Append(" + ").Append(target.Id).Append(target.IsUser).Append(target.UsableForSignIn).Append(target.Asks).Append('\n');
        }

        foreach (var target in exclude.OrderBy(static target => target.Id))
        {
            text.Append(" - ").Append(target.Id).Append(target.IsUser).Append('\n');
        }
    }

    /// <summary>Membership counts only for users in scope: others moving in and out is no business of this change set.</summary>
    private static void DescribeMembers(
        StringBuilder text, MethodsPolicy policy, IEnumerable<MethodTarget> targets, ImmutableArray<DirectoryUser> scope)
    {
        foreach (var group in targets.Where(static target => !target.IsUser).Select(static target => target.Id).OfType<Guid>().Distinct().Order())
        {
            var members = policy.Members.GetValueOrDefault(group, []);
            text.Append(group).Append(' ').Append(Hash(scope.Select(static user => user.Id).Where(members.Contains), out _)).Append('\n');
        }
    }

    private static ChangeSetInput Ids(string name, IEnumerable<Guid> ids) => new(name, Hash(ids, out var count), count);

    private static ChangeSetInput Text(string name, string text, long count) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), count);

    internal static string Hash(IEnumerable<Guid> ids, out long count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[16];
        count = 0;
        foreach (var id in ids)
        {
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            hash.AppendData(bytes);
            count++;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
