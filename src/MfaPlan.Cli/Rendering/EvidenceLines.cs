using System.Globalization;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Evidence;

namespace MfaPlan.Cli.Rendering;

/// <summary>The check of an evidence pack in words.</summary>
internal static class EvidenceLines
{
    /// <summary>The result in a word: whole, broken or incomplete.</summary>
    public static string WordOf(EvidenceReport report) => report switch
    {
        { IsBroken: true } => "broken",
        { IsIncomplete: true } => "incomplete",
        _ => "whole",
    };

    /// <summary>What the process says.</summary>
    public static int ExitOf(EvidenceReport report) => report switch
    {
        { IsBroken: true } => ExitCodes.Failed,
        { IsIncomplete: true } => ExitCodes.Incomplete,
        _ => ExitCodes.Done,
    };

    /// <summary>The lines of the answer.</summary>
    public static IEnumerable<string> Of(EvidenceReport report)
    {
        yield return $"pack      {report.Digest ?? "none"}";
        foreach (var line in Counts(report))
        {
            yield return line;
        }

        foreach (var note in report.Notes)
        {
            yield return PlainText.Of($"{(note.IsFlaw ? "FLAW" : "open")} {note.Descriptor.Code}  {note.Place}: {note.Reason}");
        }

        yield return Result(report);
        if (!report.IsBroken && report.Manifest is not null)
        {
            foreach (var line in Proves(report))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Counts(EvidenceReport report)
    {
        if (report.Manifest is not { } manifest || report.Contents is not { } contents)
        {
            yield break;
        }

        yield return PlainText.Of($"of        {manifest.Plan}, tenant {manifest.Tenant:D}");
        yield return PlainText.Of(string.Create(
            CultureInfo.InvariantCulture, $"written   {manifest.Written.UtcDateTime:u} by mfaplan {manifest.Program.Version}, rules {manifest.Program.Rules}"));
        yield return string.Create(CultureInfo.InvariantCulture, $"files     {manifest.Files.Length}");
        yield return string.Create(CultureInfo.InvariantCulture, $"journal   {contents.Journal.Lines} lines, the last {contents.Journal.Hash}");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"contents  {contents.ChangeSets.Length} change sets, {contents.Runs.Length} runs ({report.Approved} approved), {contents.Writes} writes");
        if (contents.Journal.OpenRun is { } open)
        {
            yield return PlainText.Of($"open run  {open}: what it did after the journal's last line is not in the pack");
        }
    }

    private static string Result(EvidenceReport report)
    {
        var flaws = report.Notes.Count(static note => note.IsFlaw);
        var open = report.Notes.Length - flaws;
        return WordOf(report) switch
        {
            "broken" => string.Create(CultureInfo.InvariantCulture, $"BROKEN: {Counted.Of(flaws, "flaw")}. mfaplan explain CODE says what each means."),
            "incomplete" => string.Create(CultureInfo.InvariantCulture, $"INCOMPLETE: nothing is wrong, and {Counted.Of(open, "thing")} could not be checked."),
            _ => "WHOLE: everything in the pack fits together.",
        };
    }

    /// <summary>What a reader may conclude and what not: a pack can show that it fits together, not that it is the only one.</summary>
    private static IEnumerable<string> Proves(EvidenceReport report)
    {
        if (report.Compared)
        {
            yield return "The state's journal begins as the pack's does.";
        }

        if (report.Signers.IsEmpty)
        {
            yield return "It is not shown to be signed. Whoever has the state, or makes up a journal, can make another pack that fits together as well: compare the pack";
            yield return "digest with the one that was written down when this pack was made (--digest), or the journal with the state (--plan).";
        }
        else
        {
            yield return PlainText.Of($"Signed by {string.Join(", ", report.Signers)}.");
            if (report.OwnList)
            {
                yield return "Who may sign is taken from the list in the pack itself: compare its plan digest with the reviewed plan, or give your own list (--allowed-signers).";
            }
        }
    }
}
