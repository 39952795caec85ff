using System.Collections.Immutable;
using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Cli.Commands;

/// <summary><c>validate PLAN…</c>: syntax, schema and meaning of plan files.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliHost host)
    {
        var plans = new Argument<string[]>("PLAN") { Description = "Plan files.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format")
        {
            Description = "How problems are printed: text, json, sarif or github.",
            DefaultValueFactory = static _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github");
        var command = new Command("validate", CommonOptions.Help(
            "Checks syntax, structure and meaning of plan files and of the checklist answers that they name. Touches nothing else.", "mfaplan validate plan.yaml"))
        {
            plans,
            format,
        };
        command.SetAction(parsed =>
        {
            var all = ImmutableArray.CreateBuilder<Diagnostic>();
            foreach (var path in parsed.GetRequiredValue(plans))
            {
                var (loaded, read) = LoadedPlan.Read(host, path);
                all.AddRange(read.Diagnostics);
                if (loaded is not null && ChecklistFiles.ReadAnswers(loaded) is { } answers)
                {
                    all.AddRange(answers.Diagnostics);
                }
            }

            var printed = DiagnosticPrinter.Print(all.ToImmutable(), parsed.GetRequiredValue(format));
            if (printed.Length > 0)
            {
                host.Out.Write(printed);
            }

            var invalid = all.Any(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
            if (!invalid && parsed.GetRequiredValue(format) == "text")
            {
                host.Error.WriteLine(parsed.GetRequiredValue(plans).Length == 1 ? "The plan is valid." : "The plans are valid.");
            }

            return invalid ? ExitCodes.PlanInvalid : ExitCodes.Done;
        });
        return command;
    }
}
