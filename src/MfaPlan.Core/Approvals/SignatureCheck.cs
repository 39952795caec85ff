using System.Collections.Immutable;

namespace MfaPlan.Core.Approvals;

/// <summary>What a check of a signature against its document and the allowed signers gave.</summary>
public abstract record SignatureCheck
{
    private SignatureCheck()
    {
    }

    /// <summary>It does not belong to the document, or is no signature.</summary>
    public sealed record Broken : SignatureCheck;

    /// <summary>It belongs to the document.</summary>
    /// <param name="Verified">The identities asked about as which the key may sign.</param>
    /// <param name="Principals">The principals under which allowed_signers has the key; none for a key that it does not have.</param>
    public sealed record Good(ImmutableArray<string> Verified, ImmutableArray<string> Principals) : SignatureCheck;
}
