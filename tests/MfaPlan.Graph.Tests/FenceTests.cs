using System.Net;
using System.Net.Sockets;
using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Tests;

/// <summary>No write leaves behind a closed fence, wherever the request was when it closed.</summary>
public sealed class FenceTests
{
    private static readonly UnitId Unit = UnitId.ForUser(World.Id(1));
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly Change Add = new Change.SetPhone(PhoneSlot.Office, null, new PhoneNumber("+1 2065550100"), "r");
    private static readonly Change Remove = new Change.SetPhone(PhoneSlot.Office, new PhoneNumber("+1 2065550100"), null, "r");

    [Fact]
    public async Task A_closed_fence_lets_no_write_out_and_every_read()
    {
        await using var world = new World(_ => new Answer(204));
        var fence = new TestFence();
        fence.Close();

        await Should.ThrowAsync<LockLostException>(world.Tenant.SendAsync(Unit, Add, Timeout, fence));
        await Should.ThrowAsync<LockLostException>(world.Tenant.SendAsync(Unit, Remove, Timeout, fence));
        world.Graph.Requests.ShouldBeEmpty();

        await world.Time.RunAsync(world.Tenant.FindUserAsync(World.Id(1).ToString("D"), World.None), TimeSpan.FromMinutes(9));
        world.Graph.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_fence_that_closes_while_a_permit_is_waited_for_lets_nothing_out()
    {
        var answers = new Queue<Answer>([Answer.Throttle("10"), new(204)]);
        await using var world = new World(_ => answers.Dequeue());
        await world.Time.RunAsync(world.Tenant.SendAsync(Unit, Add, Timeout, OwnFence.Instance));
        var fence = new TestFence();

        var waiting = world.Tenant.SendAsync(Unit, Add, TimeSpan.FromSeconds(30), fence);
        waiting.IsCompleted.ShouldBeFalse();
        fence.Close();
        await Should.ThrowAsync<LockLostException>(world.Time.RunAsync(waiting));

        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_fence_that_closes_while_the_connection_opens_leaves_no_whole_request()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var tenant = GraphTenant.Open(
            new GraphTenantOptions(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")));
        var received = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            using var copy = new MemoryStream();
            try
            {
                await client.GetStream().CopyToAsync(copy, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // Cut by the other side.
            }

            return Encoding.UTF8.GetString(copy.ToArray());
        });

        await Should.ThrowAsync<LockLostException>(tenant.SendAsync(Unit, Add, Timeout, new TestFence(checks: 1)));

        (await received).ShouldNotContain("phoneNumber");
    }
}
