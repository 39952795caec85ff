using System.Globalization;
using System.Net;
using System.Text.Json;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Limiting;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Methods;

/// <summary>
/// One request for up to twenty reads, and what became of each. Past the SDK: half a million users pass here, and a batch through the SDK
/// costs tens of kilobytes and a dictionary of response messages.
/// </summary>
internal sealed class MethodsBatch(GraphConnection graph)
{
    /// <summary>The service's limit for one batch.</summary>
    public const int MostRequests = 20;

    private readonly List<MethodsAsk> _asks = [];
    private readonly List<(MethodsAsk Ask, MethodsReads Read)> _parts = [];

    /// <summary>The questions in it.</summary>
    public IReadOnlyList<MethodsAsk> Asks => _asks;

    /// <summary>Takes a question if all its reads fit: a user's reads travel together.</summary>
    public bool TryAdd(MethodsAsk ask)
    {
        if (_parts.Count + ask.Requests > MostRequests)
        {
            return false;
        }

        _asks.Add(ask);
        foreach (var read in (ReadOnlySpan<MethodsReads>)[MethodsReads.Phones, MethodsReads.Methods, MethodsReads.Preferences, MethodsReads.Requirements])
        {
            if (ask.Missing.HasFlag(read))
            {
                _parts.Add((ask, read));
            }
        }

        return true;
    }

    /// <summary>Sends once, and answers or puts back every question.</summary>
    /// <returns>The questions to be asked again, each with its wait.</returns>
    public async Task<List<(MethodsAsk Ask, TimeSpan Wait)>> SendAsync(CancellationToken cancellationToken)
    {
        using var request = _parts.Count == 1 ? Single() : Batch();
        request.Options.Set(RequestNotes.Budget, Budget.Methods);
        request.Options.Set(RequestNotes.OnlyReads, value: true);
        try
        {
            using var response = await graph.SendOnceAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK ? await TakeAnswerAsync(response) : NoneAnswered(response);
        }
        catch (TimeoutException)
        {
            return NoneAnswered(TransportCode.Timeout);
        }
        catch (HttpRequestException cut)
        {
            return NoneAnswered(TransportCode.Of(cut));
        }
        catch (JsonException)
        {
            return NoneAnswered(TransportCode.InvalidAnswer);
        }
    }

    private static string VersionOf(MethodsReads read) => read == MethodsReads.Phones ? "/v1.0" : "/beta";

    private HttpRequestMessage Single()
    {
        var (ask, read) = _parts[0];
        return new HttpRequestMessage(HttpMethod.Get, graph.At(VersionOf(read) + MethodsRead.Path(ask.User, read)));
    }

    private HttpRequestMessage Batch()
    {
        // A batch has one version for all its parts. Beta only where a part needs it.
        var version = _parts.TrueForAll(static part => part.Read == MethodsReads.Phones) ? "/v1.0" : "/beta";
        var parts = new List<BatchRequestPart>(_parts.Count);
        foreach (var (ask, read) in _parts)
        {
            parts.Add(new BatchRequestPart(parts.Count.ToString(CultureInfo.InvariantCulture), "GET", MethodsRead.Path(ask.User, read)));
        }

        return new HttpRequestMessage(HttpMethod.Post, graph.At(version + "/$batch"))
        {
            Content = GraphConnection.Content(new BatchRequest(parts), GraphJson.Default.BatchRequest),
        };
    }

    private async Task<List<(MethodsAsk Ask, TimeSpan Wait)>> TakeAnswerAsync(HttpResponseMessage response)
    {
        var at = response.Headers.Date ?? graph.Clock.Now;
        await using var bodies = await response.Content.ReadAsStreamAsync();
        if (_parts.Count == 1)
        {
            return Settle([new PartAnswer(200, null, await JsonSerializer.DeserializeAsync(bodies, GraphJson.Default.MethodsBody))], at);
        }

        var fullness = 0.0;
        var answers = new PartAnswer[_parts.Count];
        foreach (var part in (await JsonSerializer.DeserializeAsync(bodies, GraphJson.Default.BatchAnswer) ?? throw new JsonException()).Responses)
        {
            if (int.TryParse(part.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < answers.Length)
            {
                answers[index] = new PartAnswer(part.Status, part.Headers?.RetryAfterText, part.Body);
                fullness = Math.Max(fullness, part.Headers?.Fullness ?? 0);
            }
        }

        graph.Limiters[Budget.Methods].NoteFullness(fullness);

        return Settle(answers, at);
    }

    private List<(MethodsAsk Ask, TimeSpan Wait)> Settle(PartAnswer[] answers, DateTimeOffset at)
    {
        var waits = new Dictionary<MethodsAsk, TimeSpan>();
        var throttled = 0;
        TimeSpan? longest = null;
        for (var index = 0; index < answers.Length; index++)
        {
            var (ask, read) = _parts[index];
            var answer = answers[index];
            if (answer.Status == 429)
            {
                throttled++;
                var told = answer.RetryAfter is { } text ? AnswerHeaders.RetryAfter(text, at) : null;
                longest = told > longest || longest is null ? told : longest;
            }

            if (Settle(ask, read, answer, at) is { } wait)
            {
                waits[ask] = waits.TryGetValue(ask, out var other) && other > wait ? other : wait;
            }
        }

        if (throttled > 0)
        {
            graph.Limiters[Budget.Methods].NoteRefusedParts(throttled, MostRequests, longest);
        }

        _asks.ForEach(ask => ask.FinishIfWhole(at));
        return [.. waits.Where(static pair => pair.Key.Missing != MethodsReads.None).Select(static pair => (pair.Key, pair.Value))];
    }

    // Gives the wait before the read is to be repeated; null when the question about it is settled, one way or the other.
    private static TimeSpan? Settle(MethodsAsk ask, MethodsReads read, PartAnswer answer, DateTimeOffset at)
    {
        if (!ask.Missing.HasFlag(read))
        {
            return null; // given up by the part before
        }

        if (answer.Status is >= 200 and < 300)
        {
            try
            {
                ask.Take(read, MethodsRead.Told(read, answer.Body), at);
            }
            catch (ReadFailedException failure)
            {
                ask.GiveUp(failure.Code);
            }

            return null;
        }

        var code = answer.Status == 0 ? "BatchAnswerMissing" : ErrorCode.Of(answer.Body?.Error, answer.Status);
        if (answer.Status == 429)
        {
            var told = answer.RetryAfter is { } text ? AnswerHeaders.RetryAfter(text, at) : null;
            return Again(ask, ++ask.Throttles < Retry.MostThrottles, code, told ?? Retry.Wait(ask.Throttles));
        }

        var passing = answer.Status == 0 || Retry.IsPassing((HttpStatusCode)answer.Status);
        return Again(ask, passing && ++ask.Failures < Retry.MostAttempts, code, Retry.Wait(ask.Failures));
    }

    private static TimeSpan? Again(MethodsAsk ask, bool again, string code, TimeSpan wait)
    {
        if (again)
        {
            return wait;
        }

        ask.GiveUp(code);
        return null;
    }

    private List<(MethodsAsk Ask, TimeSpan Wait)> NoneAnswered(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var code = ErrorCode.Of(response);
        if (status == 429)
        {
            // The limiter already holds the budget back for as long as the service asked.
            return AllAgain(ask => Again(ask, ++ask.Throttles < Retry.MostThrottles, code, TimeSpan.Zero));
        }

        if (Retry.IsPassing(response.StatusCode))
        {
            return NoneAnswered(code);
        }

        _asks.ForEach(ask => ask.GiveUp(code));
        return [];
    }

    private List<(MethodsAsk Ask, TimeSpan Wait)> NoneAnswered(string code) =>
        AllAgain(ask => Again(ask, ++ask.Failures < Retry.MostAttempts, code, Retry.Wait(ask.Failures)));

    private List<(MethodsAsk Ask, TimeSpan Wait)> AllAgain(Func<MethodsAsk, TimeSpan?> again)
    {
        var result = new List<(MethodsAsk Ask, TimeSpan Wait)>();
        foreach (var ask in _asks)
        {
            if (again(ask) is { } wait)
            {
                result.Add((ask, wait));
            }
        }

        return result;
    }

    /// <summary>Status 0: there was no answer to the part.</summary>
    private readonly record struct PartAnswer(int Status, string? RetryAfter, MethodsBody? Body);
}
