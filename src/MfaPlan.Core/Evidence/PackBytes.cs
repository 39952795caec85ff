using System.Collections.Immutable;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Core.Evidence;

/// <summary>Small files of a pack as a whole.</summary>
public static class PackBytes
{
    /// <summary>A file's bytes; of one that is too long, the first <paramref name="most"/> and one more, which no reader of such a file takes.</summary>
    /// <param name="stream">The file; the caller disposes it.</param>
    /// <param name="most">How long such a file may be.</param>
    public static byte[] Read(Stream stream, int most)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Min(most + 1, 64 * 1024)];
        while (bytes.Length <= most)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most + 1 - bytes.Length));
            if (read == 0)
            {
                break;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>The documents of a folder that have a signature beside them, in ordinal order of their files.</summary>
    /// <param name="paths">The files that there are; known paths.</param>
    /// <param name="open">Opens one of them.</param>
    /// <param name="folder">Without slash.</param>
    /// <param name="document">How the file of a document ends.</param>
    /// <param name="signature">How the file of its signature ends.</param>
    /// <param name="most">How long a document may be.</param>
    internal static IEnumerable<(string Path, byte[] Document, byte[] Signature)> Pairs(
        ImmutableArray<string> paths, Func<string, Stream> open, string folder, string document, string signature, int most)
    {
        foreach (var path in PackPaths.In(paths, folder).Where(path => path.EndsWith(document, StringComparison.Ordinal)))
        {
            var other = path[..^document.Length] + signature;
            if (paths.Contains(other, StringComparer.Ordinal))
            {
                yield return (path, Whole(path, most), Whole(other, SshSignature.MaxBytes));
            }
        }

        byte[] Whole(string path, int longest)
        {
            using var stream = open(path);
            return Read(stream, longest);
        }
    }
}
