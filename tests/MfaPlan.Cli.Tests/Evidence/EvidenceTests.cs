using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>Evidence packs from the run to the auditor, through the program.</summary>
public sealed partial class EvidenceTests
{
    [Fact]
    public async Task A_run_with_its_approval_gives_a_pack_that_is_whole_and_says_who_wrote_what_when()
    {
        using var cli = await Packs.ApprovedAsync();

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var verified = await cli.RunAsync("evidence", "verify", "pack", "--digest", Packs.DigestOf(made));
        var compared = await cli.RunAsync("evidence", "verify", "pack", "--plan", "plan.yaml");
        var json = JsonNode.Parse((await cli.RunAsync("evidence", "verify", "pack", "--json")).Out)!;

        (made.Exit, verified.Exit, compared.Exit).ShouldBe((0, 0, 0), made.Out + made.Error + verified.Out);
        verified.Out.ShouldBe(made.Out);
        made.Out.ShouldContain("1 change set, 1 run (1 approved), 4 writes");
        compared.Out.ShouldContain("The state's journal begins as the pack's does.");
        ((string?)json["result"], (string?)json["digest"], json["notes"]!.AsArray().Count).ShouldBe(("whole", Packs.DigestOf(made), 0));
        ((string?)json["plan"], (string?)json["tenant"], (string?)json["version"], (int)json["files"]!, (int)json["changeSets"]!)
            .ShouldBe(("approved", "11111111-2222-4333-8444-555555555555", "1.0.0", 14, 1));
        json["openRun"].ShouldBeNull();
        json["ownList"].ShouldBeNull("there is no signature that a list could be of");
        var writes = Packs.Rows(cli, PackPaths.Writes);
        writes.Count.ShouldBe(4);
        var journal = await File.ReadAllLinesAsync(cli.PathOf("pack/journal/000001.jsonl"));
        foreach (var write in writes)
        {
            ((string?)write["outcome"]).ShouldBe("applied");
            journal[(int)write["settleLine"]! - 1].ShouldContain($"\"request\":\"{write["request"]}\"");
            journal[(int)write["settleLine"]! - 1].ShouldContain($"\"at\":\"{write["settledAt"]}\"");
            journal[(int)write["beginLine"]! - 1].ShouldContain($"\"unit\":\"{write["unit"]}\"");
            journal[1].ShouldContain($"\"holder\":\"{write["actor"]}\"");
            ((string?)write["before"]).ShouldNotBe((string?)write["after"]);
        }

        (await File.ReadAllBytesAsync(cli.PathOf("pack/journal/000001.jsonl"))).ShouldBe(await File.ReadAllBytesAsync(cli.PathOf(".mfaplan/journal/000001.jsonl")));
    }

    [Fact]
    public async Task Anybody_can_check_the_digests_with_sha256sum()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var named = Directory.GetFiles(cli.PathOf("pack/change-sets")).Concat(Directory.GetFiles(cli.PathOf("pack/plans"))).Concat(Directory.GetFiles(cli.PathOf("pack/signers"))).ToList();

        Run(cli.PathOf("pack"), "sha256sum", "-c", PackPaths.ManifestDigest).ShouldContain("manifest.json: OK");
        named.Count.ShouldBe(3);
        foreach (var file in named)
        {
            Run(cli.PathOf("pack"), "sha256sum", file)[..64].ShouldBe(Path.GetFileName(file)[..64]);
        }
    }

    [Fact]
    public async Task Refusals_drift_and_rollbacks_are_in_the_pack_with_their_reasons()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        var tenant = await cli.RunAsync("preview", "plan.yaml", "--sandbox", "tenant.json");
        var digest = Packs.DigestOf(tenant);
        Edit(cli, ".mfaplan/sandbox/tenant.json", static tenant => tenant["users"]![0]!["authentication"]!["phoneMethods"] =
            JsonNode.Parse("""[{ "phoneType": "mobile", "phoneNumber": "+1 2065550777" }]"""));
        (await cli.SandboxAsync("apply", "plan.yaml", "--digest", digest, "--yes")).Exit.ShouldBe(4);
        (await cli.SandboxAsync("rollback", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        await File.WriteAllTextAsync(cli.PathOf("refused.yaml"), (await File.ReadAllTextAsync(cli.PathOf("plan.yaml"))).Replace("users: 25", "users: 1", StringComparison.Ordinal));
        var refused = await cli.SandboxAsync("preview", "refused.yaml");
        refused.Exit.ShouldBe(5, refused.Error + refused.Out);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack", "--earlier", "refused.yaml");

        made.Exit.ShouldBe(0, made.Out + made.Error);
        Packs.Rows(cli, PackPaths.Writes).Select(static row => (string?)row["outcome"]).ShouldBeSubsetOf(["applied", "drifted", "blocked", "alreadyInPlace"]);
        Packs.Rows(cli, PackPaths.Writes).ShouldContain(static row => (string?)row["outcome"] == "drifted" && (string?)row["detail"] != null);
        Packs.Rows(cli, PackPaths.Runs).Select(static row => (string?)row["purpose"]).ShouldBe(["apply", "rollback"]);
        ((string?)Packs.Rows(cli, PackPaths.Runs)[1]["undoes"]).ShouldBe((string?)Packs.Rows(cli, PackPaths.Runs)[0]["run"]);
        Packs.Rows(cli, PackPaths.Guards).ShouldContain(static row => (string?)row["verdict"] == "refuses" && (string?)row["code"] == "MFP3112");
        Packs.Rows(cli, PackPaths.Findings).ShouldContain(static row => (int)row["changes"]! == 0 && row["codes"]!.AsArray().Count > 0);
        Packs.Rows(cli, PackPaths.Unknown).Count.ShouldBe(Packs.Rows(cli, PackPaths.ChangeSets).Sum(static row => (int)row["unknown"]!));
    }

    [Fact]
    public async Task A_masked_pack_holds_nothing_personal_and_a_revealed_one_does()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        await File.AppendAllTextAsync(cli.PathOf("plan.yaml"), "\n");
        var plan = (await File.ReadAllTextAsync(cli.PathOf("plan.yaml"))).Replace("migrate:", "# for HEIDI@contoso.com\nmigrate:", StringComparison.Ordinal);
        await File.WriteAllTextAsync(cli.PathOf("plan.yaml"), AddUser(plan, "heidi@contoso.com"));
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBeOneOf(0, 4);
        var secrets = Packs.SecretsOf(cli);
        secrets.Count.ShouldBeGreaterThan(50);

        var masked = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        var revealed = await cli.RunAsync("evidence", "plan.yaml", "--out", "clear", "--reveal");
        var offline = await cli.RunAsync("evidence", "verify", "clear");
        var withKey = await cli.RunAsync("evidence", "verify", "clear", "--plan", "plan.yaml");

        (masked.Exit, revealed.Exit, offline.Exit, withKey.Exit).ShouldBe((4, 0, 4, 0), masked.Out + revealed.Out + offline.Out);
        masked.Out.ShouldContain("The names of users in this plan are masked");
        offline.Out.ShouldContain("can be checked with the state's key only");
        var texts = Directory.GetFiles(cli.PathOf("pack"), "*", SearchOption.AllDirectories).ToDictionary(static path => path, File.ReadAllText);
        texts[""] = masked.Out + masked.Error;
        foreach (var (name, text) in texts)
        {
            secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(name);
        }

        Directory.GetFiles(cli.PathOf("clear/revealed")).SelectMany(File.ReadAllLines).ShouldContain(static line => line.Contains("heidi@contoso.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_seed_stands_in_any_pack()
    {
        using var cli = Cli.In("plans/samples/tokens");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBeOneOf(0, 4);
        var seeds = File.ReadLines(cli.PathOf("seeds/upload.csv")).Skip(1).Select(static line => line.Split(',')[2])
            .Append((await File.ReadAllTextAsync(cli.PathOf("seeds/vendor.key"))).Trim()).ToList();
        seeds.Count.ShouldBeGreaterThan(2);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack", "--reveal");

        made.Exit.ShouldBe(0, made.Out + made.Error);
        Packs.Rows(cli, PackPaths.Writes).ShouldContain(static row => ((string?)row["change"])!.EndsWith(".activate", StringComparison.Ordinal) && (string?)row["after"] == "present");
        foreach (var text in Directory.GetFiles(cli.PathOf("pack"), "*", SearchOption.AllDirectories).Select(File.ReadAllText))
        {
            seeds.ShouldAllBe(seed => !text.Contains(seed, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_pack_is_for_its_owner_alone_and_a_failed_one_leaves_nothing()
    {
        using var cli = await Packs.ApprovedAsync();
        Directory.CreateDirectory(cli.PathOf("empty"));

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "empty");
        var again = await cli.RunAsync("evidence", "plan.yaml", "--out", "empty");
        Packs.Flip(cli.PathOf(".mfaplan/journal/000001.jsonl"), 40);
        var broken = await cli.RunAsync("evidence", "plan.yaml", "--out", "never");

        (made.Exit, again.Exit, broken.Exit).ShouldBe((0, 1, 1), made.Out + broken.Error);
        again.Error.ShouldContain("MFP5250");
        broken.Error.ShouldContain("MFP5209");
        Directory.Exists(cli.PathOf("never")).ShouldBeFalse();
        Directory.GetDirectories(cli.Folder, ".tmp-*").ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            foreach (var path in Directory.GetFileSystemEntries(cli.PathOf("empty"), "*", SearchOption.AllDirectories).Append(cli.PathOf("empty")))
            {
                (File.GetUnixFileMode(path) & ~Owner).ShouldBe(UnixFileMode.None, path);
            }
        }
    }

    [Theory]
    [InlineData("no-such-key", "There is no key")]
    [InlineData("plan.yaml", "did not sign")]
    public async Task A_key_that_cannot_sign_is_told_before_anything_else_is_read(string key, string told)
    {
        using var cli = await Packs.ApprovedAsync();
        Packs.Flip(cli.PathOf(".mfaplan/journal/000001.jsonl"), 40);

        var ran = await cli.RunAsync("evidence", "plan.yaml", "--out", "never", "--sign", key);

        ran.Exit.ShouldBe(1);
        ran.Error.ShouldContain("MFP5031");
        ran.Error.ShouldContain(told);
        ran.Error.ShouldNotContain("--key");
        ran.Error.ShouldNotContain("MFP5209");
        Directory.Exists(cli.PathOf("never")).ShouldBeFalse();
        Directory.GetDirectories(cli.Folder, ".tmp-*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_set_that_is_damaged_or_gone_keeps_nothing_else_out_and_the_pack_is_incomplete(bool damaged)
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.SandboxAsync("rollback", "plan.yaml", "--print")).Exit.ShouldBeOneOf(0, 2, 5);
        var file = Directory.GetFiles(cli.PathOf(".mfaplan/changes")).MinBy(File.GetLastWriteTimeUtc)!;
        if (damaged)
        {
            Packs.Flip(file, ^9);
        }
        else
        {
            File.Delete(file);
        }

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(4, made.Out + made.Error);
        made.Out.ShouldContain("1 run (1 approved), 4 writes", Case.Sensitive, "the approval is judged by the run that it let through");
        made.Out.ShouldContain("open MFP5264  journal/000001.jsonl, line 2: The pack does not have the change set");
        (await File.ReadAllTextAsync(cli.PathOf("pack/summary.md"))).ShouldContain(damaged ? "is damaged" : "does not have it any more");
        Packs.Rows(cli, PackPaths.Writes).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_damaged_change_set_that_no_run_carried_out_is_told_too()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        (await cli.SandboxAsync("preview", "plan.yaml")).Exit.ShouldBe(0);
        var file = Directory.GetFiles(cli.PathOf(".mfaplan/changes")).Single();
        Packs.Flip(file, ^9);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(4, made.Out + made.Error);
        made.Out.ShouldContain($"open MFP5264  change-sets/{Path.GetFileNameWithoutExtension(file)}.jsonl: The change set is not in the pack.");
    }

    [Fact]
    public async Task Who_began_a_write_and_who_settled_it_are_told_apart_after_a_takeover()
    {
        using var cli = await Packs.ApprovedAsync();
        var journal = cli.PathOf(".mfaplan/journal/000001.jsonl");
        var lines = await File.ReadAllLinesAsync(journal);
        var settled = Array.FindLastIndex(lines, static line => line.Contains("\"kind\":\"settle\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(journal, string.Concat(lines.Take(settled).Select(static line => line + "\n")));
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "before")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(0, made.Out + made.Error);
        var run = Packs.Rows(cli, PackPaths.Runs).Single();
        var (first, second) = ((string?)run["actor"], (string?)run["takeovers"]!.AsArray().Single()!["actor"]);
        first.ShouldNotBe(second);
        var taken = (int)run["takeovers"]![0]!["line"]!;
        var rows = Packs.Rows(cli, PackPaths.Writes);
        rows.ShouldContain(row => (int)row["beginLine"]! < taken && (int)row["settleLine"]! > taken);
        foreach (var row in rows)
        {
            ((string?)row["actor"]).ShouldBe((int)row["beginLine"]! < taken ? first : second);
            ((string?)row["settledBy"]).ShouldBe((int)row["beginLine"]! < taken && (int)row["settleLine"]! > taken ? second : null);
        }
    }

    [Fact]
    public async Task A_pack_made_while_a_run_is_open_says_where_it_ends_and_the_state_goes_on_from_there()
    {
        using var cli = await Packs.ApprovedAsync("--max-users", "1");

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);
        var compared = await cli.RunAsync("evidence", "verify", "pack", "--plan", "plan.yaml");

        (made.Exit, compared.Exit).ShouldBe((0, 0), made.Out + compared.Out);
        made.Out.ShouldContain("open run");
        ((string?)JsonNode.Parse((await cli.RunAsync("evidence", "verify", "pack", "--json")).Out)!["openRun"])
            .ShouldBe((string?)Packs.Rows(cli, PackPaths.Runs).Single()["run"]);
        ((string?)Packs.Rows(cli, PackPaths.Runs).Single()["result"]).ShouldBe("open");
    }

    [Fact]
    public async Task What_was_begun_and_not_settled_is_told_as_such()
    {
        using var cli = await Packs.ApprovedAsync();
        var journal = cli.PathOf(".mfaplan/journal/000001.jsonl");
        var lines = await File.ReadAllLinesAsync(journal);
        var begun = Array.FindLastIndex(lines, static line => line.Contains("\"kind\":\"begin\"", StringComparison.Ordinal));
        var settled = Array.FindLastIndex(lines, static line => line.Contains("\"kind\":\"settle\"", StringComparison.Ordinal));
        settled.ShouldBeGreaterThan(begun);
        await File.WriteAllTextAsync(journal, string.Concat(lines.Take(settled).Select(static line => line + "\n")) + lines[settled][..40]);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(0, made.Out + made.Error);
        Packs.Rows(cli, PackPaths.Writes).ShouldContain(static row => (string?)row["outcome"] == WriteRow.Unsettled && row["settleLine"] == null && row["beginLine"] != null);
    }

    [Fact]
    public async Task Who_may_sign_packs_can_and_what_was_signed_for_approvals_alone_is_no_signature()
    {
        using var cli = await Packs.ApprovedAsync();
        SshKeys.Make(cli, "auditor");
        await File.WriteAllTextAsync(cli.PathOf("auditors"), $"auditor@contoso.com namespaces=\"mfaplan-evidence-v1\" {await File.ReadAllTextAsync(cli.PathOf("auditor.pub"))}");

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack", "--sign", "auditor");
        var verified = await cli.RunAsync("evidence", "verify", "pack", "--allowed-signers", "auditors");
        var bytes = await File.ReadAllBytesAsync(cli.PathOf("pack/manifest.json.sig"));
        File.Delete(cli.PathOf("pack/manifest.json.sig"));
        var unsigned = await cli.RunAsync("evidence", "verify", "pack", "--allowed-signers", "auditors");
        File.Copy(cli.PathOf("pack/manifest.json"), cli.PathOf("manifest.json"));
        SshKeys.Sign(cli, "auditor", "mfaplan-approval-v1", cli.PathOf("manifest.json"));
        File.Copy(cli.PathOf("manifest.json.sig"), cli.PathOf("pack/manifest.json.sig"));
        var other = await cli.RunAsync("evidence", "verify", "pack", "--allowed-signers", "auditors");
        await File.WriteAllBytesAsync(cli.PathOf("pack/manifest.json.sig"), bytes);
        PackForger.Remake(cli.PathOf("pack"), static manifest => manifest with { Written = manifest.Written.AddDays(-1) });
        var remade = await cli.RunAsync("evidence", "verify", "pack", "--allowed-signers", "auditors");

        (made.Exit, verified.Exit, unsigned.Exit, other.Exit, remade.Exit).ShouldBe((4, 0, 1, 1, 1), made.Out + verified.Out + verified.Error);
        made.Out.ShouldContain("open MFP5264  manifest.json.sig");
        verified.Out.ShouldContain("Signed by auditor@contoso.com.");
        foreach (var ran in new[] { unsigned, other, remade })
        {
            ran.Out.ShouldContain("FLAW MFP5263");
        }

        other.Out.ShouldContain("another purpose");
    }

    [Fact]
    public async Task Without_ssh_keygen_the_answer_is_incomplete_and_never_whole()
    {
        using var cli = await Packs.ApprovedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        cli.Environment["MFAPLAN_SSH_KEYGEN"] = cli.PathOf("no-such-program");

        var verified = await cli.RunAsync("evidence", "verify", "pack");

        verified.Exit.ShouldBe(4, verified.Out);
        verified.Out.ShouldContain("open MFP5264  approvals: No signature of an approval is checked.");
        verified.Out.ShouldContain("(0 approved)");
        verified.Out.ShouldNotContain("WHOLE");
    }

    [Fact]
    public async Task A_run_that_nobody_approved_in_time_is_a_flaw()
    {
        using var cli = await Packs.ApprovedAsync();
        Directory.Delete(cli.PathOf(".mfaplan/approvals"), recursive: true);

        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");

        made.Exit.ShouldBe(1, made.Out);
        made.Out.ShouldContain("FLAW MFP5261");
        made.Out.ShouldContain("0 of 1 needed signatures count");
        Directory.Exists(cli.PathOf("pack")).ShouldBeTrue("a pack shows what is there, whether or not it is well");
    }

    private static string AddUser(string plan, string name)
    {
        MigrateUsers().IsMatch(plan).ShouldBeFalse("the sample names no users of its own");
        return Groups().Replace(plan, $"$0\n  users: [{name}]", 1);
    }

    private static void Edit(Cli cli, string file, Action<JsonNode> change)
    {
        var tenant = JsonNode.Parse(File.ReadAllText(cli.PathOf(file)))!;
        change(tenant);
        File.WriteAllText(cli.PathOf(file), tenant.ToJsonString());
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"(?m)^  users:")]
    private static partial Regex MigrateUsers();

    [GeneratedRegex(@"(?m)^  groups:[^\n]*$")]
    private static partial Regex Groups();
}
