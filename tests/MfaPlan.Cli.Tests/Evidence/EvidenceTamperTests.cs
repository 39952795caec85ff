using System.Globalization;
using System.Text;
using CsCheck;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>
/// What somebody can do to a pack: changes drawn from a seed to every kind of file, first as they are, then with the manifest made to match.
/// Each is told by its code.
/// </summary>
public sealed class EvidenceTamperTests
{
    private const int TimesEach = 14;

    [Fact]
    public async Task Every_change_to_a_file_is_told_by_its_code_even_where_the_manifest_was_made_to_match()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var (pack, check) = (MemoryPack.Of(cli.PathOf("pack")), MemoryPack.Checker(cli));
        (await check(pack.Copy().Remade())).ShouldBe([], "made again unchanged it is the pack that it was");
        var random = new PCG(stream: 11, seed: 20_261_124);
        var told = new SortedDictionary<string, int>(StringComparer.Ordinal);

        foreach (var path in pack.Files.Keys.ToList())
        {
            for (var time = 0; time < TimesEach; time++)
            {
                var (how, bytes) = Tampered(pack.Files[path], time, random);
                var naive = pack.Copy();
                naive.Files[path] = bytes;

                Expect(await check(naive), NaiveCodes(path), $"{path}, {how}");

                if (path.StartsWith(PackPaths.Manifest, StringComparison.Ordinal))
                {
                    continue;
                }

                var forged = pack.Copy();
                forged.Files[path] = bytes;
                Expect(await check(forged.Remade()), ForgedCodes(path), $"{path}, {how}, made to match");
            }
        }

        told.Values.Sum().ShouldBeGreaterThan(400);
        told.Keys.ShouldBe(["MFP5253", "MFP5256", "MFP5257", "MFP5258", "MFP5259", "MFP5261", "MFP5262"], ignoreOrder: true);

        void Expect(List<string> codes, string[] expected, string where)
        {
            var code = expected.FirstOrDefault(codes.Contains);
            code.ShouldNotBeNull($"{where}: {string.Join(", ", codes)}");
            told[code] = told.GetValueOrDefault(code) + 1;
        }
    }

    [Fact]
    public async Task Every_file_taken_out_added_or_put_in_another_s_place_is_told()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var (pack, check) = (MemoryPack.Of(cli.PathOf("pack")), MemoryPack.Checker(cli));
        var digest = new string('a', 64);

        foreach (var path in pack.Files.Keys.Where(static path => !path.StartsWith(PackPaths.Manifest, StringComparison.Ordinal)).ToList())
        {
            var without = pack.Copy();
            without.Files.Remove(path);
            (await check(without)).ShouldContain("MFP5254", path);
            (await check(without.Remade())).ShouldNotBeEmpty($"{path}, made to match");

            foreach (var other in pack.Files.Keys.Where(other => other != path && !other.StartsWith(PackPaths.Manifest, StringComparison.Ordinal)))
            {
                var swapped = pack.Copy();
                swapped.Files[path] = pack.Files[other];
                (await check(swapped.Remade())).ShouldNotBeEmpty($"{other} as {path}, made to match");
            }
        }

        foreach (var added in new[]
        {
            "notes.txt", "journal/000002.jsonl", PackPaths.ChangeSet(digest), PackPaths.Plan(digest), PackPaths.Signers(digest),
            PackPaths.Approval(digest, "0123456789abcdef.json"), PackPaths.Revealed(digest), "journal/000001.jsonl.bak", "approvals/readme",
        })
        {
            var more = pack.Copy();
            more.Files[added] = pack.Files.First(file => file.Key.Split('/')[0] == added.Split('/')[0] || file.Key == PackPaths.Summary).Value;
            (await check(more)).ShouldContain("MFP5255", added);
            (await check(more.Remade())).ShouldNotBeEmpty($"{added}, made to match");
        }

        var right = pack.Copy();
        right.Files[PackPaths.Signers(PackForger.Sha256("nobody\n"u8))] = "nobody\n"u8.ToArray();
        (await check(right.Remade())).ShouldContain("MFP5255", "a list that nobody pins");
    }

    [Fact]
    public async Task A_journal_whose_hashes_were_made_anew_contradicts_change_set_tables_or_approvals()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var (pack, check) = (MemoryPack.Of(cli.PathOf("pack")), MemoryPack.Checker(cli));
        const string User = "user/00000000-0000-4000-8000-00000000000";
        (string How, Func<string, string> Change, string Code)[] forgeries =
        [
            ("an outcome", static line => line.Replace("\"is\":\"applied\"", "\"is\":\"unconfirmed\"", StringComparison.Ordinal), "MFP5262"),
            ("a request id", static line => line.Replace("\"request\":\"", "\"request\":\"0", StringComparison.Ordinal), "MFP5262"),
            ("a time", static line => line.Contains("\"settle\"", StringComparison.Ordinal) ? line.Replace("\"at\":\"20", "\"at\":\"19", StringComparison.Ordinal) : line, "MFP5262"),
            ("a holder", static line => line.Replace("\"holder\":\"", "\"holder\":\"x", StringComparison.Ordinal), "MFP5262"),
            ("a unit", static line => line.Replace(User + "1", User + "9", StringComparison.Ordinal), "MFP5260"),
            ("a change", static line => line.Replace("phone.mobile", "phone.office", StringComparison.Ordinal), "MFP5260"),
            ("no begin", static line => line.Contains("\"begin\"", StringComparison.Ordinal) ? "" : line, "MFP5260"),
            ("another change set", static line => line.Replace("\"digest\":\"", "\"digest\":\"f", StringComparison.Ordinal), "MFP5260"),
            ("another stage", static line => line.Replace("1:migrate", "0:prepare", StringComparison.Ordinal), "MFP5260"),
            ("another purpose", static line => line.Replace("\"purpose\":\"apply\"", "\"purpose\":\"rollback\"", StringComparison.Ordinal), "MFP5260"),
            ("another plan", static line => line.Replace("\"plan\":\"approved\"", "\"plan\":\"improved\"", StringComparison.Ordinal), "MFP5260"),
            ("no last line", static line => line.Contains("\"close\"", StringComparison.Ordinal) ? "" : line, "MFP5262"),
            ("a run before the approval", static line => line.Contains("\"run\",", StringComparison.Ordinal) ? line.Replace("\"at\":\"20", "\"at\":\"19", StringComparison.Ordinal) : line, "MFP5261"),
            ("a run after the approval", static line => line.Contains("\"run\",", StringComparison.Ordinal) ? line.Replace("\"at\":\"20", "\"at\":\"21", StringComparison.Ordinal) : line, "MFP5261"),
        ];

        foreach (var (how, change, code) in forgeries)
        {
            var forged = pack.Copy();
            var (bytes, facts) = PackForger.Rechained(pack.Files["journal/000001.jsonl"], change);
            bytes.SequenceEqual(pack.Files["journal/000001.jsonl"]).ShouldBeFalse(how);
            forged.Files["journal/000001.jsonl"] = bytes;

            (await check(forged.Remade(manifest => manifest with { Journal = facts }))).ShouldContain(code, how);
        }
    }

    [Fact]
    public async Task A_pack_made_anew_altogether_is_told_by_its_digest_alone()
    {
        using var cli = await Packs.ApprovedAsync();
        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        PackForger.Remake(cli.PathOf("pack"), static manifest => manifest with { Program = manifest.Program with { Version = "9.9.9", Rules = 99 } });
        await File.WriteAllTextAsync(
            cli.PathOf("pack/summary.md"),
            (await File.ReadAllTextAsync(cli.PathOf("pack/summary.md"))).Replace("by mfaplan 1.0.0", "by mfaplan 9.9.9", StringComparison.Ordinal)
                .Replace("| rules | " + Core.Rules.RuleData.RulesVersion.ToString(CultureInfo.InvariantCulture), "| rules | 99", StringComparison.Ordinal));
        PackForger.Remake(cli.PathOf("pack"));

        var alone = await cli.RunAsync("evidence", "verify", "pack");
        var compared = await cli.RunAsync("evidence", "verify", "pack", "--digest", Packs.DigestOf(made));

        (alone.Exit, compared.Exit).ShouldBe((0, 1), alone.Out);
        alone.Out.ShouldContain("can make another pack that fits together as well");
        compared.Out.ShouldContain("FLAW MFP5253");
    }

    [Fact]
    public async Task A_value_in_clear_that_is_another_is_open_without_the_key_and_a_flaw_with_it()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack", "--reveal")).Exit.ShouldBe(0);
        var file = Directory.GetFiles(cli.PathOf("pack/revealed")).Single();
        var text = await File.ReadAllTextAsync(file);
        text.ShouldContain("2065550101");
        await File.WriteAllTextAsync(file, text.Replace("2065550101", "2065550199", StringComparison.Ordinal));
        PackForger.Remake(cli.PathOf("pack"));

        var offline = await cli.RunAsync("evidence", "verify", "pack");
        var withKey = await cli.RunAsync("evidence", "verify", "pack", "--plan", "plan.yaml");

        offline.Exit.ShouldBe(4, offline.Out);
        withKey.Exit.ShouldBe(1, withKey.Out);
        withKey.Out.ShouldContain("FLAW MFP5266");
    }

    private static string[] NaiveCodes(string path) => path switch
    {
        PackPaths.Manifest or PackPaths.ManifestDigest => ["MFP5253", "MFP5251", "MFP5252"],
        _ => ["MFP5256"],
    };

    private static string[] ForgedCodes(string path) => path.Split('/')[0] switch
    {
        // Whole lines cut off the end leave a chain that holds; the manifest still says where it ended.
        "journal" => ["MFP5257", "MFP5253"],
        "change-sets" => ["MFP5258"],
        "plans" or "signers" => ["MFP5259"],
        "approvals" => ["MFP5261"],
        _ => ["MFP5262"],
    };

    private static (string How, byte[] Bytes) Tampered(byte[] bytes, int time, PCG random)
    {
        while (true)
        {
            var at = (int)random.Next((uint)bytes.Length);
            var lines = Encoding.Latin1.GetString(bytes).Split('\n').SkipLast(1).ToList();
            var one = (int)random.Next((uint)lines.Count);
            var (how, made) = (time % 7) switch
            {
                0 => ($"bit of byte {at}", Flipped(bytes, at, (int)random.Next(7))),
                1 => ($"byte {at} deleted", [.. bytes[..at], .. bytes[(at + 1)..]]),
                2 => ($"byte put in at {at}", [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]]),
                3 => ($"line {one} removed", Joined(lines.Where((_, index) => index != one))),
                4 => ($"line {one} repeated", Joined(lines.SelectMany((line, index) => index == one ? new[] { line, line } : [line]))),
                5 => ($"line {one} put last", Joined(lines.Where((_, index) => index != one).Append(lines[one]))),
                _ => ($"cut to {Math.Max(1, at)} bytes", bytes[..Math.Max(1, at)]),
            };
            if (made.Length > 0 && !made.AsSpan().SequenceEqual(bytes))
            {
                return (how, made);
            }

            time = (int)random.Next(7);
        }
    }

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.Latin1.GetBytes(string.Concat(lines.Select(static line => line + "\n")));

    private static byte[] Flipped(byte[] bytes, int at, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }
}
