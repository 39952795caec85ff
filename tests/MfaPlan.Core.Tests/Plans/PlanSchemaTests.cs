using MfaPlan.Core.Plans;
using NJsonSchema;

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
        var schema = DocumentSchemas.Of<Plan>("MfaPlan migration plan");
        schema.Properties["apiVersion"].Pattern = "^mfaplan/v1$";
        schema.Properties["kind"].Pattern = "^MigrationPlan$";
        foreach (var name in new[] { "apiVersion", "kind" })
        {
            DocumentSchemas.Bound(schema.Properties[name], static _ => { });
        }

        DocumentSchemas.Bound(schema.Definitions[nameof(AllowedSigners)].Properties["sha256"], static property => property.Pattern = "^[0-9a-fA-F]{64}$");
        DocumentSchemas.Bound(schema.Definitions[nameof(Wave)].Properties["max"], static property => (property.Minimum, property.Maximum) = (1, 500_000));
        foreach (var name in new[] { nameof(GateSettings), nameof(CutOver), nameof(Approvals) })
        {
            DocumentSchemas.Bound(schema.Definitions[name].Properties["signers"], static property => (property.Minimum, property.Maximum) = (1, 10));
        }

        return schema;
    }
}
