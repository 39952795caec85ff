using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Tests.Journals;

/// <summary>A journal in memory, and entries to fill it with.</summary>
internal sealed class Lines
{
    private readonly List<byte[]> _lines = [];
    private string _hash = JournalLines.Genesis;

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, 125, TimeSpan.Zero);

    public static string Guid1 => "11111111-2222-3333-4444-555555555555";

    public int Epoch { get; set; } = 1;

    public IReadOnlyList<byte[]> All => _lines;

    public IEnumerable<ReadOnlyMemory<byte>> Memory => _lines.Select(static line => new ReadOnlyMemory<byte>(line));

    public static UnitId User(int number) => UnitId.ForUser(Guid.ParseExact(number.ToString("x32", CultureInfo.InvariantCulture), "N"));

    public static JournalEntry.Run Run(string id = "3f9a", string purpose = RunPurpose.Apply, string? undoes = null) =>
        new(Noon, id, "d1gest", "contoso-2026", "p1an", StageId.Migrate.ToText(), purpose, undoes, "host/42/0a1b2c3d");

    public static JournalEntry.Begin Begin(int user, string run = "3f9a", params string[] changes) =>
        new(Noon, run, User(user), changes is [] ? ["phone.mobile"] : [.. changes]);

    public static JournalEntry.Settle Settle(int user, ChangeOutcome outcome, string? source = null, string run = "3f9a") =>
        new(Noon, run, User(user), [new ChangeSettled("phone.mobile", outcome)], source);

    public static string Source(int number) => "f1:" + number.ToString("x32", CultureInfo.InvariantCulture);

    public static IReadOnlyList<JournalEntry> OfEveryKind() =>
    [
        new JournalEntry.Segment(Noon, 1, null),
        Run(),
        new JournalEntry.Begin(Noon, "3f9a", User(1), ["phone.mobile", "phone.office", "defaultMethod"]),
        new JournalEntry.Settle(
            Noon,
            "3f9a",
            User(1),
            [
                new ChangeSettled("phone.mobile", new ChangeOutcome.Applied(Guid1)),
                new ChangeSettled("phone.alternateMobile", new ChangeOutcome.AlreadyInPlace()),
                new ChangeSettled("phone.office", new ChangeOutcome.Refused("invalidPhoneNumber", Guid1)),
                new ChangeSettled("defaultMethod", new ChangeOutcome.Blocked("phone.office")),
            ],
            Source(1)),
        new JournalEntry.Settle(
            Noon.AddMilliseconds(1),
            "3f9a",
            UnitId.Named(UnitKind.Domain, "contoso.com"),
            [
                new ChangeSettled("federation", new ChangeOutcome.Drifted("federation")),
                new ChangeSettled("other", new ChangeOutcome.Unconfirmed(null)),
                new ChangeSettled("third", new ChangeOutcome.Applied(null)),
            ],
            null),
        new JournalEntry.Gate(Noon, "2:wave/pilot", "open", "a1b2", "c3d4"),
        new JournalEntry.Close(Noon, "3f9a", RunResult.Incomplete),
        Run("77aa", RunPurpose.Rollback, "3f9a"),
        new JournalEntry.Takeover(Noon, "host/43/99999999", "host/42/0a1b2c3d"),
        new JournalEntry.Recovered(Noon, "torn-9-639000000000000000.bin", 17),
        new JournalEntry.Close(Noon, "77aa", RunResult.Complete),
    ];

    public Lines Add(params IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            _lines.Add(JournalLines.Write(_lines.Count + 1, Epoch, entry, _hash, out _hash));
        }

        return this;
    }

    public Ledger Fold()
    {
        var builder = new LedgerBuilder();
        foreach (var line in _lines)
        {
            builder.Add(line);
        }

        return builder.Build();
    }
}
