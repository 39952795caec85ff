using System.Text.RegularExpressions;
using CsCheck;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Approving;

namespace MfaPlan.Cli.Tests;

/// <summary>Approvals from the key to the apply, with real signatures of keys that are thrown away.</summary>
public sealed partial class ApprovalTests
{
    private const string Sample = "plans/samples/approved";

    /// <summary>What stands in documents and signatures, so that most changes leave their form whole.</summary>
    private const string Likely = "0123456789abcdefABCDXYZ+/";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_signs_another_applies_and_what_the_preview_and_show_say_is_as_expected()
    {
        using var cli = Signers("erin@contoso.com");

        var preview = await cli.SandboxAsync("preview", "plan.yaml");
        var refused = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var approved = await cli.RunAsync("approve", Digest(preview), "--key", "erin@contoso.com");
        var shown = await cli.RunAsync("show", Digest(preview));
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var again = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (preview.Exit, refused.Exit, approved.Exit, shown.Exit, apply.Exit, again.Exit).ShouldBe((0, 5, 0, 0, 0, 0), apply.Error);
        again.Out.ShouldContain("Nothing to do");
        Golden.ShouldMatch(
            Stable($"{Last(preview.Out, "approve ")}\n\n{refused.Error}\n{approved.Out}\n{shown.Out[shown.Out.IndexOf("Approvals\n", StringComparison.Ordinal)..]}\n{apply.Out}"),
            $"{Sample}/expected/approve.txt");
    }

    [Fact]
    public async Task Approved_once_is_applied_once_even_after_a_rollback()
    {
        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBe(0);

        var unapproved = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");
        (await cli.RunAsync("approve", Digest(unapproved), "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var back = await cli.SandboxAsync("rollback", "plan.yaml", "--yes");
        var replayed = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--digest", digest);
        var anew = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var signed = await cli.RunAsync("approve", digest, "--key", "erin@contoso.com");

        (unapproved.Exit, CodeOf(unapproved)).ShouldBe((5, "MFP4030"));
        back.Exit.ShouldBe(0, back.Error);
        (replayed.Exit, CodeOf(replayed)).ShouldBe((5, "MFP4006"));
        (anew.Exit, CodeOf(anew)).ShouldBe((5, "MFP4030"));
        Digest(anew).ShouldNotBe(digest, "the same changes after a closed run have another digest");
        (signed.Exit, CodeOf(signed)).ShouldBe((5, "MFP4006"));
    }

    [Fact]
    public async Task A_forecast_is_not_signed_and_one_that_was_signed_before_is_passed_over()
    {
        using var cli = Cli.In("plans/samples/policy");
        SshKeys.Make(cli, "erin@contoso.com");
        await File.AppendAllTextAsync(
            cli.PathOf("plan.yaml"), $"approvals: {{ allowedSigners: {{ file: allowed_signers, sha256: {new string('0', 64)} }} }}\n", Stop);
        SshKeys.Allow(cli, "erin@contoso.com", "erin@contoso.com");
        var prepare = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", prepare, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var forecast = Digest(await cli.SandboxAsync("preview", "plan.yaml", "--stage", "migrate"));

        var refused = await cli.RunAsync("approve", forecast, "--key", "erin@contoso.com");
        var (book, demand) = Gate(cli);
        var now = TimeProvider.System.GetUtcNow();
        var terms = new ApprovalTerms.ForChangeSet(
            demand(forecast).Tenant, demand(forecast).PlanDigest, forecast, DateTimeOffset.FromUnixTimeSeconds(now.AddHours(1).ToUnixTimeSeconds()), "erin@contoso.com");
        (await book.SignAsync(demand(forecast), terms, cli.PathOf("erin@contoso.com"), now, Stop)).Counts.ShouldBeTrue();
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--stage", "prepare");

        (refused.Exit, CodeOf(refused)).ShouldBe((5, "MFP4020"));
        apply.Exit.ShouldBe(0, apply.Error);
        apply.Out.ShouldContain("complete");
    }

    [Fact]
    public async Task A_closed_run_spends_its_approval()
    {
        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--max-users", "1")).Exit.ShouldBe(4);
        (await cli.SandboxAsync("apply", "plan.yaml", "--abandon")).Exit.ShouldBe(0);

        var replayed = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--digest", digest);
        var anew = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (replayed.Exit, CodeOf(replayed)).ShouldBe((5, "MFP4006"));
        (anew.Exit, CodeOf(anew)).ShouldBe((5, "MFP4030"));
    }

    [Fact]
    public async Task A_run_goes_on_under_the_approval_it_began_with_and_not_without_one()
    {
        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com", "--expire", "1h")).Exit.ShouldBe(0);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--max-users", "1")).Exit.ShouldBe(4);
        (await cli.RunAsync("sandbox", "advance", "plan.yaml", "5h")).Exit.ShouldBe(0);
        var kept = cli.PathOf($".mfaplan/approvals/{digest}");
        Directory.Move(kept, kept + "-gone");

        var without = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        Directory.Move(kept + "-gone", kept);
        var with = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (without.Exit, CodeOf(without)).ShouldBe((5, "MFP4030"));
        with.Exit.ShouldBe(0, with.Error);
    }

    [Fact]
    public async Task Letting_somebody_else_sign_voids_what_was_approved_and_what_they_sign_is_of_the_new_plan()
    {
        using var cli = Signers("erin@contoso.com");
        var before = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", before, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        SshKeys.Make(cli, "mallory");
        SshKeys.Allow(cli, "mallory@contoso.com", "mallory");

        var asBefore = await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--digest", before);
        var asNow = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        var signed = await cli.RunAsync("approve", before, "--key", "mallory");
        var copied = Path.Combine(cli.PathOf(".mfaplan/approvals"), Digest(asNow));
        Directory.Move(cli.PathOf($".mfaplan/approvals/{before}"), copied);
        var moved = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (asBefore.Exit, CodeOf(asBefore)).ShouldBe((5, "MFP4001"));
        (asNow.Exit, CodeOf(asNow)).ShouldBe((5, "MFP4030"));
        (signed.Exit, CodeOf(signed)).ShouldBe((5, "MFP4001"));
        (moved.Exit, CodeOf(moved)).ShouldBe((5, "MFP4037"));
    }

    [Fact]
    public async Task The_same_key_under_two_names_is_one_signer()
    {
        using var cli = Signers("erin@contoso.com");
        SshKeys.Allow(cli, "frank@contoso.com", "erin@contoso.com");
        Edit(cli, "signers: 1", "signers: 2");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));

        await cli.RunAsync("approve", digest, "--key", "erin@contoso.com", "--as", "erin@contoso.com");
        var second = await cli.RunAsync("approve", digest, "--key", "erin@contoso.com", "--as", "frank@contoso.com", "--json");
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        second.Out.ShouldContain("\"signers\":1,\"needed\":2,\"opens\":false");
        (apply.Exit, CodeOf(apply)).ShouldBe((5, "MFP4030"));
    }

    [Fact]
    public async Task A_key_of_the_author_under_another_name_or_a_pattern_does_not_sign()
    {
        using var cli = Signers("erin@contoso.com");
        SshKeys.Allow(cli, "owner@contoso.com", "erin@contoso.com");
        SshKeys.Make(cli, "any");
        SshKeys.Allow(cli, "*@contoso.com", "any");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));

        var other = await cli.RunAsync("approve", digest, "--key", "erin@contoso.com", "--as", "erin@contoso.com");
        var pattern = await cli.RunAsync("approve", digest, "--key", "any", "--as", "frank@contoso.com");

        (other.Exit, CodeOf(other)).ShouldBe((5, "MFP4036"));
        (pattern.Exit, CodeOf(pattern)).ShouldBe((5, "MFP4036"));
    }

    [Theory]
    [InlineData("echo 'unknown option -- Y' >&2; exit 1")]
    [InlineData("exit 127")]
    [InlineData("kill -KILL $$")]
    [InlineData(null)]
    public async Task A_tool_that_fails_is_told_from_a_signature_that_is_broken(string? script)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var tool = cli.PathOf("tool");
        if (script is not null)
        {
            await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{script}\n", Stop);
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        cli.Environment["MFAPLAN_SSH_KEYGEN"] = tool;
        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes");
        cli.Environment.Remove("MFAPLAN_SSH_KEYGEN");
        var after = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (apply.Exit, CodeOf(apply)).ShouldBe((1, "MFP5030"), apply.Error);
        after.Exit.ShouldBe(0, after.Error);
    }

    [Fact]
    public async Task A_signature_made_for_another_purpose_does_not_count()
    {
        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var document = Directory.GetFiles(cli.PathOf($".mfaplan/approvals/{digest}"), "*.json").Single();
        SshKeys.Sign(cli, "erin@contoso.com", "git", document);
        File.Move(document + ".sig", Path.ChangeExtension(document, ".sig"), overwrite: true);

        var apply = await cli.SandboxAsync("apply", "plan.yaml", "--yes");

        (apply.Exit, CodeOf(apply)).ShouldBe((5, "MFP4031"));
    }

    [Fact]
    public async Task Every_single_byte_changed_in_document_or_signature_is_refused_under_the_right_code()
    {
        using var cli = Signers("erin@contoso.com");
        var digest = Digest(await cli.SandboxAsync("preview", "plan.yaml"));
        (await cli.RunAsync("approve", digest, "--key", "erin@contoso.com")).Exit.ShouldBe(0);
        var gate = Gate(cli);
        var demand = gate.Demand(digest);
        var files = Directory.GetFiles(cli.PathOf($".mfaplan/approvals/{digest}")).Order(StringComparer.Ordinal)
            .ToDictionary(static path => path, File.ReadAllBytes);
        files.Keys.Select(Path.GetExtension).ShouldBe([".json", ".sig"]);
        (await gate.Book.JudgeAsync(demand, TimeProvider.System.GetUtcNow(), Stop)).Opens.ShouldBeTrue("untouched it opens");
        var codes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var random = new PCG(stream: 7, seed: 20_260_801);

        for (var change = 0; change < 360; change++)
        {
            var (path, bytes) = files.ElementAt(change % 2);
            var touched = bytes.ToArray();
            ref var one = ref touched[random.Next((uint)touched.Length)];
            var other = change % 3 == 0 ? (byte)random.Next(256) : (byte)Likely[(int)random.Next((uint)Likely.Length)];
            one = other == one ? (byte)(other ^ 1) : other;
            await File.WriteAllBytesAsync(path, touched, Stop);

            var verdict = await gate.Book.JudgeAsync(demand, TimeProvider.System.GetUtcNow(), Stop);

            await File.WriteAllBytesAsync(path, bytes, Stop);
            verdict.Opens.ShouldBeFalse($"change {change}");
            var code = verdict.Opinions.Single().Flaw!.Code;
            code.ShouldBeOneOf("MFP4031", "MFP4032", "MFP4033");
            (path.EndsWith(".json", StringComparison.Ordinal) && code == "MFP4033").ShouldBeFalse("a document does not choose the key");
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        codes["MFP4031"].ShouldBeGreaterThan(50);
        codes["MFP4032"].ShouldBeGreaterThan(50);
        (await gate.Book.JudgeAsync(demand, TimeProvider.System.GetUtcNow(), Stop)).Opens.ShouldBeTrue("put back it opens again");
    }

    [Fact]
    public async Task A_standing_approval_is_signed_kept_under_the_plan_and_opens_within_its_bounds_alone()
    {
        using var cli = Signers("erin@contoso.com");
        await cli.SandboxAsync("preview", "plan.yaml");
        var (book, plan, now) = (Gate(cli).Book, new string('a', 64), TimeProvider.System.GetUtcNow());
        var demand = new ApprovalDemand.Standing(new Guid("11111111-2222-4333-8444-555555555555"), plan, Signers: 1, Author: null, ["phone.mobile"], UsersToday: 10, now.AddDays(50));
        var terms = new ApprovalTerms.Standing(demand.Tenant, plan, ["phone.mobile"], usersPerDay: 10, now.AddDays(30), "erin@contoso.com");
        terms = terms with { Expires = DateTimeOffset.FromUnixTimeSeconds(terms.Expires.ToUnixTimeSeconds()) };

        var opinion = await book.SignAsync(demand, terms, cli.PathOf("erin@contoso.com"), now, Stop);

        opinion.Counts.ShouldBeTrue(opinion.Reason);
        Directory.GetFiles(cli.PathOf($".mfaplan/approvals/{plan}")).Length.ShouldBe(2);
        (await book.JudgeAsync(demand, now, Stop)).Opens.ShouldBeTrue();
        (await book.JudgeAsync(demand with { UsersToday = 11 }, now, Stop)).Opinions.Single().Flaw.ShouldBe(ApprovalDiagnostics.Exceeded);
        (await book.JudgeAsync(demand with { Kinds = ["phone.office"] }, now, Stop)).Opinions.Single().Flaw.ShouldBe(ApprovalDiagnostics.Exceeded);
        (await book.JudgeAsync(demand, now.AddDays(31), Stop)).Opinions.Single().Flaw.ShouldBe(ApprovalDiagnostics.Expired);
        (await book.JudgeAsync(demand with { PlanDigest = new('b', 64) }, now, Stop)).Opens.ShouldBeFalse();
    }

    /// <summary>The sample with a key for each signer, all of them allowed.</summary>
    private static Cli Signers(params string[] names)
    {
        var cli = Cli.In(Sample);
        File.Delete(cli.PathOf("allowed_signers"));
        foreach (var name in names)
        {
            SshKeys.Make(cli, name);
            SshKeys.Allow(cli, name, name);
        }

        return cli;
    }

    private static (ApprovalBook Book, Func<string, ApprovalDemand.ForChangeSet> Demand) Gate(Cli cli)
    {
        var host = cli.Host();
        var loaded = Workspace.Load(host, "plan.yaml");
        return (
            new ApprovalGate(host, loaded, States.OpenAny(host, loaded)!).Book,
            digest => ApprovalDemand.Of(loaded.Plan, loaded.Digest, digest, Core.Changes.StageId.Migrate)!);
    }

    private static void Edit(Cli cli, string old, string replacement)
    {
        var text = File.ReadAllText(cli.PathOf("plan.yaml"));
        text.ShouldContain(old);
        File.WriteAllText(cli.PathOf("plan.yaml"), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private static string Digest(Ran ran) => Digests().Match(ran.Out).Value;

    private static string CodeOf(Ran ran) => Codes().Matches(ran.Error).LastOrDefault()?.Value ?? "";

    private static string Last(string text, string start) => text.Split('\n').Last(line => line.StartsWith(start, StringComparison.Ordinal));

    private static string Stable(string text)
    {
        text = Times().Replace(Digests().Replace(text, "DIGEST"), "TIME");
        return Runs().Replace(Shorts().Replace(text, "approve DIGEST"), "Run RUN");
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex("(?<=error )MFP[0-9]{4}")]
    private static partial Regex Codes();

    [GeneratedRegex("approve [0-9a-f]{12}")]
    private static partial Regex Shorts();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}Z")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?m)^Run [0-9a-f]{8}")]
    private static partial Regex Runs();
}
