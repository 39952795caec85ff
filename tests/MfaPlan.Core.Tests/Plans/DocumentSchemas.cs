using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Plans;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;

namespace MfaPlan.Core.Tests.Plans;

/// <summary>Makes the published schema of a document from the records that its reader fills.</summary>
internal static class DocumentSchemas
{
    /// <summary>The schema of a document: no unknown keys, nothing null, texts of 1 to 1000 characters.</summary>
    public static JsonSchema Of<T>(string title)
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
        var schema = JsonSchema.FromType<T>(settings);
        schema.Title = title;
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

        return schema;
    }

    /// <summary>Gives a property bounds of its own in place of the usual length.</summary>
    public static void Bound(JsonSchemaProperty property, Action<JsonSchemaProperty> set)
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
