using System.Collections.Immutable;
using System.CommandLine;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>With which key a person signs, and as whom.</summary>
internal sealed class SignerOptions
{
    private readonly Option<string?> _key = new("--key")
    {
        Description = "Your SSH key, or the public part of one that an agent holds (MFAPLAN_SSH_KEY, else ~/.ssh/id_ed25519).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _name = new("--as")
    {
        Description = "Who you are in allowed_signers (found by the key; the key then signs twice).",
        HelpName = "PRINCIPAL",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_name);
    }

    /// <summary>The key, and the one principal as whom it signs; ends the command where that is not clear.</summary>
    /// <param name="host">The world.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="loaded">The plan.</param>
    /// <param name="principals">The principals under which allowed_signers has a key.</param>
    public async Task<(string KeyFile, string Signer)> ReadAsync(
        CliHost host, ParseResult parsed, LoadedPlan loaded, Func<string, Task<ImmutableArray<string>>> principals)
    {
        var file = KeyFile(host, parsed.GetValue(_key));
        var signer = parsed.GetValue(_name) ?? OnlyOne(await principals(file), loaded);
        return ApprovalText.IsSigner(signer)
            ? (file, signer)
            : throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5034", "--as takes one principal of allowed_signers as it stands there, without blanks or patterns.");
    }

    private static string KeyFile(CliHost host, string? given)
    {
        var path = given ?? host.Setting("SSH_KEY");
        if (path is not null)
        {
            return host.FullPath(path);
        }

        return (host.Environment.GetValueOrDefault("HOME") ?? host.Environment.GetValueOrDefault("USERPROFILE")) is { Length: > 0 } home
            ? Path.Combine(home, ".ssh", "id_ed25519")
            : throw new SigningException("No key is named. Name one with --key.");
    }

    private static string OnlyOne(ImmutableArray<string> principals, LoadedPlan loaded)
    {
        var names = principals.Where(ApprovalText.IsSigner).Distinct(StringComparer.Ordinal).ToList();
        return (principals.Length, names) switch
        {
            (0, _) => throw new CommandFailedException(
                ExitCodes.Refused, ApprovalDiagnostics.NotAllowed.Code,
                $"The key is not in {loaded.Plan.Approvals!.AllowedSigners.File}, or not at this time. Sign with one that is."),
            (_, [var one]) => one,
            _ => throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5034",
                $"The key may sign as {string.Join(", ", principals)}. Say with --as who you are."),
        };
    }
}
