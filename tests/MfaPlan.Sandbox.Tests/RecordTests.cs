using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tests;

public sealed class RecordTests
{
    private static async Task<List<JsonNode>> LinesAsync(Sandbox sandbox) =>
    [
        .. (await File.ReadAllLinesAsync(sandbox.RecordFile, Sandbox.Cancelled)).Select(static line => JsonNode.Parse(line)!),
    ];

    [Fact]
    public async Task A_request_and_its_answer_are_one_line()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), isRecorded: true);

        await sandbox.GetAsync("beta/users/nobody?$select=id", ("Authorization", "Bearer secret"));

        var line = (await LinesAsync(sandbox)).Single();
        ((int?)line["n"]).ShouldBe(1);
        ((string?)line["method"]).ShouldBe("GET");
        ((string?)line["path"]).ShouldBe("/beta/users/nobody");
        ((string?)line["query"]).ShouldBe("$select=id");
        ((int?)line["status"]).ShouldBe(404);
        line["request"].ShouldBeNull();
        ((string?)line["response"]!["error"]!["code"]).ShouldBe("Request_ResourceNotFound");
        line.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task The_parts_of_a_batch_name_its_line()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), isRecorded: true);

        await sandbox.GetAsync("v1.0/users");
        await sandbox.PostAsync("v1.0/$batch", $$"""
            { "requests": [ { "id": "x", "method": "GET", "url": "/users/{{Tenants.Ann}}?$select=id" },
                            { "id": "y", "method": "GET", "url": "/users/{{Tenants.Bob}}" } ] }
            """);

        var lines = await LinesAsync(sandbox);
        lines.Select(static line => (int?)line["n"]).ShouldBe([1, 2, 3, 4]);
        ((string?)lines[1]["path"]).ShouldBe("/v1.0/$batch");
        lines[1]["response"].ShouldBeNull();
        lines[2..].Select(static line => (int?)line["batch"]).ShouldBe([2, 2]);
        lines[2..].Select(static line => (string?)line["item"]).ShouldBe(["x", "y"]);
        ((string?)lines[2]["path"]).ShouldBe($"/v1.0/users/{Tenants.Ann}");
    }

    [Fact]
    public async Task Secrets_and_phone_numbers_are_masked()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small(), isRecorded: true);

        await sandbox.PostAsync(
            "beta/directory/authenticationMethodDevices/hardwareOathDevices",
            """{ "serialNumber": "S1", "manufacturer": "C", "model": "T", "secretKey": "JBSWY3DPEHPK3PXP", "timeIntervalInSeconds": 30 }""");
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550123"));
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/temporaryAccessPassMethods", "{}");
        await sandbox.PostAsync(Tenants.BetaUser(Tenants.Ann) + "/hardwareOathMethods/x/activate", """{ "verificationCode": "123456" }""");

        var text = await File.ReadAllTextAsync(sandbox.RecordFile, Sandbox.Cancelled);
        var lines = await LinesAsync(sandbox);
        text.ShouldNotContain("JBSWY3DPEHPK3PXP");
        text.ShouldNotContain("2065550123");
        text.ShouldNotContain("123456\"");
        ((string?)lines[1]["request"]!["phoneNumber"]).ShouldBe("+1 ••••••23");
        ((string?)lines[2]["response"]!["temporaryAccessPass"]).ShouldBe("***");
    }
}
