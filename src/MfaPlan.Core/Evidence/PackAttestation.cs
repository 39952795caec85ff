using System.Collections.Immutable;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Gates;

namespace MfaPlan.Core.Evidence;

/// <summary>An attestation of a pack by its form; whether its signature holds is not looked at.</summary>
/// <param name="Digest">The change set of the run that it lies under.</param>
/// <param name="Terms">What is signed.</param>
/// <param name="Key">The fingerprint of the key that signed.</param>
public sealed record PackAttestation(string Digest, AttestationTerms Terms, string Key)
{
    /// <summary>How the file of a document ends.</summary>
    public const string Document = ".attestation";

    /// <summary>How the file of its signature ends.</summary>
    public const string Signature = ".attestation.sig";

    /// <summary>The attestations whose document and signature are of the form, in ordinal order of their files.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="open">Opens one of them.</param>
    public static ImmutableArray<PackAttestation> Read(ImmutableArray<string> paths, Func<string, Stream> open) =>
    [
        .. PackBytes.Pairs(paths, open, "attestations", Document, Signature, AttestationText.MaxBytes)
            .Select(static pair => Of(PackPaths.DigestOf(pair.Path), pair.Document, pair.Signature)).OfType<PackAttestation>(),
    ];

    /// <summary>An attestation of its two files; null where one of them is not of the form.</summary>
    public static PackAttestation? Of(string digest, ReadOnlySpan<byte> document, ReadOnlySpan<byte> signature)
    {
        try
        {
            return new PackAttestation(digest, AttestationText.Read(document), SshSignature.Read(signature, AttestationText.Namespace).Key);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
