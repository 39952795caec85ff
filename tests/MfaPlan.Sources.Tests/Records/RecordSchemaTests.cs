using System.Text.Json;
using CsCheck;
using MfaPlan.Sources.Records;
using NJsonSchema;
using NJsonSchema.Generation;

namespace MfaPlan.Sources.Tests.Records;

/// <summary>The published schemas of our own formats are those of the records that the readers fill.</summary>
public sealed class RecordSchemaTests
{
    private static readonly string[] Pieces =
    [
        "\"format\":1", "\"format\":\"1\"", "\"username\":\"a\"", "\"username\":\"\"", "\"username\":null", "\"username\":5", "\"mode\":\"textMessage\"",
        "\"mode\":\"TextMessage\"", "\"mode\":2", "\"mode\":null", "\"pin\":false", "\"pin\":\"no\"", "\"asOf\":\"2024-09-27\"", "\"asOf\":null",
        "\"enabled\":false", "\"enabled\":null", "\"sid\":null", "\"phone\":null", "\"phone\":{\"number\":\"1\"}", "\"phone\":{\"number\":1}",
        "\"phone\":{}", "\"phone\":[]", "\"phone\":{\"number\":\"1\",\"countryCode\":\"123456789012345678901\"}", "\"phone\":{\"number\":\"1\",\"kind\":\"x\"}",
        "\"devices\":[]", "\"devices\":{}", "\"devices\":[{}]", "\"devices\":[null]", "\"devices\":null", "\"devices\":[{\"name\":\"x\",\"lastUsed\":\"2024-09-27T10:00:00Z\"}]",
        "\"devices\":[{\"created\":true}]", "\"user\":\"a\"", "\"Username\":\"a\"",
    ];

    [Theory]
    [InlineData(typeof(SourceRecord), "source-users")]
    [InlineData(typeof(DeviceRecord), "source-devices")]
    public void The_published_schema_is_the_one_generated_from_the_record(Type type, string name) =>
        Golden.ShouldMatch(Generate(type, name).ToJson() + "\n", $"schemas/{name}.v1.schema.json");

    [Fact]
    public async Task Schema_and_reader_take_the_same_lines() =>
        await Gen.Shuffle(Pieces, 1, 4).SampleAsync(
            static async pieces =>
            {
                var line = $"{{{string.Join(',', pieces.Select(static piece => piece).DistinctBy(static piece => piece.Split(':')[0]))}}}";
                using var file = new TemporaryFile(line);

                var read = await new UserRecords(file.Input).ReadAsync(CancellationToken.None);

                var problems = Generate(typeof(SourceRecord), "source-users").Validate(line);
                (read.Value?.Users.Length == 1).ShouldBe(problems.Count == 0, $"{line}: {string.Join(", ", problems)} / {string.Join(", ", read.Diagnostics.Select(static diagnostic => diagnostic.Message))}");
            },
            iter: 300);

    private static JsonSchema Generate(Type type, string name)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = new JsonSerializerOptions(RecordJson.Options),
            SchemaType = SchemaType.JsonSchema,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
            AlwaysAllowAdditionalObjectProperties = false,
            GenerateEnumMappingDescription = false,
            FlattenInheritanceHierarchy = true,
        };
        var schema = JsonSchema.FromType(type, settings);
        schema.Title = $"A line of an MfaPlan {name} file, format 1";
        return schema;
    }
}
