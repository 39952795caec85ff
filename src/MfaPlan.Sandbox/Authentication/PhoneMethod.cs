using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Authentication;

/// <summary>A phone of a user; the type decides the id.</summary>
internal sealed partial record PhoneMethod(string Type, string Number, string? SmsSignInState, string? Created)
{
    public const string ODataType = "#microsoft.graph.phoneAuthenticationMethod";

    /// <summary>The types with their constant ids (graph-api.md 3.2).</summary>
    public static readonly IReadOnlyDictionary<string, string> Ids =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mobile"] = "3179e48a-750b-4051-897c-87b9720928f7",
            ["alternateMobile"] = "b6332ec1-7057-4abe-9331-3d72feddfe41",
            ["office"] = "e37fc753-ff3b-4958-9484-eaa9425c82bc",
        };

    public string Id => Ids[Type];

    /// <summary>Whether a number has the documented format: plus, country code, space, number, optional
    /// extension.</summary>
    public static bool IsNumber(string number) => NumberFormat().IsMatch(number);

    public JsonObject ToJson(string smsSignInState) => new()
    {
        ["@odata.type"] = ODataType,
        ["id"] = Id,
        ["createdDateTime"] = Created,
        ["phoneNumber"] = Number,
        ["phoneType"] = Type,
        ["smsSignInState"] = smsSignInState,
    };

    public JsonObject ToFile()
    {
        var node = new JsonObject { ["id"] = Id, ["phoneType"] = Type, ["phoneNumber"] = Number };
        if (SmsSignInState is not null)
        {
            node["smsSignInState"] = SmsSignInState;
        }

        if (Created is not null)
        {
            node["createdDateTime"] = Created;
        }

        return node;
    }

    public static PhoneMethod FromFile(JsonElement item) => new(
        item.Text("phoneType") ?? string.Empty,
        item.Text("phoneNumber") ?? string.Empty,
        item.Text("smsSignInState"),
        item.Text("createdDateTime"));

    [GeneratedRegex(@"^\+[1-9][0-9]{0,2} [0-9]{4,15}(x[0-9]{1,15})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberFormat();
}
