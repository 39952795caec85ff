using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Evidence;

/// <summary>A change of a run: what was to be written, what became of it, by whom and when.</summary>
/// <param name="Run">The run.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Change">The change's id.</param>
/// <param name="Before">
/// What was seen before: a keyed code for a phone number, a word, the SHA-256 of a configuration; present or none for a token, a group, a member, a policy.
/// </param>
/// <param name="After">What was to be there, in the same way.</param>
public sealed record WriteRow(string Run, string Unit, string Change, string Before, string After)
{
    /// <summary>What stands where there was, or is to be, nothing.</summary>
    public const string Nothing = "none";

    /// <summary>The word for a change that was begun and never settled: whether it was sent, the journal does not know.</summary>
    public const string Unsettled = "unsettled";

    /// <summary>What became of it: a word of <see cref="ChangeOutcome.Word"/>, or <see cref="Unsettled"/>.</summary>
    public string Outcome { get; init; } = Unsettled;

    /// <summary>The code of a refusal, the field that moved, or what stood in the way.</summary>
    public string? Detail { get; init; }

    /// <summary>The service's request id.</summary>
    public string? Request { get; init; }

    /// <summary>The keyed fingerprint of the value that was written.</summary>
    public string? Written { get; init; }

    /// <summary>Who held the lock when it was begun, and so sent it; of one that was never begun, who settled it. Host, process and chance.</summary>
    public required string Actor { get; init; }

    /// <summary>Who held the lock when it was settled; null where that is <see cref="Actor"/>.</summary>
    public string? SettledBy { get; init; }

    /// <summary>The last begin that names the change; null where none does.</summary>
    public (long Line, DateTimeOffset At)? Begun { get; init; }

    /// <summary>The settle; null where there is none.</summary>
    public (long Line, DateTimeOffset At)? Settled { get; init; }

    /// <summary>The row of a settled change.</summary>
    internal WriteRow With(ChangeSettled settled) => this with
    {
        Outcome = settled.Is.Word,
        Written = settled.Value,
        Detail = settled.Is switch
        {
            ChangeOutcome.Drifted drifted => drifted.Field,
            ChangeOutcome.Refused refused => refused.Code,
            ChangeOutcome.Blocked blocked => blocked.By,
            _ => null,
        },
        Request = settled.Is switch
        {
            ChangeOutcome.Applied applied => applied.Request,
            ChangeOutcome.Refused refused => refused.Request,
            ChangeOutcome.Unconfirmed unconfirmed => unconfirmed.Request,
            _ => null,
        },
    };

    /// <summary>The ids of a unit's changes with what is before and after each, in order.</summary>
    internal static ImmutableArray<(string Id, string Before, string After)> ChangesOf(RunUnit unit)
    {
        using var document = JsonDocument.Parse(unit.Changes);
        return [.. document.RootElement.EnumerateArray().Select(ChangeOf)];
    }

    /// <summary>A change's id with what is before and after it.</summary>
    /// <exception cref="FormatException">It has no id.</exception>
    /// <exception cref="KeyNotFoundException">As before.</exception>
    /// <exception cref="InvalidOperationException">It is no object, or a text of it stands for no characters.</exception>
    internal static (string Id, string Before, string After) ChangeOf(JsonElement change) => (
        change.GetProperty("id").GetString() ?? throw new FormatException("A change has no id."),
        ValueOf(change, "before", whenUndone: true),
        ValueOf(change, "after", whenUndone: false));

    /// <summary>The members of the row's line.</summary>
    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("run", Run);
        json.WriteString("unit", Unit);
        json.WriteString("change", Change);
        json.WriteString("outcome", Outcome);
        WriteIfAny(json, "detail", Detail);
        WriteIfAny(json, "request", Request);
        json.WriteString("before", Before);
        json.WriteString("after", After);
        WriteIfAny(json, "written", Written);
        json.WriteString("actor", Actor);
        WriteIfAny(json, "settledBy", SettledBy);
        if (Begun is { } begun)
        {
            json.WriteNumber("beginLine", begun.Line);
            json.WriteString("begunAt", begun.At.UtcDateTime);
        }

        if (Settled is { } settled)
        {
            json.WriteNumber("settleLine", settled.Line);
            json.WriteString("settledAt", settled.At.UtcDateTime);
        }
    }

    /// <summary>Writes a member where it has a value.</summary>
    internal static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>A step of a token has no values: it is made, or on the way back taken away.</summary>
    private static string ValueOf(JsonElement change, string name, bool whenUndone) =>
        change.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.GetRawText())))
            : IsKeyed(change) && change.TryGetProperty("undo", out _) == whenUndone ? "present" : Nothing;

    /// <summary>A token's step, a group of the rollout, a member: there or not there, without a value.</summary>
    private static bool IsKeyed(JsonElement change) => !change.TryGetProperty("before", out _) && !change.TryGetProperty("after", out _);
}
