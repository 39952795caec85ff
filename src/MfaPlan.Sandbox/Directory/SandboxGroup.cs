using System.Text.Json;
using MfaPlan.Sandbox.Tenant;

namespace MfaPlan.Sandbox.Directory;

/// <summary>A group with its members and owners.</summary>
internal sealed class SandboxGroup(
    string id,
    JsonElement properties,
    IReadOnlyList<string> owners,
    GroupMembers members)
{
    private FlatMembers? _flat;

    public string Id => id;

    /// <summary>The object as in the tenant file, without members and owners.</summary>
    public JsonElement Properties => properties;

    public IReadOnlyList<string> Owners => owners;

    public Versioned<GroupMembers> Members { get; } = new(members);

    /// <summary>Held while members are checked and changed.</summary>
    public Lock Gate { get; } = new();

    public bool IsDynamic => HasType("DynamicMembership");

    public bool IsUnified => HasType("Unified");

    public bool IsSynced => properties.Flag("onPremisesSyncEnabled") == true;

    /// <summary>The flattened members as computed last; whoever reads it checks that it is still true.</summary>
    public FlatMembers? Flat
    {
        get => Volatile.Read(ref _flat);
        set => Volatile.Write(ref _flat, value);
    }

    private bool HasType(string type) =>
        properties.Items("groupTypes").Any(
            value => value.ValueKind == JsonValueKind.String && value.GetString() == type);
}
