using System.CommandLine;
using System.Globalization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Commands;

/// <summary>Arguments and options that several commands share; each command makes its own.</summary>
internal static class CommonOptions
{
    public static Argument<string> Plan() => new("PLAN") { Description = "The plan file." };

    public static Option<string?> Sandbox() => new("--sandbox")
    {
        Description = "Use a simulated tenant: a tenant file (run in this process), or the address of a sandbox that runs alone.",
        HelpName = "FILE|URL",
    };

    public static Option<string?> Record() => new("--record")
    {
        Description = "Write every request and answer to a file as JSON lines; secrets and phone numbers masked.",
        HelpName = "FILE",
    };

    public static Option<bool> Reveal() => new("--reveal")
    {
        Description = "Show names and phone numbers in clear on the screen.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document (or JSON lines) with its format version." };

    public static Option<string?> MaxAge() => new("--max-age")
    {
        Description = "What a preview that was interrupted had read is used again when it is not older (1h; 0s reads everything anew).",
        HelpName = "DURATION",
    };

    public static Option<string?> Stage(string description) => new("--stage") { Description = description, HelpName = "STAGE" };

    /// <summary>The stage that an option names; null where it names none.</summary>
    public static StageId? StageOf(Plan plan, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var stages = StageId.Of(plan).ToList();
        foreach (var stage in stages.Where(stage => stage.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            return stage;
        }

        if (name.Trim().Equals(StageId.CutOver.Name, StringComparison.OrdinalIgnoreCase))
        {
            return StageId.CutOver; // the plan has none, which its own code says
        }

        throw new CommandFailedException(
            ExitCodes.WrongUsage, "MFP5010",
            $"The plan has no stage \"{PlainText.Of(name)}\". It has: {string.Join(", ", stages)}.");
    }

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask before the first write." };

    public static ConnectionSettings Connection(
        CliHost host, ParseResult parsed, Option<string?> sandbox, Option<string?> record) =>
        new(parsed.GetValue(sandbox) ?? host.Setting("SANDBOX"), parsed.GetValue(record) ?? host.Setting("RECORD"));

    /// <summary>A number that an option was given, or the end of the command where it is out of range.</summary>
    public static T InRange<T>(T value, T least, T most, string option)
        where T : IComparable<T>, IFormattable =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5021",
                string.Create(CultureInfo.InvariantCulture, $"{option} takes a number from {least} to {most}, not {value}."));

    /// <summary>A description with an example and the exit codes below it, as every command's help has.</summary>
    public static string Help(string what, params ReadOnlySpan<string> examples) =>
        $"{what}\n\nExample:\n  {string.Join("\n  ", examples)}\n\n{ExitCodes.Help}";
}
