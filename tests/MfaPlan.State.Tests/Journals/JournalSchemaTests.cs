using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using NJsonSchema;

namespace MfaPlan.State.Tests.Journals;

public sealed class JournalSchemaTests
{
    private static readonly string SchemaPath = Path.Combine(Golden.RepositoryRoot, "schemas", "journal.v1.schema.json");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_of_every_kind_is_as_the_schema_says()
    {
        var schema = await JsonSchema.FromFileAsync(SchemaPath, Stop);
        foreach (var line in await File.ReadAllLinesAsync(GoldenStateTests.Segment, Stop))
        {
            schema.Validate(line).ShouldBeEmpty(line);
        }
    }

    [Fact]
    public async Task Whatever_the_service_answered_the_line_is_as_the_schema_says()
    {
        var schema = await JsonSchema.FromFileAsync(SchemaPath, Stop);
        ChangeOutcome[] outcomes = [.. ((string[])["ok", "+44 20", "anna@contoso.com", "2071234567", ""]).SelectMany(static text => (ChangeOutcome[])
        [
            new ChangeOutcome.Applied(text), new ChangeOutcome.AlreadyInPlace(), new ChangeOutcome.Blocked(text), new ChangeOutcome.Drifted(text),
            new ChangeOutcome.Refused(text, text), new ChangeOutcome.Unconfirmed(text),
        ])];

        var line = JournalLines.Write(
            1,
            1,
            new JournalEntry.Settle(
                StateFolder.Start, "r", UnitId.Named(UnitKind.Wave, "Süd 1"), [.. outcomes.Select(static outcome => new ChangeSettled("a", outcome))], null),
            JournalLines.Genesis,
            out _);

        schema.Validate(Encoding.UTF8.GetString(line)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"kind\":\"close\"", "\"kind\":\"open\"")]
    [InlineData("\"result\":\"complete\"", "\"result\":\"done\"")]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"epoch\":1", "\"epoch\":1,\"user\":\"anna\"")]
    [InlineData("\"run\":\"3f9a\"", "\"run\":\"anna@contoso.com\"")]
    public async Task The_schema_refuses_what_the_program_refuses(string text, string other)
    {
        var schema = await JsonSchema.FromFileAsync(SchemaPath, Stop);
        var line = Encoding.UTF8.GetString(JournalLines.Write(1, 1, StateFolder.Close(), JournalLines.Genesis, out _));

        schema.Validate(line).ShouldBeEmpty();
        schema.Validate(line.Replace(text, other, StringComparison.Ordinal)).ShouldNotBeEmpty();
    }
}
