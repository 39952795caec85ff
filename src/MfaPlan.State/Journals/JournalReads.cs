using System.Runtime.CompilerServices;
using MfaPlan.Core.Journals;

namespace MfaPlan.State.Journals;

/// <summary>Reads a journal as it is now, whatever keeps its segments. Takes no lock.</summary>
internal static class JournalReads
{
    /// <summary>The fold of all lines.</summary>
    public static Task<Ledger> FoldAsync(ISegments segments, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var builder = new LedgerBuilder();
            new JournalScan(segments, builder.Add).ToEnd(cancellationToken);
            return builder.Build();
        },
        cancellationToken);

    /// <summary>The lines, verified, without line ends; a line's bytes are valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        ISegments segments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var line in new JournalScan(segments, new JournalChain().Add).Lines())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return line;
        }
    }
}
