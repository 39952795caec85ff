using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests.Stores;

/// <summary>A place for one state: a folder, or a container of Azurite.</summary>
public interface IStorePlace : IAsyncDisposable
{
    /// <summary>Makes a state there.</summary>
    IKeyedState Init(bool sandbox = false);

    /// <summary>The clock of whoever opens the state.</summary>
    FakeTimeProvider Time { get; set; }

    /// <summary>Opens the state.</summary>
    /// <param name="tenant">The tenant that is expected; that of the state where it is left out.</param>
    /// <param name="sandbox">Whether a sandbox's is expected.</param>
    /// <param name="bytes">When a segment is full.</param>
    /// <param name="appends">When a segment is full.</param>
    IKeyedState Open(Guid? tenant = null, bool sandbox = false, long bytes = 1_000_000, int appends = 40_000);

    /// <summary>Opens the state with another key.</summary>
    IKeyedState OpenWith(KeySource key);

    /// <summary>Everything that is kept, by its path.</summary>
    Task<Dictionary<string, byte[]>> ContentsAsync();

    /// <summary>Puts bytes under a path, whatever was there.</summary>
    Task WriteAsync(string path, byte[] bytes);

    /// <summary>The names of the journal's segments.</summary>
    Task<IReadOnlyList<string>> SegmentsAsync();

    /// <summary>A segment's bytes.</summary>
    Task<byte[]> ReadSegmentAsync(int number);

    /// <summary>Makes these bytes a segment, whatever was there.</summary>
    Task WriteSegmentAsync(int number, byte[] bytes);
}
