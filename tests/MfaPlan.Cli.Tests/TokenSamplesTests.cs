using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MfaPlan.Sandbox;

namespace MfaPlan.Cli.Tests;

/// <summary>
/// A small plan for each kind of token file. Alice's seed is that of RFC 6238, of the length that its hash function has there; Bob's is invented,
/// and nothing of his can be brought over: his codes change by a counter, or nobody knows that the token is his.
/// </summary>
public sealed partial class TokenSamplesTests
{
    private const int Alice = 1;
    private const int Bob = 2;

    private static readonly byte[] BobsSeed = "bob's invented seed!"u8.ToArray();

    public static TheoryData<string, int, bool> Samples => new()
    {
        { "otpauth", 30, false },
        { "google-authenticator", 30, false },
        { "privacyidea", 60, false },
        { "privacyidea-pskc", 60, true },
        { "pam", 30, false },
        { "oath-toolkit", 30, false },
        { "vendor-csv", 60, false },
        { "pskc-password", 30, false },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_code_that_the_users_old_app_shows_is_taken_and_a_second_apply_writes_nothing(string name, int seconds, bool sha256)
    {
        var sample = $"plans/samples/{name}";
        using var cli = Cli.In(sample);
        var before = Files(cli);
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { TenantFile = cli.PathOf("tenant.json") }, TestContext.Current.CancellationToken);
        var tenant = sandbox.BaseAddress.ToString();

        var preview = await cli.RunAsync("preview", "plan.yaml", "--sandbox", tenant);
        var apply = await cli.RunAsync("apply", "plan.yaml", "--yes", "--sandbox", tenant);
        var again = await cli.RunAsync("apply", "plan.yaml", "--yes", "--sandbox", tenant);

        preview.Exit.ShouldBe(0, preview.Error);
        preview.Out.ShouldContain("token.activate 1");
        apply.Exit.ShouldBe(0, apply.Error);
        Golden.ShouldMatch(Stable(apply.Out), $"{sample}/expected/apply.txt");
        again.Exit.ShouldBe(0, again.Error);
        again.Out.ShouldContain("Nothing to do");
        Files(cli).ShouldBe(before); // sources are only read

        using var graph = new HttpClient { BaseAddress = sandbox.BaseAddress };
        var token = (await UsersApp.DevicesAsync(graph, Alice)).ShouldHaveSingleItem();
        token.GetProperty("status").GetString().ShouldBe("activated");
        token.GetProperty("assignedTo").GetProperty("id").GetString().ShouldBe(UsersApp.Id(Alice));
        var seed = Encoding.ASCII.GetBytes("12345678901234567890123456789012")[..(sha256 ? 32 : 20)];
        (await UsersApp.TryCodeAsync(graph, Alice, token, UsersApp.Code(seed, seconds, sha256))).ShouldBe(HttpStatusCode.NoContent);
        (await UsersApp.TryCodeAsync(graph, Alice, token, UsersApp.Code(BobsSeed, seconds, sha256))).ShouldBe(HttpStatusCode.BadRequest);
        (await UsersApp.DevicesAsync(graph, Bob)).ShouldBeEmpty();
    }

    /// <summary>Every sample of a source stands in the tables of docs/sources.md, and no other.</summary>
    [Fact]
    public async Task Every_sample_is_on_the_page_of_sources()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Golden.RepositoryRoot, "docs/sources.md"), TestContext.Current.CancellationToken);

        Links().Matches(page).Select(static match => match.Groups["it"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(Samples.Select(static row => row.Data.Item1).Concat(SourceSamplesTests.Samples).Concat(["quickstart", "tokens"]).Order(StringComparer.Ordinal));
    }

    /// <summary>The files of the sample, by their hash; not what the state keeps.</summary>
    private static List<string> Files(Cli cli) =>
        [.. Directory.EnumerateFiles(cli.Folder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(cli.Folder, path).StartsWith(".mfaplan", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(cli.Folder, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];

    /// <summary>Serial numbers and ids of changes come from a key that each state has of its own.</summary>
    private static string Stable(string text) => Own().Replace(Digests().Replace(text, "DIGEST"), "OWN");

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digests();

    [GeneratedRegex(@"(?<=MFAPLAN-)[0-9a-f]{16}|(?<=token\.)[0-9a-f]{12}|(?<=(?m:^)Run )[0-9a-f]{8}")]
    private static partial Regex Own();

    [GeneratedRegex(@"\]\(\.\./plans/samples/(?<it>[a-z-]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();
}
