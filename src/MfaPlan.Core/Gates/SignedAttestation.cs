using MfaPlan.Core.Approvals;

namespace MfaPlan.Core.Gates;

/// <summary>An attestation of the state, read and its signature checked.</summary>
public abstract record SignedAttestation
{
    private SignedAttestation(string name) => Name = name;

    /// <summary>The name of its files.</summary>
    public string Name { get; }

    /// <summary>Document or signature is not of the form; what it said is not known.</summary>
    /// <param name="Name">See <see cref="SignedAttestation.Name"/>.</param>
    /// <param name="Reason">What is wrong, to go on after "it cannot be read:".</param>
    public sealed record Unreadable(string Name, string Reason) : SignedAttestation(Name);

    /// <summary>An attestation with what the check of its signature gave.</summary>
    /// <param name="Name">See <see cref="SignedAttestation.Name"/>.</param>
    /// <param name="Terms">What its document says.</param>
    /// <param name="Key">The fingerprint of the key in its signature.</param>
    /// <param name="Signature">What the check gave.</param>
    public sealed record Checked(string Name, AttestationTerms Terms, string Key, SignatureCheck Signature) : SignedAttestation(Name);
}
