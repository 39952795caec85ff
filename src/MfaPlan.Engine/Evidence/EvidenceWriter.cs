using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Journals;
using MfaPlan.Engine.ChangeSets;
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

    private readonly List<MissingPart> _missing = [];
    private readonly List<string> _paths = [];

    /// <summary>Writes everything; the target is complete then, and not yet named.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ChangeSetBrokenException">A change set of the state is not what its digest says.</exception>
    /// <exception cref="SigningException">The key cannot be used, or the tool cannot.</exception>
    public async Task<PackManifest> WriteAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var runs = await CopyJournalAsync(cancellationToken);
        var kept = (await state.ListChangeSetsAsync(cancellationToken)).Order(StringComparer.Ordinal).ToList();
        var plans = new SortedSet<string>(runs.Select(static run => run.PlanDigest).Append(request.PlanDigest), StringComparer.Ordinal);
        foreach (var digest in kept)
        {
            plans.Add(await CopyChangeSetAsync(digest, request.Reveal, cancellationToken));
        }

        foreach (var digest in plans)
        {
            AddPlan(digest, request.Plans.FirstOrDefault(plan => plan.Digest == digest));
        }

        _missing.AddRange(runs.Select(static run => run.Digest).Except(kept, StringComparer.Ordinal)
            .Select(static digest => new MissingPart(MissingPart.ChangeSet, digest, "The state does not have it any more.")));
        foreach (var digest in kept.Concat(plans).Distinct(StringComparer.Ordinal))
        {
            await CopyApprovalsAsync(digest, cancellationToken);
        }

        return await CompleteAsync(request, cancellationToken);
    }

    /// <summary>Copies whole lines, segment by segment, byte for byte as they were appended.</summary>
    private async Task<List<JournalEntry.Run>> CopyJournalAsync(CancellationToken cancellationToken)
    {
        var runs = new List<JournalEntry.Run>();
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

                await segment.WriteAsync(line, cancellationToken);
                await segment.WriteAsync(LineEnd, cancellationToken);
            }
        }
        finally
        {
            await DisposeAsync(segment);
        }

        return runs;

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
    /// <returns>The digest of its plan.</returns>
    private async Task<string> CopyChangeSetAsync(string digest, bool reveal, CancellationToken cancellationToken)
    {
        var (header, _) = await ChangeSetFile.VerifyAsync(state, digest, cancellationToken)
            ?? throw new ChangeSetBrokenException($"The change set {digest} was deleted while the pack was written.");
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
        foreach (var file in await state.Approvals.ListAsync(digest, cancellationToken))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (file != name + ".json")
            {
                continue;
            }

            var document = await state.Approvals.ReadAsync(digest, file, cancellationToken);
            var signature = await state.Approvals.ReadAsync(digest, name + ".sig", cancellationToken);
            if (document is { } text && signature is { } signed && PackApproval.Of(digest, text.Span, signed.Span) is not null
                && PackPaths.IsKnown(PackPaths.Approval(digest, file)))
            {
                Write(PackPaths.Approval(digest, file), text.Span);
                Write(PackPaths.Approval(digest, name + ".sig"), signed.Span);
            }
            else
            {
                _missing.Add(new MissingPart(MissingPart.Approval, digest, $"What lies there as {name} is no approval with its signature, and never counted."));
            }
        }
    }

    /// <summary>Works tables and summary out from what was copied, then the manifest, and signs it.</summary>
    private async Task<PackManifest> CompleteAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        ImmutableArray<string> copied = [.. _paths];
        var tables = new Dictionary<string, Stream>(StringComparer.Ordinal);
        PackContents contents;
        try
        {
            contents = new PackFold(copied, target.Open, [.. _missing], WriteLine, static _ => { }).Read(cancellationToken);
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
        Write(PackPaths.Summary, SummaryText.Write(manifest, contents, PackApproval.Read(copied, target.Open)));
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
