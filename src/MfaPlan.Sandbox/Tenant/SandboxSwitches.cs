using System.Text.Json;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>How the tenant behaves where tenants differ, or where it is not known what Microsoft does; under
/// <c>sandbox</c> in the file.</summary>
internal sealed record SandboxSwitches
{
    /// <summary>Each switch by its name in the file, with the value it has when the file says nothing.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Defaults = new Dictionary<string, bool>(
        StringComparer.Ordinal)
    {
        ["pimLicensed"] = true,
        ["perUserMfaStateOnUsers"] = false,
        ["protectsAdmins"] = false,
    };

    private readonly Dictionary<string, bool> _values;

    private SandboxSwitches(Dictionary<string, bool> values) => _values = values;

    public static SandboxSwitches None { get; } = new([]);

    /// <summary>Whether the tenant may use PIM; without, its lists answer <c>AadPremiumLicenseRequired</c>.</summary>
    public bool IsPimLicensed => this["pimLicensed"];

    /// <summary>Whether <c>/users</c> knows <c>perUserMfaState</c>, which works in production and is in no
    /// schema.</summary>
    public bool ShowsPerUserMfaState => this["perUserMfaStateOnUsers"];

    /// <summary>Whether an app is refused writes to the methods of users with an active role.</summary>
    public bool ProtectsAdmins => this["protectsAdmins"];

    /// <summary>The switches that differ from their default, in order.</summary>
    public IEnumerable<KeyValuePair<string, bool>> Changed => Defaults.Keys
        .Where(name => this[name] != Defaults[name])
        .Select(name => KeyValuePair.Create(name, this[name]));

    private bool this[string name] => _values.TryGetValue(name, out var value) ? value : Defaults[name];

    public static SandboxSwitches Read(JsonElement section) => new(Defaults.Keys
        .Where(name => section.Flag(name) is not null)
        .ToDictionary(static name => name, name => section.Flag(name) == true, StringComparer.Ordinal));
}
