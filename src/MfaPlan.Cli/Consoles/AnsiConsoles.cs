using Spectre.Console;

namespace MfaPlan.Cli.Consoles;

/// <summary>Consoles over the given writers: colour only where a terminal shows it, plain text everywhere else.</summary>
internal static class AnsiConsoles
{
    /// <summary>A console over a writer.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="colour">Whether escape codes are understood and wanted.</param>
    public static IAnsiConsole Over(TextWriter writer, bool colour)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new WriterOutput(writer, colour),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>Whether colour is wanted: a terminal, and none of the usual ways to say no.</summary>
    public static bool WantsColour(CliHost host, bool noColour) =>
        host.OutIsTerminal && !noColour
        && !(host.Environment.TryGetValue("NO_COLOR", out var no) && no.Length > 0)
        && host.Environment.GetValueOrDefault("TERM") != "dumb";

    private sealed class WriterOutput(TextWriter writer, bool terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal;

        public int Width => terminal ? 120 : 4000;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // The writer was given with its encoding.
        }
    }
}
