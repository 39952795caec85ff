using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using MfaPlan.Core.Privacy;
using MfaPlan.State.Blobs;
using MfaPlan.State.Journals;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.State.Tests.Stores;

/// <summary>A state in a container of its own on Azurite, and hands in it that are not the program's.</summary>
internal sealed class BlobContainer : IStorePlace
{
    /// <summary>The times of the tests: nobody is waited for, and tries follow each other at once.</summary>
    public static readonly LeaseTimes Impatient = LeaseTimes.Default with { Patience = TimeSpan.Zero, Pause = TimeSpan.Zero };

    private readonly string _connection;
    private readonly string _name = "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private BlobContainer(string connection)
    {
        _connection = connection;
        Client = new BlobContainerClient(connection, _name);
    }

    /// <summary>The container itself.</summary>
    public BlobContainerClient Client { get; }

    /// <summary>How the program reaches it.</summary>
    public BlobPlace Place => BlobPlace.Connected(new Secret(_connection), _name);

    /// <summary>The clock of the lines and of the leases, unless one is given.</summary>
    public FakeTimeProvider Time { get; set; } = new(StateFolder.Start);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A new container; the test is passed over where Azurite is not installed.</summary>
    public static async Task<BlobContainer> NewAsync(bool init = true)
    {
        Assert.SkipWhen(Azurite.WhyNot is not null, Azurite.WhyNot ?? "");
        var container = new BlobContainer((await Azurite.SharedAsync()).Connection);
        if (init)
        {
            container.Init();
        }

        return container;
    }

    public IKeyedState Init(bool sandbox = false) => BlobState.Init(Place, StateFolder.Tenant, sandbox, StateFolder.Key, Time);

    public IKeyedState Open(Guid? tenant = null, bool sandbox = false, long bytes = 1_000_000, int appends = 40_000)
    {
        var state = BlobState.Open(Place, tenant ?? StateFolder.Tenant, sandbox, StateFolder.Key, Time);
        state.Limits = new JournalLimits(bytes, appends);
        state.Times = Impatient;
        return state;
    }

    public IKeyedState OpenWith(KeySource key)
    {
        var state = BlobState.Open(Place, StateFolder.Tenant, sandbox: false, key, Time);
        state.Times = Impatient;
        return state;
    }

    public async Task<Dictionary<string, byte[]>> ContentsAsync()
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var blob in Client.GetBlobsAsync(cancellationToken: Stop))
        {
            contents[blob.Name] = (await Client.GetBlobClient(blob.Name).DownloadContentAsync(Stop)).Value.Content.ToArray();
        }

        return contents;
    }

    public Task WriteAsync(string path, byte[] bytes) =>
        Client.GetBlobClient(path).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, Stop);

    /// <summary>Opens the state over a faulty network.</summary>
    public BlobState Open(Network? network, TimeProvider? time = null)
    {
        var state = BlobState.Open(
            Place, StateFolder.Tenant, sandbox: false, StateFolder.Key, time ?? Time, options =>
            {
                if (network is not null)
                {
                    options.AddPolicy(network, Azure.Core.HttpPipelinePosition.PerRetry);
                    options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                }
            });
        state.Times = Impatient;
        return state;
    }

    public async Task<IReadOnlyList<string>> SegmentsAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Client.GetBlobsAsync(cancellationToken: Stop))
        {
            if (blob.Name.StartsWith("journal/", StringComparison.Ordinal))
            {
                names.Add(blob.Name["journal/".Length..]);
            }
        }

        return names;
    }

    public async Task<byte[]> ReadSegmentAsync(int number) =>
        (await Segment(number).DownloadContentAsync(Stop)).Value.Content.ToArray();

    public async Task WriteSegmentAsync(int number, byte[] bytes)
    {
        await Segment(number).DeleteIfExistsAsync(cancellationToken: Stop);
        await Segment(number).CreateAsync(cancellationToken: Stop);
        if (bytes.Length > 0)
        {
            await AppendAsync(number, bytes);
        }
    }

    /// <summary>Adds bytes to a segment.</summary>
    public async Task AppendAsync(int number, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await Segment(number).AppendBlockAsync(content, cancellationToken: Stop);
    }

    /// <summary>Ends the lease on the state, as time does when its holder is dead.</summary>
    public async Task ExpireAsync()
    {
        try
        {
            await Client.GetBlobClient("lock.json").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Stop);
        }
        catch (Azure.RequestFailedException failure) when (failure.Status is 404 or 409)
        {
            // There is none.
        }
    }

    public async ValueTask DisposeAsync() => await Client.DeleteIfExistsAsync();

    private AppendBlobClient Segment(int number) => Client.GetAppendBlobClient(BlobSegments.NameOf(number));
}
