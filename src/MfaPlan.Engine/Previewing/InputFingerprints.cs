using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
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
        return ChecklistJudge.InputOf(checklist, stage) is { } steps
            ? [.. inputs.Append(steps).OrderBy(static input => input.Name, StringComparer.Ordinal)]
            : inputs;
    }

    /// <summary>
    /// The inputs of the prepare stage. The policy itself is none: the stage writes it, and its unit is looked at before and after every write.
    /// </summary>
    private static ImmutableArray<ChangeSetInput> OfPrepare(TenantView view)
    {
        var inputs = view.Ensured.SelectMany(static method => method.Groups).DistinctBy(static group => group.Name, StringComparer.Ordinal)
            .Select(static group => Ids($"members of {group.Name} (policy.ensure) {group.Id:D}", group.Members.Order())).ToList();
        if (!view.BreakGlass.IsEmpty)
        {
            inputs.Add(BreakGlass(view));
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
        }

        inputs.AddRange(view.NeverWrite.Select(static protect =>
            Ids($"members of {protect.Group} (protect.neverWrite)", protect.Members.Order())));
        if (!view.BreakGlass.IsEmpty)
        {
            inputs.Add(BreakGlass(view));
        }

        return [.. inputs.OrderBy(static input => input.Name, StringComparer.Ordinal)];
    }

    private static ChangeSetInput BreakGlass(TenantView view) => Text(
        "break-glass accounts",
        string.Join('\n', view.BreakGlass.Select(static account =>
            $"{account.Id:D} {account.User.SeenOrDefault?.Enabled} {account.User.SeenOrDefault?.Synced} {account.OnFederatedDomain} "
            + $"{account.InScope} {account.Methods.SeenOrDefault?.PhishingResistant > 0}")),
        view.BreakGlass.Length);

    private static string Describe(MethodsPolicy policy, ImmutableArray<DirectoryUser> scope)
    {
        var text = new StringBuilder();
        foreach (var (kind, configuration) in policy.Configurations)
        {
            text.Append(kind).Append(' ').Append(configuration.Enabled).Append(' ').Append(configuration.OfficePhoneAllowed).Append('\n');
            foreach (var target in configuration.Include.OrderBy(static target => target.Id))
            {
                text.Append(" + ").Append(target.Id).Append(target.IsUser).Append(target.UsableForSignIn).Append('\n');
            }

            foreach (var target in configuration.Exclude.OrderBy(static target => target.Id))
            {
                text.Append(" - ").Append(target.Id).Append(target.IsUser).Append('\n');
            }
        }

        // Membership of policy groups counts only for users in scope: others moving in and out is no business of this change set.
        foreach (var (group, members) in policy.Members.OrderBy(static pair => pair.Key))
        {
            text.Append(group).Append(' ').Append(Hash(scope.Select(static user => user.Id).Where(members.Contains), out _)).Append('\n');
        }

        return text.ToString();
    }

    private static ChangeSetInput Ids(string name, IEnumerable<Guid> ids) => new(name, Hash(ids, out var count), count);

    private static ChangeSetInput Text(string name, string text, long count) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), count);

    private static string Hash(IEnumerable<Guid> ids, out long count)
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
