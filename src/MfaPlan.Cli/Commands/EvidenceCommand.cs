using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Evidence;
using MfaPlan.Engine.Evidence;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Packs;

namespace MfaPlan.Cli.Commands;

/// <summary><c>evidence PLAN</c>: what was done, with what proves it, as a folder for an auditor.</summary>
internal static class EvidenceCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var folder = new Option<string>("--out") { Description = "The folder to make; a new or empty one.", HelpName = "DIR", Required = true };
        var reveal = new Option<bool>("--reveal") { Description = "Put names and phone numbers in clear into the pack, too." };
        var sign = new Option<string?>("--sign")
        {
            Description = "Sign the pack with this SSH key, or the public part of one that an agent holds.",
            HelpName = "FILE",
        };
        var earlier = new Option<string[]>("--earlier")
        {
            Description = "The plan as it was when earlier runs carried it out, from version control; its list of signers beside it.",
            HelpName = "PLAN",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = CommonOptions.Json();
        var command = new Command("evidence", CommonOptions.Help(
            "Writes an evidence pack: plan, change sets with their digests, approvals and signers, guards, gates with what they were judged by and "
            + "what people attested, every write, and the journal with its chain. Names and numbers stand as keyed codes. Asks no tenant; needs the state and its key. The pack is checked as "
            + "\"evidence verify\" checks it, and its digest is printed.",
            "mfaplan evidence plan.yaml --out evidence-2026-11", "mfaplan evidence verify evidence-2026-11"))
        {
            plan, folder, reveal, sign, earlier, json, EvidenceVerifyCommand.Create(host),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(plan);
            var loaded = Workspace.Load(host, path);
            var state = States.OpenAny(host, loaded)
                ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet, so there is nothing to show.");
            var name = Path.TrimEndingDirectorySeparator(host.FullPath(parsed.GetRequiredValue(folder)));
            if (!NewPackFolder.IsFree(name))
            {
                throw new CommandFailedException(
                    ExitCodes.Failed, EvidenceDiagnostics.FolderTaken.Code,
                    $"{parsed.GetRequiredValue(folder)} is there and not empty. A pack is never written over or into something: name a new folder.");
            }

            var shown = parsed.GetValue(reveal);
            var request = new EvidenceRequest(
                loaded.Plan.Tenant.Id, loaded.Plan.Metadata.Name, loaded.Digest,
                [.. (parsed.GetValue(earlier) ?? []).Prepend(path).Select(file => PlanCopies.Of(host, file, shown)).DistinctBy(static copy => copy.Digest, StringComparer.Ordinal)],
                shown, parsed.GetValue(sign) is { } key ? host.FullPath(key) : null, host.Time.GetUtcNow(), ProgramOf());
            using var target = NewPackFolder.Begin(name);
            await new EvidenceWriter(state, target, new SshKeygen(host, ManifestText.Namespace, option: "--sign")).WriteAsync(request, cancellationToken);
            var report = await Verifier(host, target).RunAsync(new EvidenceDemand { State = shown ? state : null }, cancellationToken);
            target.Commit();
            host.Error.WriteLine(PlainText.Of($"Evidence pack written to {name}."));
            return Show(host, report, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>The one check that there is, over a pack.</summary>
    public static EvidenceVerifier Verifier(CliHost host, IPackFiles files) =>
        new(files, (purpose, at) => new SshKeygen(host, purpose, at), ProgramOf());

    /// <summary>Prints what a check came to; gives the exit code.</summary>
    public static int Show(CliHost host, EvidenceReport report, bool json)
    {
        if (json)
        {
            host.Out.WriteLine(EvidenceJson.Document(report));
        }
        else
        {
            foreach (var line in EvidenceLines.Of(report))
            {
                host.Out.WriteLine(line);
            }
        }

        return EvidenceLines.ExitOf(report);
    }

    private static ProgramFacts ProgramOf() =>
        ProgramData.Of(typeof(EvidenceCommand).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "unknown");
}
