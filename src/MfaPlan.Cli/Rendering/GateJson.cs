using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Engine.Gating;

namespace MfaPlan.Cli.Rendering;

/// <summary>What <c>gate --json</c> and <c>attest --json</c> print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GateDocument))]
[JsonSerializable(typeof(AttestedDocument))]
internal sealed partial class GateJson : JsonSerializerContext
{
    private static readonly GateJson Lines = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>A gate.</summary>
    public static string Document(GateDocument document) => JsonSerializer.Serialize(document, Lines.GateDocument);

    /// <summary>An attestation.</summary>
    public static string Document(AttestedDocument document) => JsonSerializer.Serialize(document, Lines.AttestedDocument);
}

/// <summary>A gate.</summary>
internal sealed record GateDocument(
    int Format, string Stage, string? Run, int Users, string Result, DateTimeOffset? HoldUntil, IReadOnlyList<CriterionLine> Criteria,
    WatchedCounts? SignIns, BaselineCounts? Baseline, IReadOnlyList<AnswerLine> Answers, string Query, string Sample)
{
    /// <summary>The document of a gate.</summary>
    public static GateDocument Of(GateEvidence evidence)
    {
        var (query, decision, read) = (evidence.Reading.Query, evidence.Decision, evidence.Reading.Sample.SignIns as SignInEvidence.Read);
        return new GateDocument(
            1, StageId.Parse(query.Stage).Name, query.Routing?.Run, query.Routing?.Users ?? 0, decision.Word, decision.HoldUntil,
            CriterionLine.Of(decision),
            read?.Watched, read?.Baseline, AnswerLine.Of(evidence.Reading.Sample.Answers, query.Terms.Signers),
            evidence.Reading.QueryDigest, evidence.Reading.SampleDigest);
    }
}

/// <summary>One thing that a gate asks.</summary>
internal sealed record CriterionLine(string Name, string Result, string Is, string Asked, string Reason, DateTimeOffset? OpensAt)
{
    /// <summary>The lines of a decision.</summary>
    public static IReadOnlyList<CriterionLine> Of(GateDecision decision) =>
        [.. decision.Criteria.Select(static one => new CriterionLine(one.Name, GateDecision.WordOf(one.Result), one.Is, one.Asked, one.Reason, one.OpensAt))];
}

/// <summary>What people signed of one question.</summary>
internal sealed record AnswerLine(string Question, int Yes, int No, int Unreadable, int Needed)
{
    /// <summary>The lines of answers.</summary>
    public static IReadOnlyList<AnswerLine> Of(ImmutableArray<GateAnswer> answers, int signers) =>
        [.. answers.Select(answer => new AnswerLine(GateJudge.WordOf(answer.Question), answer.Yes, answer.No, answer.Unreadable, signers))];
}

/// <summary>An attestation that was made.</summary>
internal sealed record AttestedDocument(int Format, string Stage, string Run, string Signer, DateTime At, IReadOnlyList<AnswerLine> Answers);
