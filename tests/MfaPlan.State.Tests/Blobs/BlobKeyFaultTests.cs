using Azure.Core;
using MfaPlan.Engine.Ports;
using MfaPlan.State.Blobs;
using MfaPlan.State.Tests.Stores;

namespace MfaPlan.State.Tests.Blobs;

/// <summary>Keys that are rotated or destroyed over a network that fails.</summary>
public sealed class BlobKeyFaultTests
{
    private static readonly string Digest = new('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.RequestLost))]
    [InlineData(nameof(Fault.AnswerLost))]
    public async Task A_kill_between_any_two_requests_leaves_a_state_that_the_old_or_the_new_key_opens(string fault)
    {
        var (old, rotated) = (0, 0);
        for (var step = 0; ; step++)
        {
            await using var container = await BlobContainer.NewAsync();
            await container.Open().SealAsync(Digest, "sealed before");
            var network = new Network();
            var state = container.Open(network);
            network.Fault = Dead(Enum.Parse<Fault>(fault), network.Requests + step);
            if (await EndsAsync(() => state.RotateAsync("state rotate", KeyContract.Next, newSeal: true, Stop)) && !network.Failed)
            {
                break;
            }

            await container.ExpireAsync();
            KeySource[] opening = [.. new KeySource[] { StateFolder.Key, KeyContract.Next }.Where(key => Opens(container, key))];
            var works = opening.ShouldHaveSingleItem();
            (old, rotated) = works == KeyContract.Next ? (old, rotated + 1) : (old + 1, rotated);
            (await container.OpenWith(works).UnsealAsync(Digest)).ShouldBe("sealed before");
            await container.OpenWith(works).RotateAsync("state rotate", KeyContract.Next, newSeal: true, Stop);
            (await container.OpenWith(KeyContract.Next).UnsealAsync(Digest)).ShouldBe("sealed before");
        }

        old.ShouldBeGreaterThan(2);
        rotated.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_once_is_done_and_says_so()
    {
        await using var container = await BlobContainer.NewAsync();
        var lost = 0;
        var network = new Network { Fault = (_, request) => IsWrite(request) && Interlocked.Increment(ref lost) == 1 ? Fault.AnswerLost : Fault.None };

        var active = await container.Open(network).RotateAsync("state rotate", KeyContract.Next, newSeal: true, Stop);

        lost.ShouldBe(2);
        container.OpenWith(KeyContract.Next).Keys.Seal.Id.ShouldBe(active);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_wrote_without_the_lock_is_not_written_over(bool shred)
    {
        await using var container = await BlobContainer.NewAsync();
        await using var other = await BlobContainer.NewAsync();
        var theirs = (await other.ContentsAsync())["state.json"];
        var network = new Network
        {
            Fault = (_, request) =>
            {
                if (IsWrite(request))
                {
                    container.Client.GetBlobClient("state.json").Upload(BinaryData.FromBytes(theirs), overwrite: true, Stop);
                }

                return Fault.None;
            },
        };
        var state = container.Open(network);

        await Should.ThrowAsync<LockLostException>(() => shred
            ? state.ShredAsync("state shred", "grace", Stop)
            : state.RotateAsync("state rotate", KeyContract.Next, newSeal: true, Stop));

        (await container.ContentsAsync())["state.json"].ShouldBe(theirs);
        (await container.Open().WhoAsync(Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_that_is_lost_before_the_writing_leaves_the_keys_as_they_are()
    {
        await using var container = await BlobContainer.NewAsync();
        var before = (await container.ContentsAsync())["state.json"];
        var network = new Network
        {
            Fault = (_, request) =>
            {
                if (request.Method == RequestMethod.Get && request.Uri.Path.EndsWith("/state.json", StringComparison.Ordinal))
                {
                    container.Time.Advance(LeaseTimes.Default.Duration + TimeSpan.FromSeconds(1));
                }

                return Fault.None;
            },
        };
        var state = container.Open(network);

        await Should.ThrowAsync<LockLostException>(() => state.RotateAsync("state rotate", KeyContract.Next, newSeal: true, Stop));

        (await container.ContentsAsync())["state.json"].ShouldBe(before);
    }

    private static bool IsWrite(Request request) =>
        request.Method == RequestMethod.Put && request.Uri.Path.EndsWith("/state.json", StringComparison.Ordinal);

    private static Func<int, Request, Fault> Dead(Fault fault, int from) => (at, _) => at >= from ? fault : Fault.None;

    private static bool Opens(BlobContainer container, KeySource key)
    {
        try
        {
            return container.OpenWith(key).Keys is not null;
        }
        catch (StateException refused) when (refused.Code == StateDiagnostics.KeyWrong.Code)
        {
            return false;
        }
    }

    private static async Task<bool> EndsAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception failure) when (failure is StateLockedException or LockLostException || BlobFaults.IsFault(failure))
        {
            return false;
        }
    }
}
