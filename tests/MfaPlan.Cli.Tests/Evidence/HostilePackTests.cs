using System.Diagnostics;
using System.Text;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>Packs that were made to harm whoever verifies them.</summary>
public sealed class HostilePackTests
{
    [Theory]
    [InlineData("../plan.yaml")]
    [InlineData("/etc/hostname")]
    [InlineData("plans/../../plan.yaml")]
    [InlineData("journal/000001.jsonl/../000001.jsonl")]
    [InlineData("C:\\secret")]
    [InlineData("summary.md\u001b[2J")]
    public async Task A_manifest_that_points_elsewhere_is_told_and_what_it_names_is_not_read(string path)
    {
        using var cli = await PackAsync();
        PackForger.Write(cli.PathOf("pack"), ManifestText.Write(Manifest(cli) with { Files = [.. Manifest(cli).Files, new PackFile(path, 5, new string('0', 64))] }));

        var ran = await cli.RunAsync("evidence", "verify", "pack");

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.ShouldContain("FLAW MFP5253  manifest.json: It names");
        ran.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Links_are_named_and_not_followed()
    {
        using var cli = await PackAsync();
        var summary = cli.PathOf("pack/summary.md");
        File.Move(summary, cli.PathOf("elsewhere.md"));
        File.CreateSymbolicLink(summary, cli.PathOf("elsewhere.md"));
        Directory.CreateSymbolicLink(cli.PathOf("pack/approvals"), "/");

        var ran = await cli.RunAsync("evidence", "verify", "pack");

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.ShouldContain("FLAW MFP5255  summary.md: It is a link");
        ran.Out.ShouldContain("FLAW MFP5255  approvals: It is a link");
        ran.Out.ShouldNotContain("approvals/");
    }

    [Fact]
    public async Task A_pipe_in_a_file_s_place_does_not_hold_the_verifier_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using var cli = await PackAsync();
        foreach (var name in new[] { "pack/writes.jsonl", "pack/manifest.json.sha256" })
        {
            File.Delete(cli.PathOf(name));
            using var made = Process.Start("mkfifo", cli.PathOf(name));
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var ran = await cli.RunAsync("evidence", "verify", "pack").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.ShouldContain("FLAW MFP5256  writes.jsonl");
        ran.Out.ShouldContain("FLAW MFP5254  manifest.json.sha256");
    }

    [Fact]
    public async Task A_huge_file_is_not_read_and_a_huge_line_is_none()
    {
        using var cli = await PackAsync();
        using (var huge = File.Create(cli.PathOf("pack/findings.jsonl")))
        {
            huge.SetLength(20L * 1024 * 1024 * 1024);
        }

        var sized = await cli.RunAsync("evidence", "verify", "pack");
        using (var line = File.Create(cli.PathOf("pack/findings.jsonl")))
        {
            line.SetLength(PackLines.LongestLine * 4);
        }

        PackForger.Remake(cli.PathOf("pack"));
        var lined = await cli.RunAsync("evidence", "verify", "pack");

        sized.Out.ShouldContain("FLAW MFP5256  findings.jsonl: It has 21474836480 bytes");
        lined.Out.ShouldContain("FLAW MFP5262  findings.jsonl, line 1");
    }

    [Fact]
    public async Task Deep_folders_and_hundreds_of_strange_files_are_told_in_short()
    {
        using var cli = await PackAsync();
        Directory.CreateDirectory(cli.PathOf("pack/approvals/a/b/c/d/e"));
        Directory.CreateDirectory(cli.PathOf("pack/junk"));
        for (var number = 0; number < 300; number++)
        {
            await File.WriteAllTextAsync(cli.PathOf($"pack/junk/{number}.txt"), "x");
        }

        var ran = await cli.RunAsync("evidence", "verify", "pack");

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.Split('\n').Count(static line => line.Contains("MFP5255", StringComparison.Ordinal)).ShouldBe(101);
        ran.Out.ShouldContain("more files are there that the manifest does not name");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":1,\"kind\":\"mfaplan-evidence\",\"files\":null}")]
    [InlineData("{\"format\":\"1\"}")]
    [InlineData("\0\0\0")]
    public async Task A_manifest_that_is_none_is_told_and_nothing_else_is_read(string manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        using var cli = await PackAsync();
        PackForger.Write(cli.PathOf("pack"), Encoding.UTF8.GetBytes(manifest));

        var ran = await cli.RunAsync("evidence", "verify", "pack");

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.ShouldContain("FLAW MFP5251  manifest.json");
    }

    [Fact]
    public async Task Any_member_of_the_manifest_left_out_or_null_is_told_and_does_not_throw()
    {
        using var cli = await PackAsync();
        var text = await File.ReadAllTextAsync(cli.PathOf("pack/manifest.json"));
        foreach (var member in System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject().Select(static member => member.Key).ToList())
        {
            foreach (var without in new[] { true, false })
            {
                var node = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
                node.Remove(member);
                if (!without)
                {
                    node.Add(member, null);
                }

                PackForger.Write(cli.PathOf("pack"), Encoding.UTF8.GetBytes(node.ToJsonString()));

                var ran = await cli.RunAsync("evidence", "verify", "pack");

                ran.Exit.ShouldBe(1, ran.Error);
                ran.Out.ShouldContain("FLAW MFP525", Case.Sensitive, member);
            }
        }
    }

    [Fact]
    public async Task Lines_that_are_no_lines_of_ours_are_told_where_a_digest_fits_them()
    {
        using var cli = await PackAsync();
        foreach (var line in new[] { "null", "{}", "[]", "{\"unit\":1}", "{\"changeSet\":1}", "{\"totals\":[]}", "{\"changeSet\":\"x\"}", "\"", "{\"leftover\":true}", "{\"changeSet\":2}" })
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            var name = PackPaths.ChangeSet(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
            await File.WriteAllBytesAsync(cli.PathOf("pack/" + name), bytes);
            PackForger.Remake(cli.PathOf("pack"));

            var ran = await cli.RunAsync("evidence", "verify", "pack");

            ran.Exit.ShouldBe(1, ran.Error);
            ran.Out.ShouldContain($"FLAW MFP5258  {name}", Case.Sensitive, line);
            File.Delete(cli.PathOf("pack/" + name));
        }
    }

    [Theory]
    [InlineData("files")]
    [InlineData("missing")]
    [InlineData("data")]
    [InlineData("titles")]
    public async Task Nothing_in_a_list_of_the_manifest_is_told_and_does_not_throw(string list)
    {
        using var cli = await PackAsync();
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(cli.PathOf("pack/manifest.json")))!;
        var lists = list == "data" ? manifest["program"]! : manifest;
        if (list == "titles")
        {
            lists[list]!.AsObject().Add("MFP9999", null);
        }
        else
        {
            lists[list]!.AsArray().Add(null);
        }

        PackForger.Write(cli.PathOf("pack"), Encoding.UTF8.GetBytes(manifest.ToJsonString(Indented) + "\n"));

        var ran = await cli.RunAsync("evidence", "verify", "pack");

        ran.Exit.ShouldBe(1, ran.Error);
        ran.Out.ShouldContain("FLAW MFP5251  manifest.json");
    }

    [Theory]
    [InlineData("\"stage\":\"1:migrate\"", "\"stage\":\"nowhere\"", "MFP5260")]
    [InlineData("\"stage\":\"1:migrate\"", "\"stage\":\"\\ud800\"", "MFP5257")]
    [InlineData("\"changes\":[\"phone.mobile\"", "\"changes\":[\"\\ud800\"", "MFP5257")]
    [InlineData("\"changes\":[\"phone.mobile\"", "\"changes\":[\"phone.m\\u006fbile\"", "MFP5257")]
    public async Task A_line_of_the_journal_that_no_program_wrote_is_told_and_does_not_throw(string old, string replacement, string code)
    {
        using var cli = await PackAsync();
        var pack = MemoryPack.Of(cli.PathOf("pack"));
        var before = pack.Files["journal/000001.jsonl"];

        pack.Rechained(line => line.Replace(old, replacement, StringComparison.Ordinal));

        pack.Files["journal/000001.jsonl"].ShouldNotBe(before);
        (await MemoryPack.Checker(cli)(pack)).ShouldContain(code);
    }

    [Theory]
    [InlineData("\"after\":\"sms\"", "\"after\":\"\\ud800\"")]
    [InlineData("\"after\":\"sms\"", "\"after\":\"sms\",\"after\":\"push\"")]
    [InlineData("\"id\":\"phone.mobile\"", "\"id\":null")]
    [InlineData("\"unit\":\"user/00000000-0000-4000-8000-000000000001\"", "\"unit\":\"user/00000000-0000-4000-8000-00000000000A\"")]
    public async Task A_change_set_that_no_program_wrote_is_told_even_where_run_and_name_fit_it(string old, string replacement)
    {
        using var cli = await PackAsync();
        var pack = MemoryPack.Of(cli.PathOf("pack"));
        var path = pack.Files.Keys.First(path => path.StartsWith("change-sets/", StringComparison.Ordinal) && Encoding.UTF8.GetString(pack.Files[path]).Contains(old, StringComparison.Ordinal));
        var digest = PackPaths.DigestOf(path);
        pack.Files[path] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(pack.Files[path]).Replace(old, replacement, StringComparison.Ordinal));
        var made = PackForger.Sha256(pack.Files[path]);

        pack.Rename(digest, made);
        pack.Rechained(line => line.Replace(digest, made, StringComparison.Ordinal));

        (await MemoryPack.Checker(cli)(pack)).ShouldContain("MFP5258");
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static PackManifest Manifest(Cli cli) => ManifestText.Read(File.ReadAllBytes(cli.PathOf("pack/manifest.json"))).Manifest!;

    private static async Task<Cli> PackAsync()
    {
        var cli = Cli.In("plans/samples/duo");
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBeOneOf(0, 4);
        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        made.Exit.ShouldBe(0, made.Out + made.Error);
        return cli;
    }
}
