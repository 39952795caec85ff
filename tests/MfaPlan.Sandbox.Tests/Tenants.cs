namespace MfaPlan.Sandbox.Tests;

/// <summary>Tenants that several tests start from.</summary>
internal static class Tenants
{
    public const string Ann = "00000000-0000-0000-0000-0000000000a1";
    public const string Bob = "00000000-0000-0000-0000-0000000000b2";
    public const string Mobile = "3179e48a-750b-4051-897c-87b9720928f7";
    public const string Alternate = "b6332ec1-7057-4abe-9331-3d72feddfe41";
    public const string Office = "e37fc753-ff3b-4958-9484-eaa9425c82bc";

    /// <summary>Ann without any method, Bob with a phone and an app; a parent group that holds a nested one.</summary>
    public static string Small(string more = "") => $$"""
        { "tenantId": "7f3c0000-0000-0000-0000-000000000001",
          "users": [
            { "id": "{{Ann}}", "userPrincipalName": "ann@contoso.com", "displayName": "Ann", "accountEnabled": true,
              "onPremisesSecurityIdentifier": "S-1-5-21-1-1001", "onPremisesSamAccountName": "ann" },
            { "id": "{{Bob}}", "userPrincipalName": "bob@contoso.com", "displayName": "Bob", "accountEnabled": true,
              "authentication": {
                "phoneMethods": [ { "phoneType": "mobile", "phoneNumber": "+44 7700900123" } ],
                "microsoftAuthenticatorMethods": [ { "displayName": "Pixel" } ],
                "signInPreferences": { "userPreferredMethodForSecondaryAuthentication": "push" } } } ],
          "groups": [
            { "id": "00000000-0000-0000-0000-0000000000f1", "displayName": "Parent's", "securityEnabled": true,
              "members": [ "{{Ann}}", "00000000-0000-0000-0000-0000000000f2" ] },
            { "id": "00000000-0000-0000-0000-0000000000f2", "displayName": "Nested", "securityEnabled": true,
              "members": [ "{{Bob}}", "{{Ann}}" ] },
            { "id": "00000000-0000-0000-0000-0000000000f3", "displayName": "Dynamic", "groupTypes": [ "DynamicMembership" ] },
            { "id": "00000000-0000-0000-0000-0000000000f4", "displayName": "Synced", "onPremisesSyncEnabled": true },
            { "id": "00000000-0000-0000-0000-0000000000f5", "displayName": "Empty", "securityEnabled": true } ]{{more}} }
        """;

    public static string User(string id) => $"v1.0/users/{id}/authentication";

    public static string BetaUser(string id) => $"beta/users/{id}/authentication";

    public static string Group(char last) => $"v1.0/groups/00000000-0000-0000-0000-0000000000f{last}";

    public static string Phone(string type, string number) =>
        $$"""{ "phoneType": "{{type}}", "phoneNumber": "{{number}}" }""";

    /// <summary>Many users, all in one group.</summary>
    public static string Many(int count, string more = "")
    {
        var ids = Enumerable.Range(0, count).Select(static i => $"00000000-0000-0000-0000-{i:D12}").ToList();
        var users = string.Join(",\n", ids.Select(
            (id, i) => $$"""{ "id": "{{id}}", "userPrincipalName": "user{{i}}@contoso.com" }"""));
        var members = string.Join(',', ids.Select(static id => $"\"{id}\""));
        return $$"""
            { "users": [ {{users}} ],
              "groups": [ { "id": "10000000-0000-0000-0000-0000000000f1", "displayName": "All", "members": [ {{members}} ] } ]{{more}} }
            """;
    }
}
