using System.Globalization;
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
        await CheckAsync(cli);
    }

    [Fact]
    public async Task Gates_and_what_is_missing_are_as_the_schema_says()
    {
        using var cli = await Packs.GatedAsync("rang +1 206 555 0101");
        File.Delete(Directory.GetFiles(cli.PathOf(".mfaplan/approvals"), "*.reading", SearchOption.AllDirectories)[0]);

        await CheckAsync(cli, exit: 4);

        Packs.Rows(cli, PackPaths.Gates).Count(static row => row["criteria"] is not null).ShouldBe(1);
        (await File.ReadAllTextAsync(cli.PathOf("pack/manifest.json"))).ShouldContain("\"what\": \"reading\"");
    }

    [Theory]
    [InlineData(1, "2 change sets, 2 runs (2 approved)")]
    [InlineData(2, "gates     2 judged, 2 of them judged again by their readings")]
    public async Task The_pack_that_was_written_first_of_each_format_is_still_whole_and_is_never_made_again(int format, string holds)
    {
        using var cli = Cli.In(string.Create(CultureInfo.InvariantCulture, $"tests/MfaPlan.Cli.Tests/Golden/evidence-v{format}"));

        var ran = await cli.RunAsync("evidence", "verify", ".");

        // Another version may have other titles or data files; it must find no flaw.
        ran.Exit.ShouldBeOneOf([0, 4], ran.Out);
        ran.Out.ShouldNotContain("FLAW");
        ran.Out.ShouldContain(holds);
        ran.Out.ShouldContain("Signed by ");
        ran.Out.ShouldContain("pack      " + ManifestText.DigestOf(await File.ReadAllBytesAsync(cli.PathOf("manifest.json"))));
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(cli.PathOf("manifest.json")))
            .ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"{{\n  \"format\": {format},"));
    }

    /// <summary>Makes a pack and holds manifest and tables against the schema.</summary>
    private static async Task CheckAsync(Cli cli, int exit = 0)
    {
        var made = await cli.RunAsync("evidence", "plan.yaml", "--out", "pack");
        made.Exit.ShouldBe(exit, made.Out);
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
}
