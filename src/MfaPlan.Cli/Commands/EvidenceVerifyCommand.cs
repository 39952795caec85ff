using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Core.Evidence;
using MfaPlan.Engine.Evidence;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Packs;

namespace MfaPlan.Cli.Commands;

/// <summary><c>evidence verify DIR</c>: whether a pack is whole, with nothing but the pack.</summary>
internal static class EvidenceVerifyCommand
{
    private const int LongestList = 1 << 20;

    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("DIR") { Description = "The pack's folder." };
        var digest = new Option<string?>("--digest") { Description = "The pack digest that was written down when the pack was made.", HelpName = "DIGEST" };
        digest.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !PackPaths.IsDigest(token.Value))
            {
                result.AddError("--digest takes a whole pack digest: 64 digits of 0-9 and a-f.");
            }
        });
        var signers = new Option<string?>("--allowed-signers")
        {
            Description = "Who may sign packs, as ssh-keygen reads it; the pack must then be signed (the list that the pack's plan pins).",
            HelpName = "FILE",
        };
        var plan = new Option<string?>("--plan")
        {
            Description = "Compare with the state of this plan, too: its journal, and names and numbers in clear.",
            HelpName = "PLAN",
        };
        var json = CommonOptions.Json();
        var command = new Command("verify", CommonOptions.Help(
            "Checks an evidence pack from end to end, offline: every file, the journal's chain, every change set's digest, every run against its change "
            + "set, every gate against its reading, approvals, attestations and signatures, and every table. Exits with 0 when it is whole, 1 when something is wrong, 4 when something could not be checked.",
            "mfaplan evidence verify evidence-2026-11", "mfaplan evidence verify evidence-2026-11 --digest 3f9ac1… --allowed-signers auditors"))
        {
            folder, digest, signers, plan, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = host.FullPath(parsed.GetRequiredValue(folder));
            if (!Directory.Exists(path))
            {
                throw new CommandFailedException(
                    ExitCodes.Failed, EvidenceDiagnostics.NoPack.Code, $"There is no folder {parsed.GetRequiredValue(folder)}. Name the folder of a pack.");
            }

            var demand = new EvidenceDemand
            {
                Digest = parsed.GetValue(digest),
                AllowedSigners = parsed.GetValue(signers) is { } list ? Read(host.FullPath(list)) : null,
                State = parsed.GetValue(plan) is { } file ? StateOf(host, file) : null,
            };
            return EvidenceCommand.Show(
                host, await EvidenceCommand.Verifier(host, new PackFolder(path)).RunAsync(demand, cancellationToken), parsed.GetValue(json));
        });
        return command;
    }

    private static ReadOnlyMemory<byte>? Read(string path)
    {
        using var stream = File.OpenRead(path);
        return PackBytes.Read(stream, LongestList);
    }

    private static IStateStore StateOf(CliHost host, string plan)
    {
        var loaded = Workspace.Load(host, plan);
        return States.OpenAny(host, loaded) ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state to compare with.");
    }
}
