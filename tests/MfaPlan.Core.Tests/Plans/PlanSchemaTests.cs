using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Plans;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;

namespace MfaPlan.Core.Tests.Plans;

public sealed class PlanSchemaTests
{
    [Fact]
    public void The_published_schema_is_the_one_generated_from_the_records() =>
        Golden.ShouldMatch(Generate().ToJson() + "\n", "schemas/migration-plan.v1.schema.json");

    [Fact]
    public void The_schema_has_no_oneOf_and_takes_no_unknown_keys()
    {
        var text = Generate().ToJson();

        text.ShouldNotContain("oneOf");
        text.ShouldNotContain("\"additionalProperties\": true");
    }

    private static JsonSchema Generate()
    {
        var json = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = json,
            SchemaType = SchemaType.JsonSchema,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
            DefaultDictionaryValueReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
            AlwaysAllowAdditionalObjectProperties = false,
            GenerateEnumMappingDescription = false,
            FlattenInheritanceHierarchy = true,
        };
        settings.TypeMappers.Add(Primitive<Limit>(JsonObjectType.String | JsonObjectType.Integer, "^[0-9]{1,3}([.][0-9]{1,4})?%$|^[0-9]{1,9}$"));
        settings.TypeMappers.Add(Primitive<Percent>(JsonObjectType.String, "^[0-9]{1,3}([.][0-9]{1,4})?%$"));
        settings.TypeMappers.Add(Primitive<Duration>(JsonObjectType.String, "^[0-9]{1,6}[smhd]$"));
        var schema = JsonSchema.FromType<Plan>(settings);
        schema.Title = "MfaPlan migration plan";
        schema.Properties["apiVersion"].Pattern = "^mfaplan/v1$";
        schema.Properties["kind"].Pattern = "^MigrationPlan$";
        foreach (var definition in schema.Definitions.Values.Append(schema))
        {
            definition.AllowAdditionalProperties = false;
            foreach (var property in definition.Properties.Values)
            {
                Plain(property);
                if (property.Item is { Type: JsonObjectType.String, Format: null, HasReference: false } item)
                {
                    (item.MinLength, item.MaxLength) = (1, 1000);
                }

                if (property.Type.HasFlag(JsonObjectType.Integer))
                {
                    property.Minimum ??= 0;
                }

                if (property.ActualSchema.Type == JsonObjectType.String && property.ActualSchema.Format is null && property.Pattern is null
                    && property.ActualSchema.Enumeration.Count == 0)
                {
                    property.MinLength = 1;
                    property.MaxLength = 1000;
                }
            }
        }

        Bound(schema.Definitions[nameof(AllowedSigners)].Properties["sha256"], static property => property.Pattern = "^[0-9a-fA-F]{64}$");
        Bound(schema.Definitions[nameof(Wave)].Properties["max"], static property => (property.Minimum, property.Maximum) = (1, 500_000));
        foreach (var name in new[] { nameof(GateSettings), nameof(CutOver), nameof(Approvals) })
        {
            Bound(schema.Definitions[name].Properties["signers"], static property => (property.Minimum, property.Maximum) = (1, 10));
        }

        return schema;
    }

    private static void Bound(JsonSchemaProperty property, Action<JsonSchemaProperty> set)
    {
        property.MinLength = null;
        property.MaxLength = null;
        set(property);
    }

    /// <summary>A part that may be left out is not thereby one that may be null: "oneOf null, part" makes poor messages.</summary>
    private static void Plain(JsonSchemaProperty property)
    {
        if (property.OneOf.FirstOrDefault(static option => option.HasReference) is { } part)
        {
            property.OneOf.Clear();
            property.Reference = part.Reference;
        }

        if (property.Type.HasFlag(JsonObjectType.Null))
        {
            property.Type &= ~JsonObjectType.Null;
        }
    }

    private static PrimitiveTypeMapper Primitive<T>(JsonObjectType type, string pattern) => new(typeof(T), schema =>
    {
        schema.Type = type;
        schema.Pattern = pattern;
    });
}
