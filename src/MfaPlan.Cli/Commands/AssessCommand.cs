using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Checklists;

namespace MfaPlan.Cli.Commands;

/// <summary><c>assess PLAN</c>: the guide's tables row by row, from the source and the answers. Reads no tenant.</summary>
internal static class AssessCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var json = CommonOptions.Json();
        var report = new Option<string?>("--report") { Description = "Write assess.md, assess.html and assess.json into a folder.", HelpName = "DIR" };
        var command = new Command("assess", CommonOptions.Help(
            "Goes through the tables of Microsoft's migration guide and says what becomes of each feature of MFA Server: carried over, nothing to do, "
            + "by hand, blocking, or not answered. Looks at the source and at the answers that the plan names under checklist; asks no tenant and writes "
            + "nothing. Exits with 4 while a row blocks or is not answered, or a dependency is open.",
            "mfaplan assess plan.yaml", "mfaplan assess plan.yaml --report report")) { plan, json, report };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var view = ChecklistFiles.Read(host, loaded);
            var assessment = Assessor.Assess(loaded.Plan, view, await Preparations.ReadSourceAsync(host, loaded, cancellationToken));
            if (parsed.GetValue(json))
            {
                host.Out.WriteLine(AssessmentJson.Document(assessment));
            }
            else
            {
                AssessmentText.Write(host.Out, assessment);
            }

            if (parsed.GetValue(report) is { } folder)
            {
                WriteReport(assessment, host.FullPath(folder));
                host.Error.WriteLine($"Report written to {folder}.");
            }

            return assessment.IsClear ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    private static void WriteReport(Assessment assessment, string folder)
    {
        Directory.CreateDirectory(folder);
        ReportFile.Write(Path.Combine(folder, "assess.md"), AssessmentMarkdown.Render(assessment));
        ReportFile.Write(Path.Combine(folder, "assess.html"), AssessmentHtml.Render(assessment));
        ReportFile.Write(Path.Combine(folder, "assess.json"), AssessmentJson.Document(assessment) + "\n");
    }
}
