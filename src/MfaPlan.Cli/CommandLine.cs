using System.CommandLine;
using System.CommandLine.Help;
using MfaPlan.Cli.Commands;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.Sandbox;
using MfaPlan.State;

namespace MfaPlan.Cli;

/// <summary>The whole program over a given world: parses, runs, and turns what goes wrong into a message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellationToken)
    {
        var root = Create(host);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            return WrongUsage(host, root, parsed);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (CommandFailedException error)
        {
            return Fail(host, error.Code, error.Message, error.ExitCode);
        }
        catch (StateLockedException error)
        {
            return Fail(host, "MFP4009", error.Message + " Wait for it, or stop it: what it began is gone on with by the next apply.", ExitCodes.Locked);
        }
        catch (ChangeSetBrokenException error)
        {
            return Fail(host, "MFP4014",
                $"The change set is not what its digest says, so nothing of it is applied. {error.Message} Preview again.", ExitCodes.Refused);
        }
        catch (StateException error)
        {
            return Fail(host, error.Code, $"{error.Message} {error.Remedy}", ExitCodes.Failed);
        }
        catch (JournalBrokenException error)
        {
            return Fail(host, "MFP4015",
                $"The journal could not be written, so nothing more is sent. {error.Message} Mend the disk and run apply again.", ExitCodes.Failed);
        }
        catch (SandboxFileException error)
        {
            return Fail(host, "MFP5017", error.Message, ExitCodes.Failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            host.Error.WriteLine("Stopped; nothing was begun that is not in the journal.");
            return ExitCodes.Cancelled;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return Fail(host, "MFP5000", error.Message, ExitCodes.Failed);
        }
    }

    /// <summary>The commands.</summary>
    public static RootCommand Create(CliHost host)
    {
        var root = new RootCommand(CommonOptions.Help(
            "Brings users of MFA Server into Microsoft Entra MFA by a reviewed plan: validate, preview, apply, roll back.",
            "mfaplan preview plan.yaml", "mfaplan apply plan.yaml --sandbox tenant.json --yes"))
        {
            InitCommand.Create(host),
            ValidateCommand.Create(host),
            PreviewCommand.Create(host),
            ShowCommand.Create(host),
            ApplyCommand.Create(host),
            StatusCommand.Create(host),
            RollbackCommand.Create(host),
            UserCommand.Create(host),
            SandboxCommand.Create(host),
            ExplainCommand.Create(host),
        };
        return root;
    }

    private static int WrongUsage(CliHost host, RootCommand root, ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            host.Error.WriteLine(PlainText.Of(error.Message));
        }

        var word = parsed.UnmatchedTokens.FirstOrDefault();
        if (word is not null && parsed.CommandResult.Command is { Subcommands.Count: > 0 } command)
        {
            var nearest = command.Subcommands.Select(static sub => sub.Name)
                .Concat(command.Options.Select(static option => option.Name))
                .Select(name => (name, distance: Distance(word, name)))
                .Where(pair => pair.distance <= Math.Max(2, word.Length / 3))
                .OrderBy(static pair => pair.distance).ThenBy(static pair => pair.name, StringComparer.Ordinal)
                .Select(static pair => pair.name).FirstOrDefault();
            if (nearest is not null)
            {
                host.Error.WriteLine($"Did you mean: mfaplan {nearest}?");
            }
        }

        host.Error.WriteLine(parsed.CommandResult.Command == root ? "See: mfaplan --help" : $"See: mfaplan {parsed.CommandResult.Command.Name} --help");
        return ExitCodes.WrongUsage;
    }

    private static int Fail(CliHost host, string code, string message, int exitCode)
    {
        host.Error.WriteLine($"error {code}: {PlainText.Of(message)}");
        return exitCode;
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
