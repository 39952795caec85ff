using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>
/// Checks an evidence pack from end to end. Needs neither state nor key nor network: what proves something is in the pack, and everything
/// else in it is worked out again and compared.
/// </summary>
/// <param name="files">The pack.</param>
/// <param name="signatures">Checks signatures.</param>
/// <param name="program">What this program is, so that what the pack says of an equal one can be compared.</param>
public sealed class EvidenceVerifier(IPackFiles files, SignaturesOf signatures, ProgramFacts program)
{
    private readonly List<EvidenceNote> _notes = [];

    /// <summary>Checks the pack.</summary>
    /// <param name="demand">What it is held against beside itself.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="IOException">A file cannot be read, so nothing is known.</exception>
    public async Task<EvidenceReport> RunAsync(EvidenceDemand demand, CancellationToken cancellationToken)
    {
        var check = new ManifestCheck(files, _notes.Add);
        if (check.Read(demand.Digest) is not { } manifest)
        {
            return new EvidenceReport(check.Bytes.Length > 0 ? ManifestText.DigestOf(check.Bytes) : null, null, null, Sorted(), [], OwnList: false, 0, Compared: false);
        }

        var paths = check.Check(manifest, cancellationToken);
        var contents = CheckContents(manifest, paths, cancellationToken);
        CheckManifest(manifest, contents);
        var plans = PlanCheck.Read(
            paths, files, [.. contents.Runs.Select(static run => run.Entry.PlanDigest), .. contents.ChangeSets.Select(static set => set.Header.PlanDigest), manifest.PlanDigest],
            contents.Gates, _notes.Add);
        CheckNames(manifest, plans);
        CheckMissing(manifest, contents, paths);
        var needed = new MissingNotes(plans, manifest, _notes.Add);
        var approvals = new ApprovalCheck(needed, contents, manifest, signatures, _notes.Add);
        await approvals.RunAsync(paths, files, cancellationToken);
        await new GateCheck(plans, needed, contents, manifest, signatures, _notes.Add).RunAsync(paths, files, cancellationToken);
        var signers = await CheckSignatureAsync(check, manifest, demand, plans, cancellationToken);
        var compared = demand.State is { } state && await CompareAsync(state, manifest, cancellationToken);
        await CheckRevealedAsync(manifest, paths, demand.State, cancellationToken);
        return new EvidenceReport(
            ManifestText.DigestOf(check.Bytes), manifest, contents, Sorted(), signers, demand.AllowedSigners is null, approvals.Approved, compared);
    }

    private ImmutableArray<EvidenceNote> Sorted() =>
        [.. _notes.Distinct().OrderByDescending(static note => note.IsFlaw).ThenBy(static note => note.Place, StringComparer.Ordinal).ThenBy(static note => note.Descriptor.Code, StringComparer.Ordinal)];

    /// <summary>Works everything out that can be worked out, and compares.</summary>
    private PackContents CheckContents(PackManifest manifest, ImmutableArray<string> paths, CancellationToken cancellationToken)
    {
        var before = _notes.Count;
        using var tables = new TableCheck(path => paths.Contains(path, StringComparer.Ordinal) ? files.Open(path) : null);
        var contents = new PackFold(manifest.Format, paths, files.Open, manifest.Missing, tables.Add, _notes.Add).Read(cancellationToken);
        if (_notes.Skip(before).Any(static note => note.Descriptor is var kind
            && (kind == EvidenceDiagnostics.JournalBroken || kind == EvidenceDiagnostics.ChangeSetBroken || kind == EvidenceDiagnostics.NewerPack)))
        {
            // What is worked out of broken parts differs everywhere, and that says nothing more.
            return contents;
        }

        _notes.AddRange(tables.End());
        if (paths.Contains(PackPaths.Summary, StringComparer.Ordinal))
        {
            var summary = SummaryText.Write(
                manifest, contents, PackApproval.Read(paths, files.Open), PackAttestation.Read(paths, files.Open));
            using var stream = files.Open(PackPaths.Summary);
            if (!PackBytes.Read(stream, summary.Length).AsSpan().SequenceEqual(summary))
            {
                Note(EvidenceDiagnostics.TableWrong, PackPaths.Summary, "It is not the summary that manifest, journal and change sets of the pack give.");
            }
        }

        return contents;
    }

    private void CheckManifest(PackManifest manifest, PackContents contents)
    {
        if (contents.JournalHolds && manifest.Journal != contents.Journal)
        {
            Note(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, string.Create(
                CultureInfo.InvariantCulture,
                $"It says that the journal has {manifest.Journal.Lines} lines and ends with {manifest.Journal.Hash}; the journal of the pack has {contents.Journal.Lines} and ends with {contents.Journal.Hash}."));
        }

        foreach (var set in contents.ChangeSets.Where(set => set.Header.Tenant != manifest.Tenant))
        {
            Note(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, $"It names another tenant than the change set {set.Digest}, which is for {set.Header.Tenant:D}.");
        }

        if (manifest.Program.Rules == program.Rules
            && (!manifest.Program.Data.SequenceEqual(program.Data) || manifest.Program.Numbers != program.Numbers))
        {
            var same = manifest.Program.Version == program.Version;
            Note(
                same ? EvidenceDiagnostics.ManifestChanged : EvidenceDiagnostics.Unchecked, PackPaths.Manifest,
                "It names other data files for the same rules than this version has." + (same ? "" : " Ask the version that wrote it."));
        }

        foreach (var (code, title) in manifest.Titles.Where(static title => DiagnosticCatalog.All.FirstOrDefault(one => one.Code == title.Key)?.Title != title.Value))
        {
            Note(EvidenceDiagnostics.Unchecked, PackPaths.Manifest, $"It says that {code} means \"{title}\"; this version says it otherwise. See mfaplan explain {code}.");
        }
    }

    /// <summary>The plan that the pack was asked of says its name and tenant itself.</summary>
    private void CheckNames(PackManifest manifest, PlanCheck plans)
    {
        if (plans.PlanOf(manifest.PlanDigest) is { } plan && (plan.Metadata.Name != manifest.Plan || plan.Tenant.Id != manifest.Tenant))
        {
            Note(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, $"It names another plan or tenant than the plan {manifest.PlanDigest} names itself.");
        }
    }

    /// <summary>What the writer did not have is not there, and of a change set that no run names this is the only word.</summary>
    private void CheckMissing(PackManifest manifest, PackContents contents, ImmutableArray<string> paths)
    {
        foreach (var part in manifest.Missing)
        {
            ImmutableArray<string> names = part.What switch
            {
                MissingPart.ChangeSet => [PackPaths.ChangeSet(part.Digest)],
                MissingPart.Plan => [PackPaths.Plan(part.Digest), PackPaths.MaskedPlan(part.Digest)],
                MissingPart.Signers => [PackPaths.Signers(part.Digest)],
                _ => [],
            };
            foreach (var name in names.Where(name => paths.Contains(name, StringComparer.Ordinal)))
            {
                Note(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, $"It says that {name} is missing, and the pack has it.");
            }

            if (part.What == MissingPart.ChangeSet && contents.Runs.All(run => run.Entry.Digest != part.Digest))
            {
                Note(EvidenceDiagnostics.Unchecked, PackPaths.ChangeSet(part.Digest), $"The change set is not in the pack. {part.Why}");
            }
            else if (part.What == MissingPart.Attestation)
            {
                Note(EvidenceDiagnostics.Unchecked, PackPaths.Attestation(part.Digest, ""), $"An attestation is not in the pack. {part.Why}");
            }
        }
    }

    private async Task<ImmutableArray<string>> CheckSignatureAsync(
        ManifestCheck check, PackManifest manifest, EvidenceDemand demand, PlanCheck plans, CancellationToken cancellationToken)
    {
        if (check.Signature is not { } signature)
        {
            if (manifest.IsSigned || demand.AllowedSigners is not null)
            {
                Note(EvidenceDiagnostics.SignatureBroken, PackPaths.ManifestSignature, manifest.IsSigned
                    ? "The pack was signed when it was written, and its signature is missing."
                    : "The pack is not signed.");
            }

            return [];
        }

        if (!manifest.IsSigned)
        {
            Note(EvidenceDiagnostics.FileForeign, PackPaths.ManifestSignature, "The pack was not signed when it was written.");
        }

        var own = plans.SignersOf(plans.PlanOf(manifest.PlanDigest));
        if ((demand.AllowedSigners ?? (own is null ? default(ReadOnlyMemory<byte>?) : own)) is not { } allowed)
        {
            Note(EvidenceDiagnostics.Unchecked, PackPaths.ManifestSignature, "The pack is signed, and nothing says who may sign it. Name the list with --allowed-signers.");
            return [];
        }

        try
        {
            SshSignature.Read(signature, ManifestText.Namespace);
            var tool = signatures(ManifestText.Namespace, manifest.Written);
            var first = await tool.CheckAsync(check.Bytes, signature, allowed, [], cancellationToken);
            if (first is SignatureCheck.Good { Principals.IsEmpty: true } && demand.AllowedSigners is null)
            {
                Note(
                    EvidenceDiagnostics.Unchecked, PackPaths.ManifestSignature,
                    "The signature belongs to the manifest, and its key is not in the list that the plan pins. Name the list of who may sign packs with --allowed-signers.");
                return [];
            }

            if (first is SignatureCheck.Good { Principals: var names }
                && await tool.CheckAsync(check.Bytes, signature, allowed, names, cancellationToken) is SignatureCheck.Good { Verified: [_, ..] verified })
            {
                return verified;
            }

            Note(EvidenceDiagnostics.SignatureBroken, PackPaths.ManifestSignature, "It does not belong to this manifest, or its key may not sign packs by the list of signers.");
        }
        catch (FormatException error)
        {
            Note(EvidenceDiagnostics.SignatureBroken, PackPaths.ManifestSignature, $"It cannot be read: {error.Message}.");
        }
        catch (SigningException error)
        {
            Note(EvidenceDiagnostics.Unchecked, PackPaths.ManifestSignature, $"The signature of the pack is not checked. {error.Message}");
        }

        return [];
    }

    /// <summary>Whether the pack's journal is how the journal of a state begins.</summary>
    private async Task<bool> CompareAsync(IStateStore state, PackManifest manifest, CancellationToken cancellationToken)
    {
        var chain = new JournalChain();
        await foreach (var line in state.ReadJournalAsync(cancellationToken))
        {
            if (chain.LastN == manifest.Journal.Lines)
            {
                break;
            }

            chain.Add(line.Span);
        }

        var same = chain.LastN == manifest.Journal.Lines && chain.LastHash == manifest.Journal.Hash;
        if (!same)
        {
            Note(EvidenceDiagnostics.StateDiffers, PackPaths.Manifest, string.Create(
                CultureInfo.InvariantCulture,
                $"The state's journal is another: after {chain.LastN} lines it stands at {chain.LastHash}, the pack's after {manifest.Journal.Lines} at {manifest.Journal.Hash}."));
        }

        return same;
    }

    /// <summary>Values in clear: their form is held against the change set, and with the key they themselves.</summary>
    private async Task CheckRevealedAsync(PackManifest manifest, ImmutableArray<string> paths, IStateStore? state, CancellationToken cancellationToken)
    {
        var revealed = PackPaths.In(paths, "revealed");
        if (manifest.Revealed == revealed.IsEmpty && !PackPaths.In(paths, "change-sets").IsEmpty)
        {
            Note(EvidenceDiagnostics.ManifestChanged, PackPaths.Manifest, "What it says of names and numbers in clear is not what the pack has.");
        }

        foreach (var path in revealed)
        {
            var digest = PackPaths.DigestOf(path);
            if (!paths.Contains(PackPaths.ChangeSet(digest), StringComparer.Ordinal))
            {
                Note(EvidenceDiagnostics.RevealedWrong, path, "The change set that it shows is not in the pack.");
                continue;
            }

            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (FirstOther(digest, path) is { } line)
            {
                Note(EvidenceDiagnostics.RevealedWrong, EvidenceNote.At(path, line), "It differs from the change set in more than names and numbers.");
            }
            else if (state is null)
            {
                Note(EvidenceDiagnostics.Unchecked, path, "Names and numbers in clear can be checked with the state's key only: give the plan with --plan.");
            }
            else if (DigestOf(path, state) != digest)
            {
                Note(EvidenceDiagnostics.RevealedWrong, path, "A name or number in it is not the one of the change set.");
            }
        }
    }

    private long? FirstOther(string digest, string path)
    {
        using var codes = files.Open(PackPaths.ChangeSet(digest));
        using var clear = files.Open(path);
        try
        {
            return RevealedLines.FirstOther(PackLines.Read(codes), PackLines.Read(clear));
        }
        catch (FormatException)
        {
            return 1;
        }
    }

    private string? DigestOf(string path, IStateStore state)
    {
        using var hash = new ChangeSetDigest(state.Keys.Values);
        using var stream = files.Open(path);
        try
        {
            foreach (var line in PackLines.Read(stream))
            {
                hash.Add(ChangeSetJson.Read(line));
            }

            return hash.Value();
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private void Note(DiagnosticDescriptor descriptor, string place, string reason) => _notes.Add(new EvidenceNote(descriptor, place, reason));
}
