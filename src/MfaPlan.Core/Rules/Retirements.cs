using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>
/// What Microsoft announced about methods, from the data file <c>retirements.json</c> with its source and review date. It holds for the public
/// cloud; for others, which follow later, and for a telephony provider of the customer's own it errs on the safe side.
/// </summary>
public static class Retirements
{
    /// <summary>All of them, the earliest first.</summary>
    public static ImmutableArray<Retirement> All { get; } = RuleData.Read("retirements.json", static root => root
        .GetProperty("retirements").EnumerateArray().Select(Read).OrderBy(static retirement => retirement.From).ToImmutableArray());

    /// <summary>Ways to answer that end some day: who has no others does not survive.</summary>
    public static MfaAnswers Announced { get; } = EndedAt(DateTimeOffset.MaxValue);

    /// <summary>Ways to answer that have ended at an instant.</summary>
    public static MfaAnswers EndedAt(DateTimeOffset asOf) => All
        .Where(retirement => retirement.Ends && retirement.From <= DateOnly.FromDateTime(asOf.UtcDateTime))
        .SelectMany(static retirement => retirement.Methods)
        .Aggregate(MfaAnswers.None, static (ended, kind) => ended | UsabilityRule.AnswerOf(kind));

    /// <summary>The day from which a kind of method answers nothing; null where none is announced.</summary>
    public static DateOnly? EndOf(MethodKind kind) =>
        All.FirstOrDefault(retirement => retirement.Ends && retirement.Methods.Contains(kind))?.From;

    private static Retirement Read(JsonElement row) => new(
        [.. row.GetProperty("methods").EnumerateArray().Select(static word => KindOf(word.GetString()))],
        DateOnly.ParseExact(row.GetProperty("from").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.GetProperty("ends").GetBoolean(),
        row.GetProperty("what").GetString()!);

    private static MethodKind KindOf(string? word) => Enum.GetValues<MethodKind>().First(kind => MethodWords.InPlan(kind) == word);
}
