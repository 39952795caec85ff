using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Reports;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Core.Waves;
using MfaPlan.Engine.Ports;
using MfaPlan.State;

namespace MfaPlan.Cli.Commands;

/// <summary><c>status PLAN</c>: runs, what is open, who holds the lock, what is next. Needs no key and takes no lock.</summary>
internal static partial class StatusCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var json = CommonOptions.Json();
        var command = new Command("status", CommonOptions.Help(
            "Says where the migration stands: runs, what is open, who holds the lock, what is next. Works while an apply runs.",
            "mfaplan status plan.yaml")) { plan, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var checklist = ChecklistFiles.Show(host, loaded);
            var state = States.OpenAny(host, loaded);
            if (state is null)
            {
                host.Out.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(Document.Of(loaded, checklist, null, Ledger.Empty), Json.Default.Document)
                    : "No state yet: nothing was previewed or applied. Next: mfaplan init, then mfaplan preview.");
                ShowChecklist(host, parsed.GetValue(json), loaded, checklist);
                return ExitCodes.Done;
            }

            var ledger = await state.ReadAsync(cancellationToken);
            var holder = await state.WhoAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                host.Out.WriteLine(JsonSerializer.Serialize(Document.Of(loaded, checklist, holder, ledger), Json.Default.Document));
            }
            else
            {
                Show(host.Out, loaded, ledger, holder);
                ShowChecklist(host, json: false, loaded, checklist);
                if (state is LocalState { Shredded: { } shredded })
                {
                    host.Out.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"keys     destroyed at {shredded.At:u} by {shredded.By}: the journal reads, change sets do not"));
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(TextWriter writer, LoadedPlan loaded, Ledger ledger, LockHolder? holder)
    {
        writer.WriteLine($"{loaded.Plan.Metadata.Name}: tenant {loaded.Plan.Tenant.Id:D}");
        writer.WriteLine(holder is null
            ? "lock     free"
            : string.Create(CultureInfo.InvariantCulture,
                $"lock     held by \"{holder.Doing}\" on {holder.Host}, process {holder.Pid}, since {holder.Since:u}"));
        foreach (var run in ledger.Runs)
        {
            var what = run.Purpose == RunPurpose.Rollback ? $"rollback of {run.Undoes}" : StageId.Parse(run.Stage).Name;
            var counts = run.Outcomes.IsEmpty
                ? "nothing settled"
                : string.Join(", ", run.Outcomes.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"run      {run.Id}  {run.At:u}  {what}  {run.Result ?? "open"}: {Counted.Of(run.Units, "unit")} settled, {counts}  (digest {run.Digest[..12]})"));
        }

        var stages = StageReport.Of(loaded.Plan, ledger);
        var width = stages.Max(static stage => Math.Max(stage.Stage.Length, 8));
        foreach (var stage in stages)
        {
            writer.WriteLine($"stage    {stage.Stage.PadRight(width)} {Words(stage)}{(stage.Run is { } run ? $" (run {run})" : "")}");
        }

        foreach (var gate in Ordered(ledger).Where(static gate => StageId.Parse(gate.Stage) != StageId.CutOver))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"gate     {PlainText.Of(StageId.Parse(gate.Stage).Name)}: {(gate.Result == "notYetKnown" ? "not yet known" : gate.Result)} at {gate.At:u}"));
        }

        if (ledger.PolicyAppliedAt(PolicyPlanner.Id, Change.IdOf(MethodKind.HardwareOath)) is { } on)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"tokens   hardware tokens were switched on at {on:u}; the service takes them from {on + RuleData.HardwareOathReady:u} at the latest"));
        }

        if (CutOverRun(ledger) is { } switched)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"cutover  switched by run {switched.Id} from {switched.At:u}; it may take until {switched.At + DomainPlanner.TakesEffectWithin:u} to count everywhere"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"         watch sign-ins until {switched.At + GateTerms.OfWatch(loaded.Plan).Soak:u}: mfaplan watch {loaded.Path}; if users cannot sign in: mfaplan rollback {loaded.Path} --run {switched.Id}"));
            writer.WriteLine("         " + WatchOf(ledger, switched));
        }

        if (RetireFrom(loaded, ledger) is { } from)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"retire   the staged rollout may end from {from.UtcDateTime:u}: mfaplan apply {loaded.Path} --stage retire"));
        }

        writer.WriteLine(ledger.OpenRun is { } open
            ? $"next     mfaplan apply {loaded.Path}: goes on with run {open.Id} ({Counted.Of(ledger.UnsettledCount, "unit")} begun and not settled)"
            : ledger.Runs.IsEmpty
                ? $"next     mfaplan preview {loaded.Path}"
                : stages.FirstOrDefault(static stage => stage.IsDue) is { } due
                    ? Next(loaded.Path, due.Stage)
                    : $"next     mfaplan apply {loaded.Path}: previews, and applies what is left");
    }

    /// <summary>The cut-over is begun by its name alone.</summary>
    private static string Next(string path, string stage) => stage == StageId.CutOver.Name
        ? $"next     mfaplan preview {path} --stage {stage}; once it is signed: mfaplan apply {path} --stage {stage}"
        : $"next     mfaplan apply {path}: stage {stage}";

    private static IEnumerable<JournalEntry.Gate> Ordered(Ledger ledger) => ledger.Gates.OrderBy(static gate => StageId.Parse(gate.Stage));

    /// <summary>From when on the staged rollout may end; null where the plan does not ask for it, it is done, or no cut-over stands.</summary>
    private static DateTimeOffset? RetireFrom(LoadedPlan loaded, Ledger ledger) =>
        StageReport.Of(loaded.Plan, ledger).Any(static stage => stage.Stage == StageId.Retire.Name && stage.State != RunResult.Complete)
            ? RetireDue.Of(loaded.Plan, ledger).From
            : null;

    /// <summary>The last run that switched a domain that is not brought back; null for none.</summary>
    private static RunRecord? CutOverRun(Ledger ledger) => ledger.Runs.LastOrDefault(run => ledger.SwitchedDomains.Any(domain => domain.Run == run.Id));

    /// <summary>The newest watch of what is switched now; one of before says nothing of it.</summary>
    private static string WatchOf(Ledger ledger, RunRecord switched) =>
        ledger.Gates.FirstOrDefault(static gate => StageId.Parse(gate.Stage) == StageId.CutOver) is { } watch && watch.At >= switched.At
            ? string.Create(CultureInfo.InvariantCulture, $"watched at {watch.At:u}: {WatchLines.Words(GateDecision.ResultOf(watch.Result))}")
            : "not watched yet";

    private static string Words(StageReport stage) => stage.State switch
    {
        "notAsked" => "nothing asked for: the plan has no policy.ensure",
        "notBegun" => "not begun",
        "partlyUndone" => "undone in part",
        "undoneForSome" => "undone for some users",
        var state => state,
    };

    private static void ShowChecklist(CliHost host, bool json, LoadedPlan loaded, ChecklistView? checklist)
    {
        foreach (var line in json ? [] : ChecklistStatus.Lines(loaded.Plan, checklist))
        {
            host.Out.WriteLine(line);
        }
    }

    private sealed record Document(
        int Format,
        LockHolder? Lock,
        IReadOnlyList<RunLine> Runs,
        int BegunNotSettled,
        IReadOnlyList<StageReport> Stages,
        DateTimeOffset? RetireFrom,
        IReadOnlyList<GateLine> Gates,
        ChecklistStatus? Checklist,
        IReadOnlyList<HeldStage> Held)
    {
        public static Document Of(LoadedPlan loaded, ChecklistView? checklist, LockHolder? holder, Ledger ledger) => new(
            1,
            holder,
            [.. ledger.Runs.Select(static run => RunLine.Of(run))],
            ledger.UnsettledCount,
            StageReport.Of(loaded.Plan, ledger),
            StatusCommand.RetireFrom(loaded, ledger),
            [.. Ordered(ledger).Select(static gate => new GateLine(StageId.Parse(gate.Stage).Name, gate.Result, gate.At, gate.Query, gate.Sample))],
            ChecklistStatus.Of(checklist),
            ChecklistStatus.Held(loaded.Plan, checklist));
    }

    private sealed record GateLine(string Stage, string Result, DateTimeOffset At, string Query, string Sample);

    private sealed record RunLine(
        string Id, string At, string Stage, string Purpose, string? Undoes, string Result, int UnitsSettled,
        IReadOnlyDictionary<string, int> Outcomes, string Digest)
    {
        public static RunLine Of(RunRecord run) => new(
            run.Id, run.At.ToString("O", CultureInfo.InvariantCulture), StageId.Parse(run.Stage).Name, run.Purpose, run.Undoes,
            run.Result ?? "open", run.Units, run.Outcomes, run.Digest);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class Json : JsonSerializerContext;
}
