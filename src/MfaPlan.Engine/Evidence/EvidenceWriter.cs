using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>
/// Writes an evidence pack of a state: first the journal up to a whole line, then what its runs refer to, which was there before; so the parts
/// fit together even while a run goes on. Takes no lock and asks no tenant.
/// </summary>
/// <param name="state">The state; its key is needed.</param>
/// <param name="target">The pack.</param>
/// <param name="signatures">Signs the manifest, where that is asked for.</param>
public sealed class EvidenceWriter(IStateStore state, IPackTarget target, ISignatures signatures)
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly NoteWatch _notes = new();
    private readonly List<MissingPart> _missing = [];
    private readonly List<string> _paths = [];

    /// <summary>Writes everything; the target is complete then, and not yet named.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ChangeSetBrokenException">A change set changed while it was copied.</exception>
    /// <exception cref="SigningException">The key cannot be used, or the tool cannot.</exception>
    public async Task<PackManifest> WriteAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (request.Key is { } key)
        {
            // Before all the work: a key that cannot sign is told now. What it signs here is thrown away.
            await signatures.SignAsync("\n"u8.ToArray(), key, cancellationToken);
        }

        var (runs, gates) = await CopyJournalAsync(cancellationToken);
        var kept = (await state.ListChangeSetsAsync(cancellationToken)).Order(StringComparer.Ordinal).ToList();
        var plans = new SortedSet<string>(runs.Select(static run => run.PlanDigest).Append(request.PlanDigest), StringComparer.Ordinal);
        var carriedOut = runs.Select(static run => run.Digest).Distinct(StringComparer.Ordinal).ToList();
        foreach (var digest in carriedOut)
        {
            await WatchNotesAsync(digest, cancellationToken);
        }

        foreach (var digest in kept)
        {
            if (await CopyChangeSetAsync(digest, request.Reveal, cancellationToken) is { } planDigest)
            {
                plans.Add(planDigest);
            }
        }

        var readings = await CopyReadingsAsync(gates, cancellationToken);
        plans.UnionWith(request.Plans.Where(plan => HasAsked(plan, readings)).Select(static plan => plan.Digest));
        foreach (var digest in plans)
        {
            AddPlan(digest, request.Plans.FirstOrDefault(plan => plan.Digest == digest));
        }

        _missing.AddRange(carriedOut.Except(kept, StringComparer.Ordinal)
            .Select(static digest => new MissingPart(MissingPart.ChangeSet, digest, "The state does not have it any more.")));
        foreach (var digest in kept.Concat(plans).Concat(carriedOut).Distinct(StringComparer.Ordinal))
        {
            await CopyApprovalsAsync(digest, cancellationToken);
        }

        foreach (var digest in carriedOut)
        {
            await CopyAttestationsAsync(digest, request.Reveal, cancellationToken);
        }

        return await CompleteAsync(request, cancellationToken);
    }

    /// <summary>Copies whole lines, segment by segment, byte for byte as they were appended.</summary>
    private async Task<(List<JournalEntry.Run> Runs, List<JournalEntry.Gate> Gates)> CopyJournalAsync(CancellationToken cancellationToken)
    {
        var (runs, gates) = (new List<JournalEntry.Run>(), new List<JournalEntry.Gate>());
        var previous = JournalLines.Genesis;
        var number = 0;
        Stream? segment = null;
        try
        {
            await foreach (var line in state.ReadJournalAsync(cancellationToken))
            {
                var (_, _, entry, hash) = JournalLines.Parse(line.Span, previous);
                previous = hash;
                if (segment is null || entry is JournalEntry.Segment)
                {
                    await DisposeAsync(segment);
                    segment = Create(PackPaths.Segment(++number));
                }

                if (entry is JournalEntry.Run run)
                {
                    runs.Add(run);
                }
                else if (entry is JournalEntry.Gate gate)
                {
                    gates.Add(gate);
                }

                await segment.WriteAsync(line, cancellationToken);
                await segment.WriteAsync(LineEnd, cancellationToken);
            }
        }
        finally
        {
            await DisposeAsync(segment);
        }

        return (runs, gates);

        static ValueTask DisposeAsync(Stream? stream) => stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void AddPlan(string digest, PlanCopy? plan)
    {
        if (plan is null)
        {
            _missing.Add(new MissingPart(MissingPart.Plan, digest, "It was not given; a plan that was changed since is added with --earlier."));
            return;
        }

        if (plan.Text is not { } text)
        {
            _missing.Add(new MissingPart(MissingPart.Plan, plan.Digest, "The names of users in it cannot be masked one by one; --reveal puts it in as it is."));
            return;
        }

        Write(plan.Masked ? PackPaths.MaskedPlan(plan.Digest) : PackPaths.Plan(plan.Digest), text.Span);
        if (plan.Signers is { } signers && !_paths.Contains(PackPaths.Signers(signers.Sha256), StringComparer.Ordinal))
        {
            Write(PackPaths.Signers(signers.Sha256), signers.List.Span);
        }

        if (plan.SignersMissing is { } list)
        {
            _missing.Add(new MissingPart(MissingPart.Signers, list, "The list that the plan pins is not beside it, or is another by now."));
        }
    }

    /// <summary>Copies a change set in canonical form, and in clear where that is asked for.</summary>
    /// <returns>The digest of its plan; null for one that is damaged, which is named and keeps nothing else out.</returns>
    private async Task<string?> CopyChangeSetAsync(string digest, bool reveal, CancellationToken cancellationToken)
    {
        ChangeSetHeader header;
        try
        {
            (header, _) = await ChangeSetFile.VerifyAsync(state, digest, cancellationToken)
                ?? throw new ChangeSetBrokenException($"The change set {digest} was deleted while the pack was written.");
        }
        catch (ChangeSetBrokenException)
        {
            _missing.Add(new MissingPart(MissingPart.ChangeSet, digest, "The state's file of it is damaged: it is not what its digest says, so what it held is not known."));
            return null;
        }

        await using var sealedFile = await state.OpenChangeSetAsync(digest, cancellationToken)
            ?? throw new ChangeSetBrokenException($"The change set {digest} was deleted while the pack was written.");
        await using var codes = Create(PackPaths.ChangeSet(digest));
        await using var clear = reveal ? Create(PackPaths.Revealed(digest)) : null;
        using var hash = new ChangeSetDigest(state.Keys.Values);
        var buffer = new ArrayBufferWriter<byte>(1024);
        await using var json = new Utf8JsonWriter(buffer, Options);
        var values = new PersonalValues(key: null);
        foreach (var line in ChangeSetFile.Lines(sealedFile, state))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.Add(line);
            _notes.See(line);
            await codes.WriteAsync(hash.Last, cancellationToken);
            if (clear is not null)
            {
                buffer.ResetWrittenCount();
                json.Reset(buffer);
                ChangeSetJson.Write(json, line, values);
                await clear.WriteAsync(buffer.WrittenMemory, cancellationToken);
                await clear.WriteAsync(LineEnd, cancellationToken);
            }
        }

        return hash.Value() == digest ? header.PlanDigest : throw new ChangeSetBrokenException($"The change set {digest} changed while the pack was written.");
    }

    /// <summary>Copies the approvals whose document and signature are of the form; what is not is named.</summary>
    private async Task CopyApprovalsAsync(string digest, CancellationToken cancellationToken)
    {
        await foreach (var (name, document, signature) in SignedAsync(digest, PackApproval.Document, PackApproval.Signature, cancellationToken))
        {
            var path = PackPaths.Approval(digest, name + PackApproval.Document);
            if (PackApproval.Of(digest, document.Span, signature.Span) is not null && PackPaths.IsKnown(path))
            {
                Write(path, document.Span);
                Write(PackPaths.Approval(digest, name + PackApproval.Signature), signature.Span);
            }
            else
            {
                _missing.Add(new MissingPart(MissingPart.Approval, digest, $"What lies there as {name} is no approval with its signature, and never counted."));
            }
        }
    }

    /// <summary>Lets the names of people be looked for in the notes of a run's attestations.</summary>
    private async Task WatchNotesAsync(string digest, CancellationToken cancellationToken)
    {
        await foreach (var (_, document, signature) in SignedAsync(digest, PackAttestation.Document, PackAttestation.Signature, cancellationToken))
        {
            _notes.Watch(PackAttestation.Of(digest, document.Span, signature.Span)?.Terms.Note ?? "");
        }
    }

    /// <summary>
    /// Copies the attestations of a run, byte for byte, since they are signed. One whose note shows somebody is left out where nobody may be shown; one that
    /// cannot be read may hold anything, and is named only.
    /// </summary>
    private async Task CopyAttestationsAsync(string digest, bool reveal, CancellationToken cancellationToken)
    {
        await foreach (var (name, document, signature) in SignedAsync(digest, PackAttestation.Document, PackAttestation.Signature, cancellationToken))
        {
            var path = PackPaths.Attestation(digest, name + PackAttestation.Document);
            var attestation = PackPaths.IsKnown(path) ? PackAttestation.Of(digest, document.Span, signature.Span) : null;
            if (attestation is null || (!reveal && _notes.Shows(attestation.Terms.Note)))
            {
                _missing.Add(new MissingPart(MissingPart.Attestation, digest, attestation is null
                    ? "What lies there cannot be read as an attestation with its signature; it held the gate, for it may have been a no."
                    : $"The note of {name} may show somebody, and cannot be masked, for it is signed; --reveal puts it in."));
                continue;
            }

            Write(path, document.Span);
            Write(PackPaths.Attestation(digest, name + PackAttestation.Signature), signature.Span);
        }
    }

    /// <summary>The documents of one kind under a digest, with their signatures; nothing where one of the two is gone.</summary>
    private async IAsyncEnumerable<(string Name, ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Signature)> SignedAsync(
        string digest, string document, string signature, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await state.Approvals.ListAsync(digest, cancellationToken))
        {
            if (file.EndsWith(document, StringComparison.Ordinal))
            {
                var name = file[..^document.Length];
                yield return (
                    name, await state.Approvals.ReadAsync(digest, file, cancellationToken) ?? default,
                    await state.Approvals.ReadAsync(digest, name + signature, cancellationToken) ?? default);
            }
        }
    }

    /// <summary>Copies what gates were judged by; it counts and names nobody. What is not there, or is another, is named.</summary>
    private async Task<List<GateReading>> CopyReadingsAsync(List<JournalEntry.Gate> gates, CancellationToken cancellationToken)
    {
        var readings = new List<GateReading>();
        foreach (var (query, sample) in gates.Select(static gate => (gate.Query, gate.Sample)).Distinct())
        {
            var kept = await state.Approvals.ReadAsync(query, sample + GateKeeper.Extension, cancellationToken);
            var reading = kept is { } bytes ? ReadingOf(bytes) : null;
            if (reading is not null && (reading.QueryDigest, reading.SampleDigest) == (query, sample))
            {
                Write(PackPaths.Reading(query, sample), reading.Write());
                readings.Add(reading);
            }
            else
            {
                _missing.Add(new MissingPart(MissingPart.Reading, query, kept is null
                    ? "The state does not have it any more."
                    : "What the state has in its place is not the reading that the journal is about."));
            }
        }

        return readings;
    }

    private static GateReading? ReadingOf(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return GateReading.Read(bytes.Span);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool HasAsked(PlanCopy plan, List<GateReading> readings) =>
        plan.Text is { } text && readings.Count > 0 && PlanReader.ReadBytes("plan", text.Span).Value is { } read
        && readings.Exists(reading => GateQuestion.Asks(read, reading));

    /// <summary>Works tables and summary out from what was copied, then the manifest, and signs it.</summary>
    private async Task<PackManifest> CompleteAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        ImmutableArray<string> copied = [.. _paths];
        var tables = new Dictionary<string, Stream>(StringComparer.Ordinal);
        PackContents contents;
        try
        {
            contents = new PackFold(ManifestText.Format, copied, target.Open, [.. _missing], WriteLine, static _ => { }).Read(cancellationToken);
        }
        finally
        {
            foreach (var table in tables.Values)
            {
                await table.DisposeAsync();
            }
        }

        var manifest = new PackManifest(
            ManifestText.Format, ManifestText.Kind, request.Tenant, request.Plan, request.PlanDigest, request.Written, request.Key is not null,
            request.Reveal, request.Program, contents.Journal, [.. _missing], TitlesOf(contents), []);
        Write(PackPaths.Summary, SummaryText.Write(
            manifest, contents, PackApproval.Read(copied, target.Open), PackAttestation.Read(copied, target.Open)));
        manifest = manifest with { Files = [.. _paths.Order(StringComparer.Ordinal).Select(Measure)] };
        var bytes = ManifestText.Write(manifest);
        Write(PackPaths.Manifest, bytes);
        Write(PackPaths.ManifestDigest, ManifestText.DigestFile(bytes));
        if (request.Key is { } key)
        {
            Write(PackPaths.ManifestSignature, (await signatures.SignAsync(bytes, key, cancellationToken)).Span);
        }

        return manifest;

        void WriteLine(string file, ReadOnlyMemory<byte> line)
        {
            if (!tables.TryGetValue(file, out var stream))
            {
                tables[file] = stream = Create(file);
            }

            stream.Write(line.Span);
            stream.Write(LineEnd);
        }
    }

    private static ImmutableSortedDictionary<string, string> TitlesOf(PackContents contents)
    {
        var codes = SummaryText.CodesOf(contents.ChangeSets).ToHashSet(StringComparer.Ordinal);
        return DiagnosticCatalog.All.Where(descriptor => codes.Contains(descriptor.Code))
            .ToImmutableSortedDictionary(static descriptor => descriptor.Code, static descriptor => descriptor.Title, StringComparer.Ordinal);
    }

    private PackFile Measure(string path)
    {
        using var stream = target.Open(path);
        var counted = stream.Length;
        return new PackFile(path, counted, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = Create(path);
        stream.Write(content);
    }

    private Stream Create(string path)
    {
        _paths.Add(path);
        return target.Create(path);
    }
}
