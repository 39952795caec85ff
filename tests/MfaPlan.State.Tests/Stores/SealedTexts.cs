using System.Text;
using MfaPlan.Core.Sealing;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State.Tests.Stores;

/// <summary>Change sets of one line.</summary>
internal static class SealedTexts
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Seals a line and keeps it under a digest.</summary>
    public static async Task SealAsync(this IStateStore state, string digest, string line)
    {
        var stream = await state.CreateAsync(Stop);
        using var writer = new SealedBlockWriter(stream, state.Keys.Seal, new byte[32], "mfachanges");
        writer.Append(Encoding.UTF8.GetBytes(line));
        writer.Complete();
        await state.CommitChangeSetAsync(stream, digest, Stop);
    }

    /// <summary>The line that is kept under a digest.</summary>
    public static async Task<string> UnsealAsync(this IStateStore state, string digest)
    {
        await using var stream = (await state.OpenChangeSetAsync(digest, Stop)).ShouldNotBeNull();
        return state.TextOf(stream);
    }

    /// <summary>The line of a change set.</summary>
    public static string TextOf(this IStateStore state, Stream stream) =>
        SealedBlockReader.Read(stream, state.Keys.FindSeal).Select(static line => Encoding.UTF8.GetString(line.Span)).ToList().ShouldHaveSingleItem();
}
