using System.CommandLine;
using MfaPlan.Cli.Rendering;

namespace MfaPlan.Cli.Commands;

/// <summary><c>explain CODE</c>: what a diagnostic means and how to mend it, from docs/diagnostics.md.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliHost host)
    {
        var code = new Argument<string>("CODE") { Description = "A code, for example MFP3027." };
        var command = new Command("explain", CommonOptions.Help(
            "Says what a code means and how to mend it.", "mfaplan explain MFP3027")) { code };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(code).Trim().ToUpperInvariant();
            if (DiagnosticPages.Find(wanted) is not { } page)
            {
                throw new CommandFailedException(
                    ExitCodes.WrongUsage, "MFP5001", $"There is no code {PlainText.Of(wanted)}. Codes have the form MFP1234.");
            }

            host.Out.WriteLine(page);
            return ExitCodes.Done;
        });
        return command;
    }
}
