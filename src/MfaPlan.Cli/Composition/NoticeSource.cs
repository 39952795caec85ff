using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Notices;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>The change sets that users' notices come from.</summary>
/// <param name="state">Where they are.</param>
/// <param name="plan">metadata.name of the plan: a state may hold change sets of several.</param>
internal sealed class NoticeSource(IStateStore state, string plan)
{
    /// <summary>
    /// The digests, the oldest first: the runs of the stage migrate that stand, then the newest change set of that stage. A change set that
    /// was named stands alone.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindAsync(string? digestOrStart, CancellationToken cancellationToken)
    {
        if (digestOrStart is not null)
        {
            var named = await ChangeSets.FindAsync(state, digestOrStart, cancellationToken);
            return await IsOursAsync(named, cancellationToken)
                ? [named]
                : throw new CommandFailedException(
                    ExitCodes.WrongUsage, "MFP5276", "The change set that --digest names does not bring users' methods over, so it says nothing about what to tell them.");
        }

        var found = Standing(await state.ReadAsync(cancellationToken)).ToList();
        foreach (var digest in await state.ListChangeSetsAsync(cancellationToken))
        {
            if (await IsOursAsync(digest, cancellationToken))
            {
                found.Remove(digest);
                found.Add(digest);
                return found;
            }
        }

        throw new CommandFailedException(
            ExitCodes.Failed, "MFP5275", "The state has no change set of the stage migrate, so it is not known what becomes of whom. Preview first: mfaplan preview PLAN --stage migrate");
    }

    /// <summary>Reads a change set, after checking it from end to end.</summary>
    public async Task ReadAsync(string digest, NoticeBook book, CancellationToken cancellationToken)
    {
        _ = await ChangeSetFile.VerifyAsync(state, digest, cancellationToken) ?? throw Gone(digest);
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken) ?? throw Gone(digest);
        foreach (var line in ChangeSetFile.Lines(stream, state).OfType<ChangeSetLine.Of>())
        {
            book.Add(line.Unit);
        }
    }

    private IEnumerable<string> Standing(Ledger ledger) => ledger.Runs
        .Where(run => run.Plan == plan && run.Purpose == RunPurpose.Apply && StageId.Parse(run.Stage) == StageId.Migrate
            && !ledger.Runs.Any(undo => undo.Undoes == run.Id && undo.Result == RunResult.Complete))
        .Select(static run => run.Digest).Distinct(StringComparer.Ordinal);

    private async Task<bool> IsOursAsync(string digest, CancellationToken cancellationToken)
    {
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken) ?? throw Gone(digest);
        return ChangeSetFile.Lines(stream, state).First() is ChangeSetLine.Head { Header: var header }
            && header.Plan == plan && header.Stage == StageId.Migrate && header.Purpose == ChangeSetPurpose.Apply;
    }

    private static CommandFailedException Gone(string digest) =>
        new(ExitCodes.Failed, "MFP4004", $"The state has no change set {digest}, which a run was made from.");
}
