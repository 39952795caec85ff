using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Policies;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox;

/// <summary>
/// Answers where Microsoft's own are not known (graph-api.md 14). Each is our choice, not Microsoft's; this file is the
/// only place for them, and no client may depend on one.
/// </summary>
internal static class OurChoices
{
    /// <summary>Our choice: the application id in throttling headers; the sandbox does not look at tokens.</summary>
    public const string ApplicationId = "00000000-0000-0000-0000-00000000a991";

    /// <summary>Our choice: how many users or other objects one request with an unindexed filter looks at, before it
    /// answers with a short page and a next link.</summary>
    public const int ScanLimit = 20_000;

    /// <summary>Our choice: the largest page of a collection where Microsoft's page names none.</summary>
    public const int MaxTop = 999;

    /// <summary>Our choice: the default page of a collection where Microsoft's page names none.</summary>
    public const int DefaultTop = 100;

    /// <summary>Our choice: a target of the Sms configuration that does not say <c>isUsableForSignIn</c> is no
    /// permission to sign in by SMS. (At Microsoft "use for sign-in" is on by default in the portal.)</summary>
    public const bool IsUsableForSignInByDefault = false;

    /// <summary>Our choice: a verification code of the step before or after the current one is accepted.</summary>
    public const int AcceptedTotpSteps = 1;

    /// <summary>Our choice: the state of system-preferred MFA for a user about whom the file says nothing.</summary>
    public const bool IsSystemPreferredByDefault = true;

    /// <summary>Our choice: v1.0 leaves hardware OATH methods out of <c>/methods</c>, for which it has no
    /// type.</summary>
    public const bool V1ShowsHardwareOath = false;

    /// <summary>Our choice: how much a timer may be early before a request counts as sent before its
    /// Retry-After.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMilliseconds(50);

    /// <summary>Our choice: requests that reach the sandbox this soon after a limit's refusal were under way already
    /// and
    /// do not count as sent before its Retry-After.</summary>
    public static readonly TimeSpan InFlightGrace = TimeSpan.FromMilliseconds(250);

    /// <summary>Our choice: how paths that do not exist are refused. Inside a batch a beta-only path on v1.0 is the
    /// documented 405; outside, an unknown segment is 400, a known path with another verb 405.</summary>
    public static GraphAnswer NoRoute(GraphRequest request, string[] segments, bool isElsewhere, bool isOtherMethod)
    {
        if (isOtherMethod)
        {
            return GraphAnswer.Fail(405, "UnknownError", $"The method {request.Method} is not allowed on this path.");
        }

        if (isElsewhere && request.InBatch && request.Version == ApiVersion.V1)
        {
            return GraphAnswer.Fail(405, "UnknownError", "The path exists in beta only.");
        }

        var last = segments.Length == 0 ? string.Empty : segments[^1];
        return GraphAnswer.Fail(400, "BadRequest", $"Resource not found for the segment '{last}'.");
    }

    /// <summary>Our choice: a filter that cannot be parsed.</summary>
    public static GraphAnswer BadFilter(string message) => GraphAnswer.Fail(400, "BadRequest", message);

    /// <summary>Our choice: a body that is no JSON, or not the JSON that is needed.</summary>
    public static GraphAnswer BadBody(string message) => GraphAnswer.Fail(400, "BadRequest", message);

    /// <summary>Our choice: a second phone of a type. Only the status 400 was ever seen.</summary>
    public static GraphAnswer PhoneTypeExists(string type) => GraphAnswer.Fail(
        400,
        "invalidRequest",
        $"A phone method of type {type} is registered already.");

    /// <summary>Our choice: a number not in the documented format.</summary>
    public static GraphAnswer BadPhoneNumber() => GraphAnswer.Fail(
        400,
        "invalidPhoneNumber",
        "The phone number must have the format '+<country code> <number>x<extension>'.");

    /// <summary>Our choice: a phone type that does not exist, or another than the method has.</summary>
    public static GraphAnswer BadPhoneType() => GraphAnswer.Fail(
        400,
        "invalidRequest",
        "phoneType must be mobile, alternateMobile or office, and cannot be changed.");

    /// <summary>Our choice: an alternate mobile without a mobile.</summary>
    public static GraphAnswer AlternateNeedsMobile() => GraphAnswer.Fail(
        400,
        "invalidRequest",
        "An alternateMobile phone needs a mobile phone first.");

    /// <summary>Our choice: the mobile cannot go before the alternate.</summary>
    public static GraphAnswer MobileHasAlternate() => GraphAnswer.Fail(
        400,
        "invalidRequest",
        "The mobile phone cannot be deleted while an alternateMobile phone exists.");

    /// <summary>Our choice: the number behind the default method cannot go.</summary>
    public static GraphAnswer PhoneIsDefault() => GraphAnswer.Fail(
        400,
        "invalidRequest",
        "The phone is the user's default method and cannot be deleted.");

    /// <summary>Our choice: which defaults a phone of a type stands behind.</summary>
    public static bool IsBehind(string phoneType, string? preferred) => preferred switch
    {
        "sms" or "voiceMobile" => phoneType == "mobile",
        "voiceAlternateMobile" => phoneType == "alternateMobile",
        "voiceOffice" => phoneType == "office",
        _ => false,
    };

    /// <summary>Our choice: a default method is accepted when the user has a method that serves it.</summary>
    public static bool CanPrefer(string preferred, UserAuthentication user) => preferred switch
    {
        "push" => user.Has(MethodCollection.Authenticator),
        "oath" => user.Has(MethodCollection.Authenticator)
            || user.Has(MethodCollection.SoftwareOath)
            || user.Has(MethodCollection.HardwareOath),
        "sms" or "voiceMobile" => user.Phone("mobile") is not null,
        "voiceAlternateMobile" => user.Phone("alternateMobile") is not null,
        "voiceOffice" => user.Phone("office") is not null,
        _ => false,
    };

    /// <summary>Our choice: a default method that the user has not registered.</summary>
    public static GraphAnswer PreferenceNotRegistered(string preferred) => GraphAnswer.Fail(
        400,
        "invalidRequest",
        $"The user has no method registered for {preferred}.");

    /// <summary>Our choice: null, or a value outside the enumeration, as default method or per-user MFA
    /// state.</summary>
    public static GraphAnswer BadValue(string property) => GraphAnswer.Fail(
        400,
        "invalidRequest",
        $"The value of {property} is not valid.");

    /// <summary>Our choice: what a PATCH leaves out of the registration campaign does not stay as it was but falls back
    /// to what it is without anybody having set it; whether Microsoft merges the object is not known.</summary>
    public static void FillCampaign(JsonObject policy) => RegistrationEnforcement.Complete(policy);

    /// <summary>Our choice: a method that is not there.</summary>
    public static GraphAnswer MethodNotFound() =>
        GraphAnswer.Fail(404, "resourceNotFound", "The method was not found.");

    /// <summary>Our choice: a second method of a kind of which a user can have one.</summary>
    public static GraphAnswer MethodExists() =>
        GraphAnswer.Fail(400, "invalidRequest", "The user has this method already.");

    /// <summary>Our choice: the status of a device created with <c>assignTo</c>; the pages contradict each
    /// other.</summary>
    public const string StatusWhenCreatedAssigned = "assigned";

    /// <summary>Our choice: a device that cannot be created, changed or found.</summary>
    public static GraphAnswer BadDevice(string why) =>
        GraphAnswer.Fail(400, "invalidRequest", $"The device is not valid: {why}.");

    /// <summary>Our choice: a serial number that the inventory has already.</summary>
    public static GraphAnswer SerialExists(string serial) => GraphAnswer.Fail(
        400,
        "invalidRequest",
        $"A device with the serial number '{serial}' exists already.");

    /// <summary>Our choice: a device that somebody has.</summary>
    public static GraphAnswer DeviceIsAssigned() =>
        GraphAnswer.Fail(400, "invalidRequest", "The device is assigned to a user.");

    /// <summary>Our choice: a verification code that the device does not show; <c>activate</c> then leaves the device
    /// as <c>failedActivation</c>, the combined calls leave it as it was.</summary>
    public static GraphAnswer WrongCode() =>
        GraphAnswer.Fail(400, "invalidRequest", "The verification code is not correct.");

    /// <summary>Our choice: how a sixth device and a token for a guest are refused.</summary>
    public static GraphAnswer? RefuseToken(SandboxUser user, UserAuthentication authentication)
    {
        if (authentication.Devices >= 5)
        {
            return GraphAnswer.Fail(400, "invalidRequest", "The user has five authenticator apps and tokens already.");
        }

        return "Guest".Equals(user.Properties.Text("userType"), StringComparison.OrdinalIgnoreCase)
            ? GraphAnswer.Fail(400, "invalidRequest", "A guest cannot have a hardware token.")
            : null;
    }

    /// <summary>Our choice: the answer of the bulk form; 201 with those that were created, the refusal of the first
    /// where none was.</summary>
    public static GraphAnswer BulkCreated(IReadOnlyList<GraphAnswer> each)
    {
        var created = each
            .Where(static answer => answer.Status == 201)
            .Select(static answer => answer.Body?.DeepClone())
            .ToArray();
        return created.Length == 0 && each.Count > 0
            ? each[0]
            : GraphAnswer.Created(new JsonObject { ["value"] = new JsonArray(created) });
    }

    /// <summary>Our choice: what a rollout policy cannot take; which of the documented limits the API enforces is
    /// unknown.</summary>
    public static GraphAnswer BadRollout(string why) =>
        GraphAnswer.Fail(400, "Request_BadRequest", $"The rollout policy cannot be written: {why}.");

    /// <summary>Our choice: adding a group to a rollout policy answers without a body, as was observed on the old
    /// path.</summary>
    public static GraphAnswer GroupAdded() => GraphAnswer.NoContent();

    /// <summary>Our choice: the names of methods in the registration report, with the configuration that allows them.
    /// Microsoft's list is open; the names for other phones, tokens and hardware OATH were seen nowhere.</summary>
    public static IEnumerable<(string Name, string? Configuration)> RegisteredNames(UserAuthentication user)
    {
        foreach (var phone in user.Phones)
        {
            yield return phone.Type switch
            {
                "mobile" => ("mobilePhone", "Sms"),
                "alternateMobile" => ("alternateMobilePhone", "Voice"),
                _ => ("officePhone", "Voice"),
            };
        }

        var collections = user.Methods.Select(static method => method.Collection);
        foreach (var collection in collections.Distinct(StringComparer.Ordinal))
        {
            (string, string?)? name = collection switch
            {
                MethodCollection.Email => ("email", null),
                MethodCollection.Authenticator => ("microsoftAuthenticatorPush", "MicrosoftAuthenticator"),
                MethodCollection.SoftwareOath => ("softwareOneTimePasscode", "SoftwareOath"),
                MethodCollection.HardwareOath => ("hardwareOneTimePasscode", "HardwareOath"),
                "fido2Methods" => ("fido2", "Fido2"),
                "windowsHelloForBusinessMethods" => ("windowsHelloForBusiness", "Fido2"),
                _ => null,
            };
            if (name is { } known)
            {
                yield return known;
            }
        }
    }

    /// <summary>Our choice: deleting a member without <c>/$ref</c> is always refused. At Microsoft an app that may
    /// manage
    /// users deletes the USER this way; one that may not gets this 403.</summary>
    public static GraphAnswer MemberNeedsRef() => GraphAnswer.Fail(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation. Without /$ref this would delete the member itself.");

    /// <summary>Our choice: a member that is one already; the status 400 is documented, the code is not.</summary>
    public static GraphAnswer MemberExists() => GraphAnswer.BadRequest(
        "One or more added object references already exist for the following modified properties: 'members'.");

    /// <summary>Our choice: how membership writes to synced and dynamic groups are refused.</summary>
    public static GraphAnswer GroupNotManaged(string why) => GraphAnswer.BadRequest(
        $"Unable to update the specified properties: the membership of this group is {why}.");

    /// <summary>Our choice: a group as its own member.</summary>
    public static GraphAnswer GroupInItself() => GraphAnswer.BadRequest("A group cannot be a member of itself.");

    /// <summary>Our choice: the code and wording of a 424 in a batch; the status is documented.</summary>
    public static GraphAnswer DependencyFailed() =>
        GraphAnswer.Fail(424, "FailedDependency", "A request this one depends on has failed.");

    /// <summary>Our choice: the code for PIM for Groups without its obligatory filter.</summary>
    public static GraphAnswer FilterMissing() =>
        GraphAnswer.Fail(400, "MissingParameters", "The filter needs groupId or principalId.");

    /// <summary>Our choice: what is shown as SMS sign-in state of a mobile that was never registered for it, depending
    /// on
    /// whether the policy would let the user sign in that way.</summary>
    public static string SmsStateOf(bool isAllowed) => isAllowed ? "notConfigured" : "notAllowedByPolicy";

    /// <summary>Our choice: the largest group, in direct users, that a rollout policy takes. The 200 are documented for
    /// a
    /// group's first addition; the sandbox holds every addition to it.</summary>
    public const int MaxUsersWhenAdded = 200;

    /// <summary>Our choice: the 504 of a batch item whose write took effect.</summary>
    public static GraphAnswer ItemTimedOut() => GraphAnswer.Fail(504, "GatewayTimeout", "The request timed out.");

    /// <summary>Our choice: the wording of a 503.</summary>
    public static GraphAnswer Unavailable() =>
        GraphAnswer.Fail(503, "ServiceUnavailable", "The service is unavailable.");

    /// <summary>Our choice: PIM lists in a tenant without the licence; the code was seen in several public
    /// tools.</summary>
    public static GraphAnswer NoPim() => GraphAnswer.Fail(
        400,
        "AadPremiumLicenseRequired",
        "The tenant needs an Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");

    /// <summary>Our choice: how the log names the step of a sign-in that the identity provider vouches for.</summary>
    public const string FederatedStep = "Federated";

    /// <summary>Our choice: the code of a rehearsed sign-in whose second factor was not passed; documented as a failure
    /// of strong authentication.</summary>
    public const int FailedMfa = 500121;

    /// <summary>Our choice: the code of a rehearsed sign-in of somebody who has no method; documented as the demand to
    /// register.</summary>
    public const int MustRegister = 50079;

    /// <summary>Our choice: with what a user answers in a rehearsed sign-in, the preferred method first, and how the log
    /// names it. Null for who has nothing. How it names hardware tokens and passkeys is not established.</summary>
    public static string? StepOf(UserAuthentication user) =>
        (user.PreferredMethod, user) switch
        {
            ("push", _) when user.Has(MethodCollection.Authenticator) => "Mobile app notification",
            ("sms", _) when user.Phone("mobile") is not null => "Text message",
            ("voiceMobile" or "voiceAlternateMobile" or "voiceOffice", { Phones.IsEmpty: false }) => "Phone call",
            _ when user.Has(MethodCollection.Authenticator) => "Mobile app notification",
            _ when user.Phone("mobile") is not null => "Text message",
            (_, { Phones.IsEmpty: false }) => "Phone call",
            _ when user.Has(MethodCollection.HardwareOath) || user.Has(MethodCollection.SoftwareOath) => "OATH verification code",
            _ when user.Has("fido2Methods") || user.Has("windowsHelloForBusinessMethods") => "Passkey",
            _ => null,
        };

    /// <summary>Our choice: what What If answers as reason for a policy that applies.</summary>
    public const string NoWhatIfReason = "notSet";

    /// <summary>Our choice: the reason of a policy that does not apply is the condition's name; of Microsoft's words only
    /// notEnoughInformation is established.</summary>
    public static string WhatIfReason(string condition) => condition;
}
