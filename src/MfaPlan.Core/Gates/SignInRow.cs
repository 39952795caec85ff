using System.Text.Json.Serialization;

namespace MfaPlan.Core.Gates;

/// <summary>A sign-in in the shape of Graph's beta <c>signIn</c>, with what is used of it: of a live read and of an exported file alike.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta"/>
public sealed record SignInRow
{
    /// <summary>The object id; null or no id where nobody of the tenant signed in.</summary>
    public string? UserId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedDateTime { get; init; }

    /// <summary>How it ended.</summary>
    public SignInStatus? Status { get; init; }

    /// <summary><c>singleFactorAuthentication</c> or <c>multiFactorAuthentication</c>.</summary>
    public string? AuthenticationRequirement { get; init; }

    /// <summary>Who issued the token: <c>AzureAD</c> where it was Entra.</summary>
    public string? TokenIssuerType { get; init; }

    /// <summary>The steps; the service fills them in late.</summary>
    public IReadOnlyList<SignInDetail>? AuthenticationDetails { get; init; }

    /// <summary>How the user took part: <c>interactiveUser</c>, <c>nonInteractiveUser</c> and others; an answer without them is of interactive ones.</summary>
    public IReadOnlyList<string>? SignInEventTypes { get; init; }

    /// <summary>Whether a person sat there.</summary>
    [JsonIgnore]
    public bool IsInteractive => SignInEventTypes is null or { Count: 0 } || SignInEventTypes.Contains("interactiveUser", StringComparer.OrdinalIgnoreCase);

    /// <summary>The row as a fact; null where it lacks its time or its outcome, without which it says nothing.</summary>
    public SignInFact? ToFact() => CreatedDateTime is { } at && Status?.ErrorCode is { } code
        ? new SignInFact(
            Guid.TryParse(UserId, out var user) ? user : Guid.Empty,
            at.ToUniversalTime(),
            code,
            "multiFactorAuthentication".Equals(AuthenticationRequirement, StringComparison.OrdinalIgnoreCase),
            "AzureAD".Equals(TokenIssuerType, StringComparison.OrdinalIgnoreCase),
            [.. (AuthenticationDetails ?? []).Select(static step => new SignInStep(step.AuthenticationMethod ?? "", step.Succeeded == true))])
        : null;
}

/// <summary>How a sign-in ended.</summary>
/// <param name="ErrorCode">0 where it succeeded.</param>
public sealed record SignInStatus(int? ErrorCode = null);

/// <summary>A step of a sign-in.</summary>
/// <param name="AuthenticationMethod">The method's name: an open set.</param>
/// <param name="Succeeded">Whether it succeeded.</param>
public sealed record SignInDetail(string? AuthenticationMethod = null, bool? Succeeded = null);
