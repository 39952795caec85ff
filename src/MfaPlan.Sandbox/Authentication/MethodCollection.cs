using MfaPlan.Sandbox.Http;
using MfaPlan.Sandbox.Permissions;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>A typed collection of methods under a user's <c>authentication</c>.</summary>
internal sealed record MethodCollection(
    string Name,
    string ODataType,
    ApiVersion Versions,
    Access Read,
    Access Write,
    bool CanDelete = true)
{
    public const string HardwareOath = "hardwareOathMethods";
    public const string SoftwareOath = "softwareOathMethods";
    public const string Authenticator = "microsoftAuthenticatorMethods";
    public const string TemporaryAccessPass = "temporaryAccessPassMethods";
    public const string Email = "emailMethods";

    /// <summary>All but phones, in the order in which <c>/methods</c> lists them.</summary>
    public static readonly IReadOnlyList<MethodCollection> All =
    [
        Of(
            "passwordMethods",
            "password",
            ApiVersion.Both,
            Access.MethodsRead,
            Access.MethodsWrite) with { CanDelete = false },
        Of(Email, "email", ApiVersion.Both, Access.EmailRead, Access.EmailWrite),
        Of("fido2Methods", "fido2", ApiVersion.Both, Access.PasskeyRead, Access.PasskeyWrite),
        Of(Authenticator, "microsoftAuthenticator", ApiVersion.Both, Access.AppRead, Access.AppWrite),
        Of(
            "passwordlessMicrosoftAuthenticatorMethods",
            "passwordlessMicrosoftAuthenticator",
            ApiVersion.Beta,
            Access.AppRead,
            Access.AppWrite),
        Of(SoftwareOath, "softwareOath", ApiVersion.Both, Access.SoftwareOathRead, Access.SoftwareOathWrite),
        Of(HardwareOath, "hardwareOath", ApiVersion.Beta, Access.HardwareOathRead, Access.HardwareOathWrite),
        Of(TemporaryAccessPass, "temporaryAccessPass", ApiVersion.Both, Access.PassRead, Access.PassWrite),
        Of(
            "windowsHelloForBusinessMethods",
            "windowsHelloForBusiness",
            ApiVersion.Both,
            Access.MethodsRead,
            Access.MethodsWrite),
        Of("platformCredentialMethods", "platformCredential", ApiVersion.Both, Access.MethodsRead, Access.MethodsWrite),
        Of("externalAuthenticationMethods", "external", ApiVersion.Both, Access.MethodsRead, Access.MethodsWrite),
    ];

    /// <summary>What counts towards the five devices of a user (graph-api.md 3.11).</summary>
    public static bool IsDevice(string name) => name is HardwareOath or SoftwareOath or Authenticator;

    public static MethodCollection? Find(string name) =>
        All.FirstOrDefault(collection => collection.Name.Equals(name, StringComparison.Ordinal));

    private static MethodCollection Of(string name, string type, ApiVersion versions, Access read, Access write) =>
        new(name, $"#microsoft.graph.{type}AuthenticationMethod", versions, read, write);
}
