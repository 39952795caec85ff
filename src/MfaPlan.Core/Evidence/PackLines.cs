namespace MfaPlan.Core.Evidence;

/// <summary>The lines of a file of a pack, read forward; whoever made the file may have meant harm.</summary>
public static class PackLines
{
    /// <summary>No line is longer: a line of a change set or of the journal is not, either.</summary>
    public const int LongestLine = 4 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    /// <summary>The lines without line ends; a line's bytes are valid until the next is asked for.</summary>
    /// <param name="stream">The file; the caller disposes it.</param>
    /// <exception cref="FormatException">A line is too long, or the last has no end.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(Stream stream)
    {
        var buffer = new byte[FirstBuffer];
        var (start, end, searched) = (0, 0, 0);
        while (true)
        {
            var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var length = searched + at;
                yield return buffer.AsMemory(start, length);
                start += length + 1;
                searched = 0;
                continue;
            }

            searched = end - start;
            if (searched > LongestLine)
            {
                throw new FormatException("A line is longer than any line may be.");
            }

            buffer.AsSpan(start, searched).CopyTo(buffer);
            (start, end) = (0, searched);
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.Read(buffer.AsSpan(end));
            if (read == 0)
            {
                if (searched > 0)
                {
                    throw new FormatException("The last line has no end.");
                }

                yield break;
            }

            end += read;
        }
    }
}
