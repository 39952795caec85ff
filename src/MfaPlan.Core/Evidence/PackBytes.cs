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
}
