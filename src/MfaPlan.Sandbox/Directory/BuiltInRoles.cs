using System.Text.Json;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>The built-in roles of graph-api.md 12a; a file may add custom ones, or replace these.</summary>
internal static class BuiltInRoles
{
    public static readonly IReadOnlyList<JsonElement> All =
    [
        Role("62e90394-69f5-4237-9190-012177145e10", "Global Administrator", true),
        Role("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", true),
        Role("7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator", true),
        Role("c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator", true),
        Role("0526716b-113d-4c15-b2c8-68e3c22b9f80", "Authentication Policy Administrator", false),
        Role("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator", true),
        Role("194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator", true),
        Role("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", true),
        Role("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", false),
        Role("f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator", false),
        Role("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", true),
        Role("8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator", true),
        Role("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", true),
        Role("158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", true),
        Role("966707d0-3269-4727-9be2-8c3a10f19b9d", "Password Administrator", true),
        Role("d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts", false),
        Role("b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator", false),
        Role("69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator", false),
        Role("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator", true),
        Role("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", true),
        Role("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", true),
        Role("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", false),
    ];

    private static JsonElement Role(string id, string name, bool isPrivileged) => Json.Element(
        new System.Text.Json.Nodes.JsonObject
        {
            ["id"] = id,
            ["displayName"] = name,
            ["templateId"] = id,
            ["isBuiltIn"] = true,
            ["isEnabled"] = true,
            ["isPrivileged"] = isPrivileged,
        });
}
