using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Writing;

/// <summary>The places of phones, as the service names them: constants, the same for every user.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/phoneauthenticationmethod"/>
internal static class PhoneMethodIds
{
    /// <summary>The method id of a place.</summary>
    public static string Of(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "3179e48a-750b-4051-897c-87b9720928f7",
        PhoneSlot.AlternateMobile => "b6332ec1-7057-4abe-9331-3d72feddfe41",
        _ => "e37fc753-ff3b-4958-9484-eaa9425c82bc",
    };

    /// <summary>The phoneType of a place.</summary>
    public static string TypeOf(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => "mobile",
        PhoneSlot.AlternateMobile => "alternateMobile",
        _ => "office",
    };
}
