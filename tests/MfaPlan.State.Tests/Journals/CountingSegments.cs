using System.Diagnostics.CodeAnalysis;
using MfaPlan.State.Journals;

namespace MfaPlan.State.Tests.Journals;

/// <summary>Segments on disk whose writes and flushes are counted, held up or broken.</summary>
internal sealed class CountingSegments
{
    public int Writes { get; private set; }

    public int Flushes { get; private set; }

    public Action OnFlush { get; set; } = static () => { };

    public Action OnWrite { get; set; } = static () => { };

    [SuppressMessage("Reliability", "CA2000", Justification = "The counting one owns it.")]
    public ISegmentFile Open(string path)
    {
        var inner = SegmentFile.Open(path);
        return new Counting(this, inner);
    }

    private sealed class Counting(CountingSegments owner, ISegmentFile inner) : ISegmentFile
    {
        public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
        {
            owner.Writes++;
            owner.OnWrite();
            return inner.AppendAsync(bytes);
        }

        public ValueTask FlushAsync()
        {
            owner.Flushes++;
            owner.OnFlush();
            return inner.FlushAsync();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
