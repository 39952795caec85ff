using System.Collections.Immutable;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Gates;
using MfaPlan.Engine.Approving;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Gating;

/// <summary>Signs attestations, keeps them in the state under the digest of the run's change set, and reads them back with what a check of each gives.</summary>
/// <param name="kept">Where they are kept.</param>
/// <param name="signatures">Makes and checks signatures under <see cref="AttestationText.Namespace"/>.</param>
/// <param name="allowedSigners">The plan's allowed_signers, of which it is known that it is the pinned one.</param>
public sealed class AttestationBook(IApprovals kept, ISignatures signatures, ReadOnlyMemory<byte> allowedSigners)
{
    private readonly SignedFiles _files = new(kept, signatures, allowedSigners, ".attestation", ".attestation.sig");

    /// <summary>Signs terms and judges the signature as a gate would; keeps it only where it counts.</summary>
    /// <param name="demand">Of what it is asked.</param>
    /// <param name="terms">What is signed.</param>
    /// <param name="keyFile">The signer's key; full path.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops before it is kept.</param>
    public async Task<AttestationOpinion> SignAsync(
        AttestationDemand demand, AttestationTerms terms, string keyFile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = AttestationText.Write(terms);
        var (name, signature) = await _files.SignAsync(document, keyFile, cancellationToken);
        var opinion = AttestationJudge.Judge(demand, [await CheckAsync(name, document, signature, cancellationToken)], now)[0];
        if (opinion.Counts)
        {
            await _files.KeepAsync(demand.Routing.Digest, name, document, signature, cancellationToken);
        }

        return opinion;
    }

    /// <summary>The principals under which the allowed signers have a key.</summary>
    /// <param name="keyFile">The key; full path. It signs something that is thrown away.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public Task<ImmutableArray<string>> PrincipalsOfAsync(string keyFile, CancellationToken cancellationToken) =>
        _files.PrincipalsOfAsync(keyFile, cancellationToken);

    /// <summary>Reads everything that is kept for the run, checks it, and judges each.</summary>
    /// <param name="demand">Of what it is asked.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ImmutableArray<AttestationOpinion>> JudgeAsync(AttestationDemand demand, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<SignedAttestation>();
        await foreach (var (name, document, signature) in _files.ReadAsync(demand.Routing.Digest, cancellationToken))
        {
            found.Add(SignedFiles.Missing(document, signature) is { } missing
                ? new SignedAttestation.Unreadable(name, missing)
                : await CheckAsync(name, document.GetValueOrDefault(), signature.GetValueOrDefault(), cancellationToken));
        }

        return AttestationJudge.Judge(demand, found, now);
    }

    private async Task<SignedAttestation> CheckAsync(
        string name, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        AttestationTerms terms;
        SshSignature form;
        try
        {
            terms = AttestationText.Read(document.Span);
            form = SshSignature.Read(signature.Span, AttestationText.Namespace);
        }
        catch (FormatException error)
        {
            return new SignedAttestation.Unreadable(name, error.Message);
        }

        return new SignedAttestation.Checked(name, terms, form.Key, await _files.CheckAsync(document, signature, [terms.Signer], cancellationToken));
    }
}
