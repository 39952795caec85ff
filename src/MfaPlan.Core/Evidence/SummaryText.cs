using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Guards;

namespace MfaPlan.Core.Evidence;

/// <summary>The summary of a pack: what stands in manifest, tables and approvals, for people. Worked out, so that a verifier makes it again.</summary>
public static class SummaryText
{
    private const string NoneYet = "None.";

    /// <summary>Rows of gates; the table has all.</summary>
    private const int FewGates = 50;

    /// <summary>The summary.</summary>
    /// <param name="manifest">The manifest; its files are not looked at.</param>
    /// <param name="contents">What journal and change sets say.</param>
    /// <param name="approvals">The approvals.</param>
    /// <param name="attestations">The attestations.</param>
    public static byte[] Write(
        PackManifest manifest, PackContents contents, ImmutableArray<PackApproval> approvals, ImmutableArray<PackAttestation> attestations)
    {
        var text = new StringBuilder();
        Heading(text, manifest, contents);
        Runs(text, contents);
        Approvals(text, approvals);
        foreach (var set in contents.ChangeSets)
        {
            ChangeSet(text, set);
        }

        Found(text, manifest, contents);
        Writes(text, contents);
        Gates(text, manifest, contents);
        if (manifest.Format >= ManifestText.WithGates)
        {
            Attestations(text, attestations);
        }

        Rest(text, manifest);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The codes that a summary names, so that a manifest can say what they mean.</summary>
    public static IEnumerable<string> CodesOf(ImmutableArray<CanonicalChangeSet> sets) => sets
        .SelectMany(static set => set.Footer.Totals.ByFinding.Keys.Concat(set.Footer.Guards.Select(static guard => guard.Code)))
        .Distinct(StringComparer.Ordinal);

    private static void Heading(StringBuilder text, PackManifest manifest, PackContents contents)
    {
        var (program, journal) = (manifest.Program, contents.Journal);
        text.Append("# Evidence of ").Append(Cell(manifest.Plan)).Append("\n\n");
        Table(text, ["what", "value"],
        [
            ["tenant", manifest.Tenant.ToString("D")],
            ["plan", manifest.PlanDigest],
            ["written", $"{Time(manifest.Written)} by mfaplan {program.Version}"],
            ["rules", Text(program.Rules)],
            .. program.Data.Select(static file => new[] { file.Name, $"reviewed {file.Reviewed}, {file.Sha256}" }),
            ["numbers and calling codes", $"libphonenumber {program.Numbers}"],
            ["journal", $"{journal.Lines} lines{(journal.At is { } at ? $", to {Time(at)}" : "")}"],
            ["last line's hash", journal.Hash],
            ["names and numbers", manifest.Revealed ? "in clear, under `revealed/`" : "as keyed codes"],
        ]);
        if (journal.OpenRun is { } open)
        {
            text.Append("Run ").Append(Cell(open)).Append(" was open when the journal was copied: what it did later is not in this pack.\n\n");
        }
    }

    private static void Runs(StringBuilder text, PackContents contents) => Section(
        text, "Runs", ["run", "stage", "purpose", "began", "ended", "result", "changes", "change set", "by"],
        contents.Runs.Zip(contents.Records, static (run, record) => new[]
        {
            record.Id, StageId.TryParse(record.Stage)?.Name ?? record.Stage, record.Undoes is { } undone ? $"{record.Purpose} of {undone}" : record.Purpose, Time(record.At),
            run.Closed is { } closed ? Time(closed.Entry.At) : "", record.Result ?? "open",
            string.Join(", ", record.Outcomes.Select(static outcome => $"{outcome.Key} {Text(outcome.Value)}")), record.Digest,
            string.Join(", then ", [run.Entry.Holder, .. run.Takeovers.Select(static takeover => takeover.Entry.Holder)]),
        }));

    private static void Approvals(StringBuilder text, ImmutableArray<PackApproval> approvals) => Section(
        text, "Approvals", ["of", "signer", "key", "until", "plan"],
        approvals.Select(static approval => new[]
        {
            approval.Digest, approval.Terms.Signer, approval.Key, Time(approval.Terms.Expires), approval.Terms.PlanDigest,
        }));

    private static void ChangeSet(StringBuilder text, CanonicalChangeSet set)
    {
        var (header, totals) = (set.Header, set.Footer.Totals);
        text.Append("## Change set ").Append(set.Digest).Append("\n\n")
            .Append(CultureInfo.InvariantCulture, $"{Cell(header.Stage.Name)}, {set.Purpose}{(header.Forecast ? ", a forecast" : "")}, of plan {Cell(header.PlanDigest)}, by rules {header.Rules}. ")
            .Append(CultureInfo.InvariantCulture, $"{set.Units} units looked at, {totals.Changed} changed with {totals.Changes} changes, {set.Skipped} skipped with a finding, ")
            .Append(CultureInfo.InvariantCulture, $"{totals.Unknown} unknown, {totals.Leftover} source records left over. The guards say: {GuardWords.Of(set.Footer.Verdict)}.\n\n");
        Table(text, ["input", "count", "fingerprint"], header.Inputs.Select(static input => new[] { input.Name, Text(input.Count), input.Fingerprint }));
        Table(text, ["guard", "says", "because"], set.Footer.Guards.Select(static guard => new[] { guard.Code, GuardWords.Of(guard.Verdict), guard.Message }));
    }

    private static void Found(StringBuilder text, PackManifest manifest, PackContents contents) => Section(
        text, "Skipped and unknown", ["change set", "code", "means", "units"],
        contents.ChangeSets.SelectMany(set => set.Footer.Totals.ByFinding.Select(found => new[]
        {
            set.Digest[..12], found.Key, manifest.Titles.GetValueOrDefault(found.Key, ""), Text(found.Value),
        })),
        "Unit by unit in `findings.jsonl` (where `changes` is 0, the unit is skipped) and `unknown.jsonl`.");

    private static void Writes(StringBuilder text, PackContents contents) => Section(
        text, "Writes", ["run", "unit", "change", "became", "request", "settled", "lines"],
        contents.FirstWrites.Select(static row => new[]
        {
            row.Run, row.Unit, row.Change, row.Detail is { } detail ? $"{row.Outcome} ({detail})" : row.Outcome, row.Request ?? "",
            row.Settled is { } settled ? Time(settled.At) : "",
            string.Join(", ", new[] { row.Begun?.Line, row.Settled?.Line }.OfType<long>().Select(Text)),
        }),
        string.Create(CultureInfo.InvariantCulture, $"{contents.FirstWrites.Length} of {contents.Writes}; all of them, with what was before and after, in `writes.jsonl`. "
            + $"`lines` are those of the journal that began and settled the change."));

    private static void Gates(StringBuilder text, PackManifest manifest, PackContents contents)
    {
        if (manifest.Format < ManifestText.WithGates)
        {
            text.Append(CultureInfo.InvariantCulture, $"## Gates\n\n{(contents.Gates.IsEmpty ? NoneYet : $"{contents.Gates.Length}, in `gates.jsonl`.")}\n\n");
            return;
        }

        var few = contents.Gates.TakeLast(FewGates).ToList();
        Section(
            text, "Gates", ["line", "of", "judged", "result", "users", "not open"],
            few.Select(static gate => new[]
            {
                Text(gate.Line), StageId.TryParse(gate.Entry.Stage)?.Name ?? gate.Entry.Stage, Time(gate.Entry.At), gate.Entry.Result,
                gate.Reading is { } reading ? Text(reading.Query.Routing?.Users ?? 0) : "",
                gate.Reading is { } judged
                    ? string.Join(", ", judged.Decision.Criteria.Where(static criterion => criterion.Result != GateResult.Open).Select(static criterion => criterion.Name))
                    : "not known: no reading",
            }),
            string.Create(CultureInfo.InvariantCulture, $"The last {few.Count} of {contents.Gates.Length}; all of them in `gates.jsonl`, what they were judged by under `readings/`."));
    }

    private static void Attestations(StringBuilder text, ImmutableArray<PackAttestation> attestations) => Section(
        text, "Attestations", ["wave", "run", "signer", "key", "at", "answers"],
        attestations.Select(static attestation => new[]
        {
            attestation.Terms.Wave, attestation.Terms.Run, attestation.Terms.Signer, attestation.Key, Time(attestation.Terms.At),
            string.Join(", ", attestation.Terms.Answers.Select(static answer => $"{GateJudge.WordOf(answer.Key)} {(answer.Value ? "yes" : "no")}")),
        }));

    private static void Rest(StringBuilder text, PackManifest manifest)
    {
        Section(text, "Not in this pack", ["what", "digest", "why"], manifest.Missing.Select(static part => new[] { part.What, part.Digest, part.Why }));
        text.Append("Check it with `mfaplan evidence verify`; `docs/evidence.md` of MfaPlan says what that proves and what it does not.\n");
    }

    private static void Section(StringBuilder text, string title, string[] columns, IEnumerable<string[]> rows, string? note = null)
    {
        text.Append("## ").Append(title).Append("\n\n");
        var all = rows.ToList();
        if (all.Count == 0)
        {
            text.Append(NoneYet).Append("\n\n");
            return;
        }

        Table(text, columns, all);
        if (note is not null)
        {
            text.Append(note).Append("\n\n");
        }
    }

    private static void Table(StringBuilder text, string[] columns, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|").Insert(text.Length, " --- |", columns.Length).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Cell)).Append(" |\n");
        }

        text.Append('\n');
    }

    /// <summary>Text of others in a cell: nothing of it ends the cell, begins markup or hides.</summary>
    private static string Cell(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '|' or '<' or '>' or '*' or '_' or '[' or ']' or '\\' => safe.Append('\\').Append(character),
                _ when char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format => safe.Append('\ufffd'),
                _ => safe.Append(character),
            };
        }

        return safe.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
