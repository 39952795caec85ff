using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Composition;

/// <summary>Signatures by OpenSSH's own <c>ssh-keygen -Y</c>: no cryptography of ours, and keys on tokens and in agents work as they do for git.</summary>
/// <param name="host">The world; MFAPLAN_SSH_KEYGEN names another program.</param>
/// <param name="purpose">The namespace of the signatures.</param>
/// <param name="at">By which time keys are judged; null for now.</param>
/// <param name="option">The option that names the key.</param>
internal sealed class SshKeygen(CliHost host, string purpose = ApprovalText.Namespace, DateTimeOffset? at = null, string option = "--key") : ISignatures
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(30);

    // A person may have to find their token and remember their passphrase.
    private static readonly TimeSpan SignTimeout = TimeSpan.FromMinutes(5);

    // The exit code by which ssh-keygen says no: of a signature that does not verify, and of a key that nobody has.
    private const int No = 255;

    private string Program => host.Setting("SSH_KEYGEN") ?? "ssh-keygen";

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> document, string keyFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(keyFile))
        {
            throw new SigningException($"There is no key {keyFile}. Name one with {option}; ssh-keygen -t ed25519 makes one.");
        }

        var (exit, output, error) = await RunAsync(
            ["-Y", "sign", "-f", keyFile, "-n", purpose], document, SignTimeout, seesTerminal: host.IsInteractive, cancellationToken);
        return exit == 0 && output.Length > 0
            ? Encoding.ASCII.GetBytes(output)
            : throw new SigningException($"ssh-keygen did not sign with {keyFile}. {error.ReplaceLineEndings(" ").Trim()}".TrimEnd());
    }

    /// <inheritdoc/>
    public async Task<SignatureCheck> CheckAsync(
        ReadOnlyMemory<byte> document,
        ReadOnlyMemory<byte> signature,
        ReadOnlyMemory<byte> allowedSigners,
        ImmutableArray<string> identities,
        CancellationToken cancellationToken)
    {
        // Copies for the owner alone: what is checked is what was read, whatever becomes of the files meanwhile.
        var folder = Directory.CreateTempSubdirectory("mfaplan-approval-");
        try
        {
            var signed = Path.Combine(folder.FullName, "signature");
            var allowed = Path.Combine(folder.FullName, "allowed_signers");
            await File.WriteAllBytesAsync(signed, signature, cancellationToken);
            await File.WriteAllBytesAsync(allowed, allowedSigners, cancellationToken);
            if ((await AskAsync(["check-novalidate", "-n", purpose, "-s", signed])).Exit != 0)
            {
                return new SignatureCheck.Broken();
            }

            var found = await AskAsync(["find-principals", .. When(), "-s", signed, "-f", allowed]);
            var verified = ImmutableArray.CreateBuilder<string>();
            foreach (var identity in identities)
            {
                if ((await AskAsync(["verify", .. When(), "-f", allowed, "-I", identity, "-n", purpose, "-s", signed])).Exit == 0)
                {
                    verified.Add(identity);
                }
            }

            return new SignatureCheck.Good(verified.ToImmutable(), found.Exit == 0 ? Lines(found.Output) : []);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<(int Exit, string Output)> AskAsync(ImmutableArray<string> arguments)
        {
            var (exit, output, error) = await RunAsync(["-Y", .. arguments], document, CheckTimeout, seesTerminal: false, cancellationToken);
            return exit is 0 or No ? (exit, output) : throw ToolFailed(exit, error);
        }
    }

    /// <summary>It came to no answer: an option that it does not know, a library that is missing, a signal. That says nothing of the signature.</summary>
    private SigningException ToolFailed(int exit, string error) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Program} failed ({exit}), so it is not known whether the signature is good. {error.Trim().Split('\n')[0].Trim()} ")
            + "Signatures need OpenSSH 8.9 or later.",
        new InvalidOperationException("The tool gave no answer."));

    /// <summary>The instant as the tool takes it, which reads it in the zone of its process.</summary>
    private ImmutableArray<string> When() =>
        at is { } instant ? ["-O", "verify-time=" + instant.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)] : [];

    private static ImmutableArray<string> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private async Task<(int Exit, string Output, string Error)> RunAsync(
        ImmutableArray<string> arguments, ReadOnlyMemory<byte> input, TimeSpan timeout, bool seesTerminal, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, seesTerminal);
        using var late = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var reading = process.StandardOutput.ReadToEndAsync(either.Token);
            var complaints = seesTerminal ? TextReader.Null : process.StandardError;
            var complaining = complaints.ReadToEndAsync(either.Token);
            await FeedAsync(process.StandardInput, input, either.Token);
            var (output, error) = (await reading, await complaining);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, output, error);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new SigningException(
                string.Create(CultureInfo.InvariantCulture, $"{Program} gave no answer within {timeout.TotalSeconds} s."), error);
        }
    }

    private Process Start(ImmutableArray<string> arguments, bool seesTerminal)
    {
        var start = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = !seesTerminal,
            StandardOutputEncoding = Encoding.UTF8,
        };
        if (at is not null)
        {
            start.Environment["TZ"] = "UTC";
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new SigningException(
                $"{Program} cannot be run. It comes with OpenSSH 8.9 or later: install openssh-client, on Windows the OpenSSH client, "
                + "or name the program in MFAPLAN_SSH_KEYGEN.",
                error);
        }
    }

    private static async Task FeedAsync(StreamWriter stdin, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await stdin.BaseStream.WriteAsync(input, cancellationToken);
            stdin.Close();
        }
        catch (IOException)
        {
            // It ended without reading to the end; its exit code tells.
        }
    }
}
