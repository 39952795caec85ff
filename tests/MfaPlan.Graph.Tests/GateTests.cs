using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.SignIn;

namespace MfaPlan.Graph.Tests;

public sealed class GateTests
{
    private static readonly Change Add = new Change.SetPhone(PhoneSlot.Mobile, null, new PhoneNumber("+1 2065550100"), "r");

    private static World With(Func<Asked, Answer> respond, FakeCredential credential, string address = "https://graph.microsoft.us") =>
        new(respond, options => options with { BaseAddress = new Uri(address), Credential = credential });

    private static Task<SendResult> SendAsync(World world) => world.Tenant.SendAsync(UnitId.ForUser(World.Id(1)), Add, TimeSpan.FromSeconds(9), OwnFence.Instance);

    [Fact]
    public async Task The_token_is_asked_for_the_clouds_own_host_and_kept()
    {
        var credential = new FakeCredential();
        await using var world = With(_ => new Answer(204), credential);

        await SendAsync(world);
        await SendAsync(world);

        credential.Asked.Single().Scopes.ShouldBe(["https://graph.microsoft.us/.default"]);
        world.Graph.Requests.ShouldAllBe(asked => asked.Headers["Authorization"] == "Bearer token-1");
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using var world = With(_ => new Answer(204), new FakeCredential());
        await SendAsync(world);
        world.Time.SetUtcNow(TimeProvider.System.GetUtcNow().AddMinutes(56));

        await SendAsync(world);

        world.Graph.Requests[1].Headers["Authorization"].ShouldBe("Bearer token-2");
    }

    [Fact]
    public async Task A_401_is_answered_with_another_token_once()
    {
        await using var world = With(asked => new Answer(asked.Headers["Authorization"] == "Bearer token-1" ? 401 : 204), new FakeCredential());

        (await SendAsync(world)).ShouldBeOfType<SendResult.Accepted>();

        world.Graph.Requests.Count.ShouldBe(2);
        world.Graph.Requests[1].Body.ShouldBe(world.Graph.Requests[0].Body);
        world.Graph.Requests[1].Headers["client-request-id"].ShouldBe(world.Graph.Requests[0].Headers["client-request-id"]);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task A_401_that_another_token_does_not_help_is_refused(bool cached, int requests)
    {
        await using var world = With(_ => Answer.Error(401, "InvalidAuthenticationToken"), new FakeCredential { Cached = cached });

        (await SendAsync(world)).ShouldBe(new SendResult.Refused("InvalidAuthenticationToken", "req-401"));

        world.Graph.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task The_claims_that_a_401_demands_are_handed_to_the_credential()
    {
        const string Claims = """{"access_token":{"nbf":{"essential":true}}}""";
        var header = $"""Bearer realm="", error="insufficient_claims", claims="{Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims))}" """;
        var credential = new FakeCredential();
        await using var world = With(
            asked => asked.Headers["Authorization"] == "Bearer token-1" ? new Answer(401).With("WWW-Authenticate", header) : new Answer(204), credential);

        await SendAsync(world);

        credential.Asked[1].Claims.ShouldBe(Claims);
    }

    [Fact]
    public async Task A_failed_sign_in_says_what_to_do_and_no_secret()
    {
        await using var world = With(_ => new Answer(204), new FakeCredential { Fails = true });

        var failure = await Should.ThrowAsync<SignInException>(SendAsync(world));

        failure.Code.ShouldBe("AADSTS7000215");
        failure.ToString().ShouldNotContain("s3cr3t");
        failure.Remedy.ShouldContain("secret");
        world.Graph.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_allowed_host_gets_the_token_and_another_gets_nothing()
    {
        await using var world = new World(
            asked => Answer.Ok(asked.Address!.Host switch
            {
                "graph.microsoft.us" => """{"value":[],"@odata.nextLink":"https://canary.graph.microsoft.us/v1.0/x"}""",
                _ => """{"value":[],"@odata.nextLink":"https://canary.graph.microsoft.us.evil.example/v1.0/x"}""",
            }),
            options => options with
            {
                BaseAddress = new Uri("https://graph.microsoft.us"),
                AllowedHosts = ["canary.graph.microsoft.us"],
                Credential = new FakeCredential(),
            });

        (await world.Tenant.ReadMemberIdsAsync(World.Id(1), World.None)).ShouldBeUnknown().ShouldBe("HostNotAllowed");

        world.Graph.Requests.Select(static asked => asked.Address!.Host).ShouldBe(["graph.microsoft.us", "canary.graph.microsoft.us"]);
    }

    [Theory]
    [InlineData("http://graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com/v1.0")]
    [InlineData("https://user:pass@graph.microsoft.com")]
    public void A_base_address_without_https_or_with_more_than_a_host_is_not_opened(string address)
    {
        var options = new GraphTenantOptions(new Uri(address));

        Should.Throw<ArgumentException>(() => GraphTenant.Open(options));
    }

    [Fact]
    public async Task A_sandbox_is_reached_without_a_token()
    {
        await using var world = new World(_ => new Answer(204));

        await SendAsync(world);

        world.Graph.Requests.Single().Headers.ShouldNotContainKey("Authorization");
    }

    [Fact]
    public void Every_cloud_of_a_plan_has_its_hosts()
    {
        GraphClouds.All.Select(static cloud => cloud.Word).ShouldBe(["global", "usGov", "usGovDoD", "china"]);
        GraphClouds.Find("usGovDoD")!.Graph.Host.ShouldBe("dod-graph.microsoft.us");
        GraphClouds.Find("moon").ShouldBeNull();
    }
}
