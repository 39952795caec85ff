namespace MfaPlan.Engine.Evidence;

/// <summary>Documents and signatures of a pack belong together by their names.</summary>
internal static class SignedPairs
{
    /// <summary>Names every document without a signature, and every signature without a document.</summary>
    /// <param name="own">The files to look at.</param>
    /// <param name="all">All files that there are.</param>
    /// <param name="document">How the file of a document ends.</param>
    /// <param name="signature">How the file of its signature ends.</param>
    /// <param name="broken">Takes a file that is alone, and what is wrong.</param>
    public static void Check(IEnumerable<string> own, IReadOnlyCollection<string> all, string document, string signature, Action<string, string> broken)
    {
        var there = all.ToHashSet(StringComparer.Ordinal);
        foreach (var path in own)
        {
            var isDocument = path.EndsWith(document, StringComparison.Ordinal);
            var other = isDocument ? path[..^document.Length] + signature : path[..^signature.Length] + document;
            if (!there.Contains(other))
            {
                broken(path, isDocument ? "There is no signature beside it." : "There is no document beside it.");
            }
        }
    }
}
