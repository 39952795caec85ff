using System.Collections.Immutable;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Approving;

/// <summary>Signs approvals, keeps them in the state, and reads them back with what a check of each gives.</summary>
/// <param name="approvals">Where they are kept.</param>
/// <param name="signatures">Makes and checks signatures under <see cref="ApprovalText.Namespace"/>.</param>
/// <param name="allowedSigners">The plan's allowed_signers, of which it is known that it is the pinned one.</param>
public sealed class ApprovalBook(IApprovals approvals, ISignatures signatures, ReadOnlyMemory<byte> allowedSigners)
{
    private readonly SignedFiles _files = new(approvals, signatures, allowedSigners, ".json", ".sig");

    /// <summary>The digest under which approvals of given terms are kept.</summary>
    public static string PlaceOf(ApprovalTerms terms) => terms is ApprovalTerms.ForChangeSet one ? one.Digest : terms.PlanDigest;

    /// <summary>The digest under which what meets a demand is kept.</summary>
    public static string PlaceOf(ApprovalDemand demand) => demand is ApprovalDemand.ForChangeSet one ? one.Digest : demand.PlanDigest;

    /// <summary>Signs terms and judges the signature as an apply would, alone and for itself; keeps it only where it counts.</summary>
    /// <param name="demand">What is to be approved.</param>
    /// <param name="terms">What is signed.</param>
    /// <param name="keyFile">The signer's key; full path.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops before it is kept.</param>
    public async Task<ApprovalOpinion> SignAsync(
        ApprovalDemand demand, ApprovalTerms terms, string keyFile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = ApprovalText.Write(terms);
        var (name, signature) = await _files.SignAsync(document, keyFile, cancellationToken);
        var opinion = ApprovalJudge.Judge(
            demand, [await CheckAsync(demand, name, document, signature, cancellationToken)], now).Opinions[0];
        if (opinion.Counts)
        {
            await _files.KeepAsync(PlaceOf(terms), name, document, signature, cancellationToken);
        }

        return opinion;
    }

    /// <summary>The principals under which the allowed signers have a key.</summary>
    /// <param name="keyFile">The key; full path. It signs something that is thrown away.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public Task<ImmutableArray<string>> PrincipalsOfAsync(string keyFile, CancellationToken cancellationToken) =>
        _files.PrincipalsOfAsync(keyFile, cancellationToken);

    /// <summary>Reads everything that is kept for a demand, checks it, and judges.</summary>
    /// <param name="demand">What must be approved.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ApprovalVerdict> JudgeAsync(ApprovalDemand demand, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<SignedApproval>();
        await foreach (var (name, document, signature) in _files.ReadAsync(PlaceOf(demand), cancellationToken))
        {
            found.Add(SignedFiles.Missing(document, signature) is { } missing
                ? new SignedApproval.Unreadable(name, missing)
                : await CheckAsync(demand, name, document.GetValueOrDefault(), signature.GetValueOrDefault(), cancellationToken));
        }

        return ApprovalJudge.Judge(demand, found, now);
    }

    private async Task<SignedApproval> CheckAsync(
        ApprovalDemand demand, string name, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        ApprovalTerms terms;
        SshSignature form;
        try
        {
            terms = ApprovalText.Read(document.Span);
            form = SshSignature.Read(signature.Span);
        }
        catch (FormatException error)
        {
            return new SignedApproval.Unreadable(name, error.Message);
        }

        ImmutableArray<string> identities = demand.Author is { } author && author != terms.Signer && ApprovalText.IsSigner(author)
            ? [terms.Signer, author]
            : [terms.Signer];
        return new SignedApproval.Checked(name, terms, form.Key, await _files.CheckAsync(document, signature, identities, cancellationToken));
    }
}
