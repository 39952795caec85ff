using System.Text;
using System.Text.Json.Nodes;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Gates;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>Gates and attestations in packs: what a gate was judged by, who signed, and what a forger cannot make of it.</summary>
public sealed class GatedPackTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pack_holds_what_gates_were_judged_by_and_who_attested_and_is_whole()
    {
        using var cli = await Packs.GatedAsync();

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack", "--sign", "erin");
        var verified = await cli.RunAsync("evidence", "verify", "pack");
        var json = JsonNode.Parse((await cli.RunAsync("evidence", "verify", "pack", "--json")).Out)!;

        (made.Exit, verified.Exit).ShouldBe((0, 0), made.Out + made.Error);
        made.Out.ShouldContain("gates     2 judged, 2 of them judged again by their readings");
        ((int)json["gates"]!, (int)json["judgedAgain"]!, (bool)json["ownList"]!).ShouldBe((2, 2, true));
        var rows = Packs.Rows(cli, PackPaths.Gates);
        rows.Select(static row => (string?)row["result"]).ShouldBe(["notYetKnown", "open"]);
        rows.Select(static row => (string?)row["criteria"]!["attest/seesMethods"]).ShouldBe(["notYetKnown", "open"]);
        rows.ShouldAllBe(static row => (int)row["users"]! == 3);
        foreach (var row in rows)
        {
            var reading = GateReading.Read(await File.ReadAllBytesAsync(cli.PathOf($"pack/{PackPaths.Reading((string)row["query"]!, (string)row["sample"]!)}"), Stop));
            reading.Decision.Word.ShouldBe((string?)row["result"]);
        }

        Directory.GetFiles(cli.PathOf("pack/attestations"), "*.attestation", SearchOption.AllDirectories).Length.ShouldBe(1);
        var summary = await File.ReadAllTextAsync(cli.PathOf("pack/summary.md"), Stop);
        summary.ShouldContain("| wave/pilot | ");
        summary.ShouldContain("| erin@contoso.com | SHA256:");
        summary.ShouldContain("seesMethods yes");
    }

    [Fact]
    public async Task What_a_forger_makes_of_gates_and_attestations_is_told()
    {
        using var cli = await Packs.GatedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var (pack, check) = (MemoryPack.Of(cli.PathOf("pack")), MemoryPack.Checker(cli));
        (await check(pack.Copy().Remade())).ShouldBe([]);
        var rows = Packs.Rows(cli, PackPaths.Gates);
        var (held, open) = (PathOf(rows[0]), PathOf(rows[1]));
        var attestation = pack.Files.Keys.Single(static path => path.EndsWith(".attestation", StringComparison.Ordinal));
        (string How, Action<MemoryPack> Change, string Code)[] forgeries =
        [
            ("an open gate without its reading", forged => forged.Files.Remove(open), "MFP5277"),
            ("a reading of another result", forged => Replace(forged, held, "\"notYetKnown\"", "\"open\""), "MFP5277"),
            ("a reading that counts other users", forged => Judged(forged, open, static reading => new GateReading(
                reading.Query with { Routing = reading.Query.Routing! with { Users = 2 } }, reading.Sample)), "MFP5277"),
            ("a reading about another run", forged => Judged(forged, open, static reading => new GateReading(
                reading.Query with { Routing = reading.Query.Routing! with { Run = "00000000" } }, reading.Sample)), "MFP5277"),
            ("a reading of another tenant", forged => Judged(forged, open, static reading => new GateReading(
                reading.Query with { Tenant = Guid.Empty }, reading.Sample)), "MFP5277"),
            ("a yes that nobody signed", forged => Judged(forged, open, static reading => new GateReading(
                reading.Query, reading.Sample with { Answers = [reading.Sample.Answers[0] with { Yes = 2 }] })), "MFP5278"),
            ("no attestation", forged => forged.Rename(attestation, null), "MFP5278"),
            ("an attestation of another answer", forged => Replace(forged, attestation, "\"yes\"", "\"no\""), "MFP5278"),
            ("an attestation without its signature", forged => forged.Files.Remove(attestation + ".sig"), "MFP5278"),
            ("an attestation under another run", forged => forged.Rename("attestations/" + PackPaths.DigestOf(attestation), "attestations/" + new string('a', 64)), "MFP5255"),
            ("a reading of no gate", forged => Add(forged, GateReading.Read(forged.Files[open])), "MFP5255"),
            ("another result in the journal", forged => forged.Rechained(static line => line.Replace("\"notYetKnown\"", "\"open\"", StringComparison.Ordinal)), "MFP5277"),
            ("another gate in the journal", forged => forged.Rechained(static line => line.Replace("\"stage\":\"2:wave/pilot\",\"result\"", "\"stage\":\"3:wave/hq\",\"result\"", StringComparison.Ordinal)), "MFP5277"),
        ];

        foreach (var (how, change, code) in forgeries)
        {
            var forged = pack.Copy();
            change(forged);
            (await check(forged.Remade())).ShouldContain(code, how);
        }

        string PathOf(JsonNode row) => PackPaths.Reading((string)row["query"]!, (string)row["sample"]!);
    }

    [Fact]
    public async Task Terms_that_no_plan_of_the_pack_asked_are_open_and_an_earlier_plan_closes_that()
    {
        using var cli = await Packs.GatedAsync();
        File.Copy(cli.PathOf("plan.yaml"), cli.PathOf("strict.yaml"));
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"), Stop);
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), plan.Replace("soak: 1d, minUsers: 0", "soak: 1h, minUsers: 0", StringComparison.Ordinal), Stop);
        (await cli.SandboxAsync("gate", "plan.yaml", "--wave", "pilot")).Exit.ShouldBe(0);
        File.Copy(cli.PathOf("plan.yaml"), cli.PathOf("lax.yaml"));
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), plan, Stop);

        var without = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var with = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack-2", "--earlier", "lax.yaml");

        (without.Exit, with.Exit).ShouldBe((4, 0), without.Out + with.Out);
        without.Out.ShouldContain("No plan of the pack asks of this gate what its reading says was asked");
    }

    [Fact]
    public async Task A_reading_that_the_state_has_lost_or_that_is_another_is_open()
    {
        using var cli = await Packs.GatedAsync();
        var readings = Directory.GetFiles(cli.PathOf(".mfaplan/approvals"), "*.reading", SearchOption.AllDirectories);
        readings.Length.ShouldBe(2);
        File.Delete(readings[0]);
        await File.WriteAllTextAsync(readings[1], "{}\n", Stop);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(4, made.Out);
        made.Out.Split('\n').Count(static line => line.Contains("What this gate was judged by is not in the pack, so its result is the journal's word", StringComparison.Ordinal)).ShouldBe(2);
        Directory.Exists(cli.PathOf("pack/readings")).ShouldBeFalse();
        (await File.ReadAllTextAsync(cli.PathOf("pack/summary.md"), Stop)).ShouldContain("is not the reading that the journal is about");
    }

    [Theory]
    [InlineData("tried with Alice")]
    [InlineData("call erin@contoso.com")]
    [InlineData("rang +1 206 555 0101")]
    public async Task A_note_that_shows_somebody_is_in_a_revealed_pack_alone(string note)
    {
        using var cli = await Packs.GatedAsync(note);

        var masked = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var revealed = await cli.RunAsync("evidence", "plan.yaml", "--out", "clear", "--reveal");
        var withKey = await cli.RunAsync("evidence", "verify", "clear", "--plan", "plan.yaml");

        (masked.Exit, withKey.Exit).ShouldBe((4, 0), masked.Out + withKey.Out + revealed.Error);
        masked.Out.ShouldContain("may show somebody");
        foreach (var file in Directory.GetFiles(cli.PathOf("pack"), "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, Stop)).ShouldNotContain(note, Case.Sensitive, file);
        }

        Directory.GetFiles(cli.PathOf("clear/attestations"), "*.attestation", SearchOption.AllDirectories).Select(File.ReadAllText)
            .ShouldHaveSingleItem().ShouldContain(note);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("closed", true)]
    [InlineData("open", false)]
    public async Task A_wave_that_began_behind_no_open_gate_is_told(string? gate, bool told)
    {
        using var cli = Cli.In("plans/samples/gate");
        var plan = await File.ReadAllTextAsync(cli.PathOf("plan.yaml"), Stop);
        await File.WriteAllTextAsync(
            cli.PathOf("plan.yaml"), plan.Replace("max: 10 }]", "max: 10 }, { name: hq, from: [MFA-W2], into: [R2], max: 10 }]", StringComparison.Ordinal), Stop);
        (await cli.SandboxAsync("gate", "plan.yaml", "--wave", "pilot")).Exit.ShouldBe(4);
        await WaveRuns.AppendAsync(cli.Host(), 1, Guid.Parse("00000000-0000-4000-8000-000000000001"));
        await WaveRuns.AppendAsync(cli.Host(), 2, 1, gate, [Guid.Parse("00000000-0000-4000-8000-000000000002")]);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        var line = "FLAW MFP5277  runs.jsonl: Run aaaa0002 of wave/hq began";
        made.Out.Contains(line, StringComparison.Ordinal).ShouldBe(told, made.Out + made.Error);
        made.Out.ShouldNotContain("Run aaaa0001 of wave/pilot began");
    }

    /// <summary>Judges a reading anew with something else in it, names it right and lets the journal name it.</summary>
    private static void Judged(MemoryPack pack, string path, Func<GateReading, GateReading> change)
    {
        pack.Files.Remove(path, out var bytes);
        var old = GateReading.Read(bytes);
        var made = change(old);
        pack.Files[PackPaths.Reading(made.QueryDigest, made.SampleDigest)] = made.Write();
        pack.Rechained(line => line.Contains(old.QueryDigest, StringComparison.Ordinal) && line.Contains(old.SampleDigest, StringComparison.Ordinal)
            ? line.Replace(old.QueryDigest, made.QueryDigest, StringComparison.Ordinal).Replace(old.SampleDigest, made.SampleDigest, StringComparison.Ordinal)
                .Replace($"\"result\":\"{old.Decision.Word}\"", $"\"result\":\"{made.Decision.Word}\"", StringComparison.Ordinal)
            : line);
    }

    private static void Add(MemoryPack pack, GateReading reading)
    {
        var other = new GateReading(reading.Query with { Now = reading.Query.Now.AddSeconds(1) }, reading.Sample);
        pack.Files[PackPaths.Reading(other.QueryDigest, other.SampleDigest)] = other.Write();
    }

    private static void Replace(MemoryPack pack, string path, string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(pack.Files[path]);
        text.ShouldContain(old);
        pack.Files[path] = Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    }
}
