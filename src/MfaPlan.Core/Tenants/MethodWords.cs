namespace MfaPlan.Core.Tenants;

/// <summary>Kinds of method in words.</summary>
public static class MethodWords
{
    /// <summary>The kind's name in a plan, below <c>policy.ensure</c>.</summary>
    public static string InPlan(MethodKind kind) => kind switch
    {
        MethodKind.Sms => "sms",
        MethodKind.Voice => "voice",
        MethodKind.Authenticator => "microsoftAuthenticator",
        MethodKind.SoftwareOath => "softwareOath",
        _ => "hardwareOath",
    };

    /// <summary>The kind for people, at the beginning of a sentence.</summary>
    public static string ForPeople(MethodKind kind) => kind switch
    {
        MethodKind.Sms => "Text messages",
        MethodKind.Voice => "Calls",
        MethodKind.Authenticator => "Microsoft Authenticator",
        MethodKind.SoftwareOath => "Software tokens",
        _ => "Hardware tokens",
    };
}
