using MfaPlan.Engine.Ports;
using MfaPlan.State.Journals;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests.Stores;

/// <summary>A state in a folder.</summary>
internal sealed class FolderPlace : IStorePlace
{
    private readonly StateFolder _folder = new(init: false);

    public FakeTimeProvider Time
    {
        get => _folder.Time;
        set => _folder.Time = value;
    }

    public IStateStore Init(bool sandbox = false) =>
        LocalState.Init(_folder.Path, StateFolder.Tenant, sandbox, StateFolder.Key, _folder.Time);

    public IStateStore Open(Guid? tenant = null, bool sandbox = false, long bytes = 1_000_000, int appends = 40_000)
    {
        var state = LocalState.Open(_folder.Path, tenant ?? StateFolder.Tenant, sandbox, StateFolder.Key, _folder.Time);
        state.Limits = new JournalLimits(bytes, appends);
        return state;
    }

    public Task<IReadOnlyList<string>> SegmentsAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.GetFiles(_folder.Journal, "*.jsonl").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]);

    public Task<byte[]> ReadSegmentAsync(int number) => File.ReadAllBytesAsync(_folder.Segment(number));

    public Task WriteSegmentAsync(int number, byte[] bytes) => File.WriteAllBytesAsync(_folder.Segment(number), bytes);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
