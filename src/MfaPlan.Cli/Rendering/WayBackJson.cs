using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Rollbacks;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>rollback --print --json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WayBackDocument))]
internal sealed partial class WayBackJson : JsonSerializerContext
{
    private static readonly WayBackJson Lines = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The way back.</summary>
    public static string Document(WayBackDocument document) => JsonSerializer.Serialize(document, Lines.WayBackDocument);
}

/// <summary>The way back; a number of users that is not known is null.</summary>
internal sealed record WayBackDocument(int Format, string Plan, Guid Tenant, long? UsersMoved, long? UsersMigrated, IReadOnlyList<WayBackStepLine> Steps)
{
    /// <summary>The document of a way back.</summary>
    public static WayBackDocument Of(Plan plan, WayBackSituation situation, ImmutableArray<WayBackStep> steps) => new(
        1, plan.Metadata.Name, plan.Tenant.Id, situation.Moved, situation.Migrated, WayBackStepLine.Of(steps));
}

/// <summary>One step: kind is automatic, byHand, impossible, unknown or nothing.</summary>
internal sealed record WayBackStepLine(
    int Step, string Kind, string Stage, string What, long? Users, string? Run, string? Digest, string? Arguments, string Reason)
{
    /// <summary>The lines of steps, numbered from 1.</summary>
    public static IReadOnlyList<WayBackStepLine> Of(ImmutableArray<WayBackStep> steps) =>
    [
        .. steps.Select(static (step, at) => new WayBackStepLine(
            at + 1, JsonNamingPolicy.CamelCase.ConvertName(step.Kind.ToString()), step.Stage, step.What, step.Users, step.Run, step.Digest, step.Arguments, step.Reason)),
    ];
}
