using System.Text;
using MfaPlan.Core.Evidence;
using NJsonSchema;

namespace MfaPlan.Cli.Tests.Evidence;

public sealed class EvidenceSchemaTests
{
    [Theory]
    [InlineData("quickstart")]
    [InlineData("tokens")]
    [InlineData("policy")]
    public async Task Manifest_and_every_line_of_every_table_are_as_the_schema_says(string sample)
    {
        using var cli = Cli.In("plans/samples/" + sample);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes", "--max-users", "3")).Exit.ShouldBeOneOf(0, 4);
        (await cli.SandboxAsync("apply", "plan.yaml", "--yes")).Exit.ShouldBeOneOf(0, 4);
        (await cli.SandboxAsync("rollback", "plan.yaml", "--yes")).Exit.ShouldBeOneOf(0, 4);
        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        made.Exit.ShouldBe(0, made.Out);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Golden.RepositoryRoot, "schemas", "evidence.v1.schema.json"), TestContext.Current.CancellationToken);

        schema.Validate(await File.ReadAllTextAsync(cli.PathOf("pack/manifest.json"))).ShouldBeEmpty();
        var lines = 0;
        foreach (var table in PackPaths.Tables)
        {
            foreach (var line in await File.ReadAllLinesAsync(cli.PathOf("pack/" + table)))
            {
                schema.Validate(line).ShouldBeEmpty(line);
                lines++;
            }
        }

        lines.ShouldBeGreaterThan(20);
        schema.Validate("{\"format\":1,\"table\":\"others\"}").ShouldNotBeEmpty("a schema that takes anything shows nothing");
    }

    [Fact]
    public async Task The_pack_that_was_written_first_is_still_whole_and_is_never_made_again()
    {
        using var cli = Cli.In("tests/MfaPlan.Cli.Tests/Golden/evidence-v1");

        var ran = await cli.RunAsync("evidence", "verify", ".");

        // Another version may have other titles or data files; it must find no flaw.
        ran.Exit.ShouldBeOneOf([0, 4], ran.Out);
        ran.Out.ShouldNotContain("FLAW");
        ran.Out.ShouldContain("2 change sets, 2 runs (2 approved)");
        ran.Out.ShouldContain("pack      " + ManifestText.DigestOf(await File.ReadAllBytesAsync(cli.PathOf("manifest.json"))));
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(cli.PathOf("manifest.json"))).ShouldStartWith("{\n  \"format\": 1,");
    }
}
