using System.Collections.Immutable;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Core.Evidence;

/// <summary>An approval of a pack by its form; whether its signature holds is not looked at.</summary>
/// <param name="Digest">What it lies under: a change set's digest, or a plan's.</param>
/// <param name="Terms">What is signed.</param>
/// <param name="Key">The fingerprint of the key that signed.</param>
public sealed record PackApproval(string Digest, ApprovalTerms Terms, string Key)
{
    /// <summary>How the file of a document ends.</summary>
    public const string Document = ".json";

    /// <summary>How the file of its signature ends.</summary>
    public const string Signature = ".sig";

    /// <summary>The approvals whose document and signature are of the form, in ordinal order of their files.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="open">Opens one of them.</param>
    public static ImmutableArray<PackApproval> Read(ImmutableArray<string> paths, Func<string, Stream> open) =>
    [
        .. PackBytes.Pairs(paths, open, "approvals", Document, Signature, ApprovalText.MaxBytes)
            .Select(static pair => Of(PackPaths.DigestOf(pair.Path), pair.Document, pair.Signature)).OfType<PackApproval>(),
    ];

    /// <summary>An approval of its two files; null where one of them is not of the form.</summary>
    public static PackApproval? Of(string digest, ReadOnlySpan<byte> document, ReadOnlySpan<byte> signature)
    {
        try
        {
            return new PackApproval(digest, ApprovalText.Read(document), SshSignature.Read(signature).Key);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
