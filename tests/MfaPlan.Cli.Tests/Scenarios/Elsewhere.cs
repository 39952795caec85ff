using System.Net;
using System.Net.Sockets;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>What a scenario cannot have from this program and its sandbox: another version, another server.</summary>
internal static class Elsewhere
{
    /// <summary>Writes the one change set of a state again as a version with other rules would have.</summary>
    /// <returns>Its digest.</returns>
    public static async Task<string> OtherRulesAsync(IStateStore state, CancellationToken cancellationToken)
    {
        var digest = (await state.ListChangeSetsAsync(cancellationToken)).ShouldHaveSingleItem();
        await using var stream = await state.OpenChangeSetAsync(digest, cancellationToken);
        var lines = ChangeSetFile.Lines(stream.ShouldNotBeNull(), state).ToList();
        var header = ((ChangeSetLine.Head)lines[0]).Header;
        await using var writer = await ChangeSetFile.CreateAsync(state, new byte[32], header with { Rules = header.Rules + 1 }, cancellationToken);
        lines[1..^1].ForEach(writer.Add);
        return await writer.CommitAsync(((ChangeSetLine.Foot)lines[^1]).Footer, cancellationToken);
    }

    /// <summary>A server on this machine that says of everything it is asked: it goes on at sandbox.example.</summary>
    /// <returns>The server and its address.</returns>
    public static (HttpListener Server, string Address) Stray()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        var server = new HttpListener { Prefixes = { address } };
        server.Start();
        _ = Task.Run(async () =>
        {
            while (server.IsListening)
            {
                var context = await server.GetContextAsync();
                context.Response.ContentType = "application/json";
                context.Response.Close(
                    Encoding.UTF8.GetBytes($$"""
                        { "utcNow": "{{TimeProvider.System.GetUtcNow():O}}", "value": [], "@odata.nextLink": "https://sandbox.example/v1.0/groups" }
                        """),
                    willBlock: true);
            }
        });
        return (server, address);
    }
}
