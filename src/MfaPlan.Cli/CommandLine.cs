using System.CommandLine;
using System.CommandLine.Help;
using MfaPlan.Cli.Commands;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Text;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph;
using MfaPlan.Graph.SignIn;
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
        catch (JournalBrokenException error) when (error.InnerException is LockLostException lost)
        {
            return LockLost(host, lost);
        }
        catch (LockLostException error)
        {
            return LockLost(host, error);
        }
        catch (JournalBrokenException error) when (error.InnerException is StateException broken)
        {
            return Fail(host, broken.Code, $"{broken.Message} Nothing more is sent. {broken.Remedy}", ExitCodes.Failed);
        }
        catch (JournalBrokenException error)
        {
            return Fail(host, "MFP4015",
                $"The journal could not be written ({error.InnerException?.Message ?? error.Message}), so nothing more is sent. Mend the disk and run the command again.", ExitCodes.Failed);
        }
        catch (SignInException error)
        {
            return Fail(host, "MFP5019", $"Sign-in failed ({error.Code}). {error.Remedy}", ExitCodes.Failed);
        }
        catch (SigningException error)
        {
            return Fail(host, error.ToolFailed ? "MFP5030" : "MFP5031", error.Message, ExitCodes.Failed);
        }
        catch (HostNotAllowedException error)
        {
            return Fail(host, "MFP5000", error.Message, ExitCodes.Failed);
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
            ApproveCommand.Create(host),
            ApplyCommand.Create(host),
            GateCommand.Create(host),
            WatchCommand.Create(host),
            AttestCommand.Create(host),
            StatusCommand.Create(host),
            VerifyCommand.Create(host),
            RollbackCommand.Create(host),
            EvidenceCommand.Create(host),
            UserCommand.Create(host),
            AssessCommand.Create(host),
            NoticesCommand.Create(host),
            StateCommand.Create(host),
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

        var word = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (word is not null && parsed.CommandResult.Command is { Subcommands.Count: > 0 } command)
        {
            if (Nearest.To(word, command.Subcommands.Select(static sub => sub.Name)) is { } nearest)
            {
                host.Error.WriteLine($"Did you mean: mfaplan {nearest}?");
            }
        }

        host.Error.WriteLine(parsed.CommandResult.Command == root ? "See: mfaplan --help" : $"See: mfaplan {parsed.CommandResult.Command.Name} --help");
        return ExitCodes.WrongUsage;
    }

    private static int LockLost(CliHost host, LockLostException lost) => Fail(
        host, StateDiagnostics.LockLost.Code,
        $"{lost.Message} Nothing more is sent. Run the command again: it goes on with what was begun, unless another session does.",
        ExitCodes.Locked);

    private static int Fail(CliHost host, string code, string message, int exitCode)
    {
        host.Error.WriteLine($"error {code}: {PlainText.Of(message)}");
        return exitCode;
    }
}
