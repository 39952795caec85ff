using System.Text;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Sealing;

namespace MfaPlan.State.Tests;

/// <summary>
/// A state of format 1 as it was written by the first program that wrote it. Its files are never made again: every later program must read
/// them. A later format gets a folder of its own beside this one.
/// </summary>
public sealed class GoldenStateTests
{
    public static string Folder { get; } = Path.Combine(Golden.RepositoryRoot, "tests", "MfaPlan.State.Tests", "Golden", "v1");

    public static string Segment { get; } = Path.Combine(Folder, "journal", "000001.jsonl");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_journal_folds_as_it_did()
    {
        var ledger = await Open().ReadAsync(Stop);

        ledger.LastN.ShouldBe(16);
        ledger.Epoch.ShouldBe(2);
        ledger.Runs.Select(static run => $"{run.Id} {run.Purpose} {run.Stage} {run.Result} {run.Units}")
            .ShouldBe(["3f9a apply 1:migrate incomplete 3", "77aa rollback 1:migrate complete 1"]);
        ledger.OutcomesOf("3f9a").Select(static count => $"{count.Key} {count.Value}")
            .ShouldBe(["alreadyInPlace 1", "applied 2", "blocked 1", "drifted 1", "refused 1", "unconfirmed 1"]);
        ledger.LastMigrated(StateFolder.User(1)).ShouldBeNull();
        ledger.LastMigrated(StateFolder.User(3)).ShouldBe(StateFolder.Source(3));
    }

    [Fact]
    public async Task The_first_journal_has_a_line_of_every_kind_and_is_written_the_same_today()
    {
        var previous = JournalLines.Genesis;
        var kinds = new HashSet<Type>();
        await foreach (var bytes in Open().ReadJournalAsync(Stop))
        {
            var line = JournalLines.Parse(bytes.Span, previous);

            Encoding.UTF8.GetString(JournalLines.Write(line.N, line.Epoch, line.Entry, previous, out previous)).ShouldBe(Encoding.UTF8.GetString(bytes.Span));
            kinds.Add(line.Entry.GetType());
        }

        kinds.ShouldBe(typeof(JournalEntry).GetNestedTypes().Where(static type => type.IsSubclassOf(typeof(JournalEntry))), ignoreOrder: true);
    }

    [Fact]
    public async Task The_first_change_set_opens_with_its_key()
    {
        var state = Open();
        await using var stream = (await state.OpenChangeSetAsync((await state.ListChangeSetsAsync(Stop)).ShouldHaveSingleItem(), Stop)).ShouldNotBeNull();

        var lines = SealedBlockReader.Read(stream, state.Keys.FindSeal).Select(static line => Encoding.UTF8.GetString(line.Span)).ToList();

        lines.ShouldBe(ChangeSetLines());
    }

    [Fact]
    public void Keys_are_derived_as_they_were()
    {
        var hash = new byte[32];

        Open().Keys.Values.Hash("unit|field|value"u8, hash);

        Convert.ToHexStringLower(hash).ShouldBe(File.ReadAllText(Path.Combine(Folder, "value.hmac")).Trim());
    }

    private static LocalState Open() =>
        LocalState.Open(Folder, StateFolder.Tenant, sandbox: false, new KeySource.File(Path.Combine(Folder, "key"), CreateIfMissing: false), TimeProvider.System);

    private static List<string> ChangeSetLines() =>
        [.. Enumerable.Range(0, 12).Select(static at => $"{{\"line\":{at},\"text\":\"{new string((char)('a' + at), 50_000)}\"}}")];
}
