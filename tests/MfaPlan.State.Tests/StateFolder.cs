using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Privacy;
using MfaPlan.State.Journals;
using MfaPlan.State.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests;

/// <summary>A folder with a state that is gone after the test, and entries to fill its journal with.</summary>
internal sealed class StateFolder : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Tenant = Guid.Parse("7f3c0000-0000-0000-0000-000000000001");
    public static readonly ChangeOutcome Applied = new ChangeOutcome.Applied("11111111-2222-3333-4444-555555555555");

    private readonly string _root = Directory.CreateTempSubdirectory("mfaplan-state-").FullName;

    public StateFolder(bool init = true)
    {
        if (init)
        {
            LocalState.Init(Path, Tenant, sandbox: false, Key, Time);
        }
    }

    public static KeySource.Env Key { get; } = new("MFAPLAN_KEY", new Secret(Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(static at => (byte)at)])));

    public FakeTimeProvider Time { get; set; } = new(Start);

    public string Path => System.IO.Path.Combine(_root, ".mfaplan");

    public string Root => _root;

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string Changes => System.IO.Path.Combine(Path, "changes");

    public string StateJson => System.IO.Path.Combine(Path, "state.json");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static UnitId User(int number) => UnitId.ForUser(Guid.ParseExact(number.ToString("x32", CultureInfo.InvariantCulture), "N"));

    public static string Source(int number) => "f1:" + number.ToString("x32", CultureInfo.InvariantCulture);

    public static JournalEntry.Run Run(string id = "3f9a") =>
        new(Start, id, "d1gest", "contoso-2026", "p1an", StageId.Migrate.ToText(), RunPurpose.Apply, null, "host/42/0a1b2c3d");

    public static JournalEntry.Begin Begin(int user) => new(Start, "3f9a", User(user), ["phone.mobile"]);

    public static JournalEntry.Settle Settle(int user, string? source = null) =>
        new(Start, "3f9a", User(user), [new ChangeSettled("phone.mobile", Applied)], source);

    public static JournalEntry.Close Close() => new(Start, "3f9a", RunResult.Complete);

    public string Segment(int number) => System.IO.Path.Combine(Journal, $"{number:D6}.jsonl");

    public LocalState Open(KeySource? key = null) => LocalState.Open(Path, Tenant, sandbox: false, key ?? Key, Time);

    public async Task Append(params JournalEntry[] entries)
    {
        await using var session = await Open().OpenAsync("apply", Stop);
        foreach (var entry in entries)
        {
            await session.Journal.AppendAsync(entry);
        }
    }

    /// <summary>Appends entries, each in a segment of its own.</summary>
    public async Task AppendInSegments(params JournalEntry[] entries)
    {
        var state = Open();
        state.Limits = new JournalLimits(1, 1);
        await using var session = await state.OpenAsync("apply", Stop);
        foreach (var entry in entries)
        {
            await session.Journal.AppendAsync(entry);
        }
    }

    public async Task<List<JournalLine>> Lines(KeySource? key = null)
    {
        var lines = new List<JournalLine>();
        var hash = JournalLines.Genesis;
        await foreach (var line in Open(key).ReadJournalAsync(Stop))
        {
            lines.Add(JournalLines.Parse(line.Span, hash));
            hash = lines[^1].Hash;
        }

        return lines;
    }

    public string ChangeSet(string digest) => System.IO.Path.Combine(Changes, digest + ".mfachanges");

    /// <summary>Seals a change set of one line, its own digest.</summary>
    public Task Seal(string digest, KeySource? key = null) => Open(key).SealAsync(digest, digest);

    /// <summary>The one line of a change set.</summary>
    public Task<string> Unseal(string digest, KeySource? key = null) => Open(key).UnsealAsync(digest);

    /// <summary>Every file of the state, by its path, in hexadecimal.</summary>
    public Dictionary<string, string> Contents() => Directory.GetFiles(Path, "*", SearchOption.AllDirectories).ToDictionary(
        file => System.IO.Path.GetRelativePath(Path, file), static file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
