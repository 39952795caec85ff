using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Approving;

/// <summary>Signs approvals, keeps them in the state, and reads them back with what a check of each gives.</summary>
/// <param name="approvals">Where they are kept.</param>
/// <param name="signatures">Makes and checks signatures.</param>
/// <param name="allowedSigners">The plan's allowed_signers, of which it is known that it is the pinned one.</param>
public sealed class ApprovalBook(IApprovals approvals, ISignatures signatures, ReadOnlyMemory<byte> allowedSigners)
{
    private const string DocumentExtension = ".json";
    private const string SignatureExtension = ".sig";
    private const int NameBytes = 8;

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
        var signature = await signatures.SignAsync(document, keyFile, cancellationToken);
        var name = Convert.ToHexStringLower(SHA256.HashData([.. document, .. signature.Span]).AsSpan(0, NameBytes));
        var opinion = ApprovalJudge.Judge(
            demand, [await CheckAsync(demand, name, document, signature, cancellationToken)], now).Opinions[0];
        if (opinion.Counts)
        {
            // The signature first: a document without one would be a flaw to whoever looks in between.
            await approvals.AddAsync(PlaceOf(terms), name + SignatureExtension, signature, cancellationToken);
            await approvals.AddAsync(PlaceOf(terms), name + DocumentExtension, document, cancellationToken);
        }

        return opinion;
    }

    /// <summary>The principals under which the allowed signers have a key.</summary>
    /// <param name="keyFile">The key; full path. It signs something that is thrown away.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<ImmutableArray<string>> PrincipalsOfAsync(string keyFile, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> nothing = new byte[] { (byte)'\n' };
        var signature = await signatures.SignAsync(nothing, keyFile, cancellationToken);
        return await signatures.CheckAsync(nothing, signature, allowedSigners, [], cancellationToken) is SignatureCheck.Good good ? good.Principals : [];
    }

    /// <summary>Reads everything that is kept for a demand, checks it, and judges.</summary>
    /// <param name="demand">What must be approved.</param>
    /// <param name="now">The later of the machine's and the tenant's time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ApprovalVerdict> JudgeAsync(ApprovalDemand demand, DateTimeOffset now, CancellationToken cancellationToken) =>
        ApprovalJudge.Judge(demand, await ReadAsync(demand, cancellationToken), now);

    private async Task<ImmutableArray<SignedApproval>> ReadAsync(ApprovalDemand demand, CancellationToken cancellationToken)
    {
        var place = PlaceOf(demand);
        var found = ImmutableArray.CreateBuilder<SignedApproval>();
        foreach (var file in await approvals.ListAsync(place, cancellationToken))
        {
            if (!file.EndsWith(DocumentExtension, StringComparison.Ordinal))
            {
                continue;
            }

            var name = file[..^DocumentExtension.Length];
            var document = await approvals.ReadAsync(place, file, cancellationToken);
            var signature = await approvals.ReadAsync(place, name + SignatureExtension, cancellationToken);
            found.Add((document, signature) switch
            {
                (null, _) => new SignedApproval.Unreadable(name, "it is gone"),
                (_, null) => new SignedApproval.Unreadable(name, "there is no signature beside it"),
                ({ } bytes, { } signed) => await CheckAsync(demand, name, bytes, signed, cancellationToken),
            });
        }

        return found.ToImmutable();
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
        return new SignedApproval.Checked(
            name, terms, form.Key, await signatures.CheckAsync(document, signature, allowedSigners, identities, cancellationToken));
    }
}
