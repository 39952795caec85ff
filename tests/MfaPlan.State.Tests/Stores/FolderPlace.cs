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

    public IKeyedState Init(bool sandbox = false) =>
        LocalState.Init(_folder.Path, StateFolder.Tenant, sandbox, StateFolder.Key, _folder.Time);

    public IKeyedState Open(Guid? tenant = null, bool sandbox = false, long bytes = 1_000_000, int appends = 40_000)
    {
        var state = LocalState.Open(_folder.Path, tenant ?? StateFolder.Tenant, sandbox, StateFolder.Key, _folder.Time);
        state.Limits = new JournalLimits(bytes, appends);
        return state;
    }

    public IKeyedState OpenWith(KeySource key) => _folder.Open(key);

    public Task<Dictionary<string, byte[]>> ContentsAsync() => Task.FromResult(_folder.Contents()
        .ToDictionary(static file => file.Key, static file => Convert.FromHexString(file.Value), StringComparer.Ordinal));

    public Task WriteAsync(string path, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(_folder.Path, path), bytes);

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
