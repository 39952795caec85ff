using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Graph.DirectoryObjects;
using MfaPlan.Graph.Http;
using MfaPlan.Graph.Policies;
using MfaPlan.Graph.Routing;
using MfaPlan.Graph.Tokens;
using MfaPlan.Graph.Wire;

namespace MfaPlan.Graph.Writing;

/// <summary>
/// Sends a change as one request and says what the answer means. Past the SDK, like every hot path here. Nothing is repeated: after an
/// ambiguous answer only a look can tell, and that is the apply protocol's.
/// </summary>
internal sealed class ChangeSender(GraphConnection graph, TokenRequests tokens, RoutingRequests routing, DeviceIds devices)
{
    /// <summary>Sends once.</summary>
    /// <param name="unit">A user's unit, or the policy's.</param>
    /// <param name="change">A change of that unit that is not empty.</param>
    /// <param name="timeout">How long from now until the request must be over, waiting for a permit included.</param>
    /// <param name="fence">Asked in the instant before the request leaves.</param>
    public async Task<SendResult> SendAsync(UnitId unit, Change change, TimeSpan timeout, IFence fence)
    {
        var begun = graph.Time.GetTimestamp();
        HttpRequestMessage? made;
        string? refusal;
        try
        {
            using var over = new CancellationTokenSource(timeout, graph.Time);
            (made, refusal) = change is Change.CreateRollout or Change.EnableRollout or Change.AttachGroup
                ? await routing.OfRolloutAsync(change, over.Token)
                : RequestOf(unit, change);
        }
        catch (ReadFailedException unread)
        {
            return new SendResult.Ambiguous(unread.Code); // nothing was sent; a look tells
        }
        catch (OperationCanceledException)
        {
            return new SendResult.Ambiguous(TransportCode.Timeout); // nor here
        }

        if (made is null)
        {
            return new SendResult.Refused(refusal ?? "", null); // nothing was sent
        }

        using var request = made;
        var left = timeout - graph.Time.GetElapsedTime(begun);
        if (left <= TimeSpan.Zero)
        {
            return new SendResult.Throttled(TimeSpan.Zero); // nothing was sent
        }

        request.Options.Set(RequestNotes.Timeout, left);
        request.Options.Set(RequestNotes.Fence, fence);
        try
        {
            using var response = await graph.SendOnceAsync(request, CancellationToken.None);
            await NoteDeviceAsync(change, response);
            return ResultOf(response);
        }
        catch (PermitNotHadException)
        {
            return new SendResult.Throttled(TimeSpan.Zero);
        }
        catch (TimeoutException)
        {
            return new SendResult.Ambiguous(TransportCode.Timeout);
        }
        catch (HttpRequestException cut)
        {
            return new SendResult.Ambiguous(TransportCode.Of(cut));
        }
    }

    private static SendResult ResultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var request = AnswerHeaders.RequestId(response);
        return status switch
        {
            >= 200 and < 300 => new SendResult.Accepted(request),
            429 => new SendResult.Throttled(AnswerHeaders.RetryAfter(response)),
            // 509 is among the 5xx; a redirect is not followed, and says nothing about what was done.
            408 or < 400 or >= 500 => new SendResult.Ambiguous(string.Create(CultureInfo.InvariantCulture, $"HTTP{status}")),
            _ => new SendResult.Refused(ErrorCode.Of(response), request),
        };
    }

    /// <summary>The answer to a creation tells the id that the next steps need.</summary>
    private async Task NoteDeviceAsync(Change change, HttpResponseMessage response)
    {
        if (change is not Change.CreateToken { After: true } step || !response.IsSuccessStatusCode)
        {
            return;
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            if (await JsonSerializer.DeserializeAsync(body, GraphJson.Default.DeviceRow) is { } row && (row.Device ?? row).Id is { } id)
            {
                devices.Note(step.Token.Serial, id);
            }
        }
        catch (JsonException)
        {
            // The look that comes before the next step tells it.
        }
    }

    private (HttpRequestMessage? Request, string? Refusal) RequestOf(UnitId unit, Change change)
    {
        if (change.IsEmpty)
        {
            throw new ArgumentException("Only a change that changes something can be sent.", nameof(change));
        }

        switch (unit.Kind, change)
        {
            case (UnitKind.Policy, Change.AllowMethod allow):
                return (ConfigurationRequests.Of(allow, graph), null);
            case (UnitKind.Policy, Change.SetCampaign campaign):
                return (CampaignJson.Of(campaign, graph), null);
            case (UnitKind.Domain, Change.SetFederatedMfa federated):
                return (routing.Of(unit.Name, federated), null);
            case (UnitKind.User, Change.RouteUser route):
                return (routing.Of(unit.User, route), null);
            case (not UnitKind.User, _):
                throw new ArgumentException("A change of this kind cannot be sent for this unit.", nameof(change));
        }

        var authentication = UserAddress.Of(unit.User) + "/authentication";
        return change is Change.OfToken step
            ? tokens.Of(step, $"/beta{authentication}/hardwareOathMethods")
            : (RequestOf(authentication, change), null);
    }

    private HttpRequestMessage RequestOf(string authentication, Change change) => change switch
    {
        Change.SetPhone { After: null } phone => new HttpRequestMessage(
            HttpMethod.Delete, graph.At($"/v1.0{authentication}/phoneMethods/{PhoneMethodIds.Of(phone.Slot)}")),

        Change.SetPhone { Before: null, After: { } number } phone => new HttpRequestMessage(
            HttpMethod.Post, graph.At($"/v1.0{authentication}/phoneMethods"))
        {
            Content = Body(phone.Slot, number.Reveal()),
        },

        Change.SetPhone { After: { } number } phone => new HttpRequestMessage(
            HttpMethod.Patch, graph.At($"/v1.0{authentication}/phoneMethods/{PhoneMethodIds.Of(phone.Slot)}"))
        {
            Content = Body(phone.Slot, number.Reveal()),
        },

        Change.SetDefaultMethod method => new HttpRequestMessage(HttpMethod.Patch, graph.At($"/beta{authentication}/signInPreferences"))
        {
            Content = GraphConnection.Content(new PreferencesWrite(method.After.Word), GraphJson.Default.PreferencesWrite),
        },

        _ => throw new ArgumentException("A change of this kind is not about a user.", nameof(change)),
    };

    private static ByteArrayContent Body(PhoneSlot slot, string number) =>
        GraphConnection.Content(new PhoneWrite(number, PhoneMethodIds.TypeOf(slot)), GraphJson.Default.PhoneWrite);
}
