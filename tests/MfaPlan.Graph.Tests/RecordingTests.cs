using System.Net;
using System.Text;
using System.Text.Json;
using MfaPlan.Graph.Recording;

namespace MfaPlan.Graph.Tests;

public sealed class RecordingTests
{
    private static async Task<List<JsonElement>> RecordAsync(FakeGraph graph, string method, string path, string? body)
    {
        await using var text = new StringWriter();
        using var recording = new RecordingHandler(text, graph);
        using var client = new HttpClient(recording);
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://graph.microsoft.com" + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer t0ken");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        text.ToString().ShouldNotContain("t0ken");
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    [Fact]
    public async Task A_line_says_what_was_asked_and_answered()
    {
        using var graph = new FakeGraph(_ => new Answer(201, """{"id":"x","n":[1,null,true]}"""));

        var line = (await RecordAsync(graph, "POST", "/beta/users/x?$select=id", """{"a":{"b":1}}""")).Single();

        line.GetRawText().ShouldBe(
            """{"n":1,"method":"POST","path":"/beta/users/x","query":"?$select=id","status":201,"request":{"a":{"b":1}},"response":{"id":"x","n":[1,null,true]}}""");
    }

    [Theory]
    [InlineData("secretKey")]
    [InlineData("temporaryAccessPass")]
    [InlineData("verificationCode")]
    [InlineData("VerificationCode")]
    public async Task Secrets_are_masked_wherever_they_stand(string name)
    {
        var body = """{"value":[{"device":{"NAME":"JBSWY3DP"}}],"NAME":null}""".Replace("NAME", name, StringComparison.Ordinal);
        using var graph = new FakeGraph(_ => Answer.Ok(body));

        var line = (await RecordAsync(graph, "POST", "/beta/x", body)).Single().GetRawText();

        line.ShouldNotContain("JBSWY3DP");
        line.ShouldContain($"\"{name}\":\"***\"");
        line.ShouldContain($"\"{name}\":null");
    }

    [Theory]
    [InlineData("+1 2065550100", "+1 ***00")]
    [InlineData("+44 2079460000x123", "+44 ***23")]
    [InlineData("+420777123456", "+42 ***56")]
    [InlineData("The number +1 206-555-0100 is taken.", "The number +1 ***00 is taken.")]
    [InlineData("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00")]
    [InlineData("a+b c", "a+b c")]
    public async Task Phone_numbers_keep_their_country_and_two_digits(string text, string masked)
    {
        using var graph = new FakeGraph(_ => new Answer(200, JsonSerializer.Serialize(new { text })));

        var line = (await RecordAsync(graph, "GET", "/v1.0/x", null)).Single();

        line.GetProperty("response").GetProperty("text").GetString().ShouldBe(masked);
    }

    [Fact]
    public async Task The_parts_of_a_batch_have_lines_of_their_own_that_name_the_batch()
    {
        using var graph = new FakeGraph(asked => asked.Path.EndsWith("$batch", StringComparison.Ordinal) ? new Answer(404)
            : asked.Path == "/beta/users/b" ? Answer.Error(404, "x") : Answer.Ok("""{"phoneNumber":"+1 2065550100"}"""));
        var body = """{"requests":[{"id":"a1","method":"GET","url":"/users/a?$select=id"},{"id":"2","method":"GET","url":"/users/b"}]}""";

        var lines = await RecordAsync(graph, "POST", "/beta/$batch", body);

        lines.Select(static line => line.GetProperty("n").GetInt32()).ShouldBe([1, 2, 3]);
        lines[0].TryGetProperty("batch", out _).ShouldBeFalse();
        lines[0].GetRawText().ShouldNotContain("5550100");
        lines[1].GetRawText().ShouldBe(
            """{"n":2,"batch":1,"method":"GET","path":"/beta/users/a","query":"?$select=id","status":200,"request":null,"response":{"phoneNumber":"+1 ***00"}}""");
        lines[2].GetProperty("status").GetInt32().ShouldBe(404);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_recorded_with_status_zero()
    {
        using var graph = new FakeGraph(_ => new Answer(200)) { Before = static (_, _) => throw new HttpRequestException("cut") };
        await using var text = new StringWriter();
        using var recording = new RecordingHandler(text, graph);
        using var client = new HttpClient(recording);

        await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri("https://graph.microsoft.com/v1.0/x"), TestContext.Current.CancellationToken));

        text.ToString().ShouldContain("\"status\":0");
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_recorded_by_its_length_and_still_reaches_the_caller()
    {
        using var graph = new FakeGraph(_ => new Answer(502, "<html>+1 2065550100</html>"));
        await using var text = new StringWriter();
        using var recording = new RecordingHandler(text, graph);
        using var client = new HttpClient(recording);

        using var response = await client.GetAsync(new Uri("https://graph.microsoft.com/v1.0/x"), TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<html>");
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        text.ToString().ShouldContain("(26 bytes that are not JSON)");
    }

    [Fact]
    public async Task Lines_of_many_requests_do_not_mix()
    {
        using var graph = new FakeGraph(_ => Answer.Ok("{}"));
        await using var text = new StringWriter();
        using var recording = new RecordingHandler(text, graph);
        using var client = new HttpClient(recording);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => client.GetAsync(new Uri("https://graph.microsoft.com/v1.0/x"), TestContext.Current.CancellationToken))));

        text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32())
            .ShouldBe(Enumerable.Range(1, 200));
    }
}
