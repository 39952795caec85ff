using System.Text;

namespace MfaPlan.Core.Journals;

/// <summary>Follows the hashes of a journal from its first line.</summary>
public sealed class JournalChain
{
    private readonly byte[] _last = Encoding.ASCII.GetBytes(JournalLines.Genesis);
    private readonly byte[] _next = new byte[LineHash.Length];

    /// <summary>The number of the last line; 0 before the first.</summary>
    public long LastN { get; private set; }

    /// <summary>The hash of the last line.</summary>
    public string LastHash => Encoding.ASCII.GetString(_last);

    /// <summary>Checks the next line and goes on to it.</summary>
    /// <param name="line">Without line end.</param>
    /// <exception cref="JournalDamagedException">It is not what was written there, or was written by a newer program;
    /// the chain stays where it was.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        Check(line);
        Advance();
    }

    /// <summary>Checks the next line.</summary>
    internal void Check(ReadOnlySpan<byte> line) => JournalLines.Verify(line, _last, LastN + 1, _next);

    /// <summary>Goes on to the line that was checked last.</summary>
    internal void Advance()
    {
        _next.CopyTo(_last, 0);
        LastN++;
    }
}
