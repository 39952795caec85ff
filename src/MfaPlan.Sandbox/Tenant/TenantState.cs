using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;
using MfaPlan.Sandbox.Faults;
using MfaPlan.Sandbox.Limits;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>The tenant in memory. Every effective write goes through here: memory first, then the write-ahead
/// file.</summary>
internal sealed class TenantState
{
    public TenantState(TenantContent content, TimeProvider time)
    {
        TenantId = content.TenantId;
        Switches = content.Switches;
        Users = new(content.Users);
        Groups = new(content.Groups);
        Documents = new(content.Documents);
        Devices = new(content.Devices);
        Clock = new(time, content.StartsAt is { } start ? start - time.GetUtcNow() : content.ClockOffset);
        Faults = FaultSettings.Read(Documents.Current(DocumentPaths.Faults));
        Limits = LimitSettings.Read(Documents.Current(DocumentPaths.Limits));
        Permissions = Documents.Current(DocumentPaths.Permissions) is { } permissions
            ? permissions.EnumerateArray()
                .Where(static item => item.ValueKind == JsonValueKind.String)
                .Select(static item => item.GetString())
                .OfType<string>()
                .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            : null;
        foreach (var user in content.Users)
        {
            Track(user, UserAuthentication.None, user.Authentication.Current);
        }
    }

    public string TenantId { get; }

    public SandboxSwitches Switches { get; }

    public UserDirectory Users { get; }

    public GroupDirectory Groups { get; }

    public Documents Documents { get; }

    public HardwareInventory Devices { get; }

    public SandboxClock Clock { get; }

    public FaultSettings Faults { get; }

    public LimitSettings Limits { get; }

    /// <summary>What the caller holds; null = everything.</summary>
    public FrozenSet<string>? Permissions { get; }

    /// <summary>Where effective writes are kept before they are answered; null while loading, and in memory
    /// only.</summary>
    public StateLog? Log { get; set; }

    public DateTimeOffset Now => Clock.Now;

    /// <summary>Numbers that are in use for SMS sign-in, with the user they sign in.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> SmsSignInNumbers { get; } =
        new(StringComparer.Ordinal);

    /// <summary>The Sms configuration, with the version of the policy it was taken from.</summary>
    public Tuple<object, JsonElement>? SmsConfiguration { get; set; }

    /// <summary>Replaces what is known of a user's methods; the caller holds the user's gate.</summary>
    public void Put(SandboxUser user, UserAuthentication next)
    {
        Set(user, next, Faults.ReplicationDelay);
        Log?.Append([Change(user, next)]);
    }

    /// <summary>Replaces a device and, with it, the methods of a user; the caller holds both gates.</summary>
    public void Put(string deviceId, HardwareDevice? device, SandboxUser? user = null, UserAuthentication? next = null)
    {
        Devices.Write(deviceId, device, Now, Faults.ReplicationDelay);
        var changes = new List<JsonObject>
        {
            new() { ["kind"] = "device", ["id"] = deviceId, ["value"] = device?.ToFile() },
        };
        if (user is not null && next is not null)
        {
            Set(user, next, Faults.ReplicationDelay);
            changes.Add(Change(user, next));
        }

        Log?.Append(changes);
    }

    /// <summary>Changes the members of a group; the caller holds the group's gate.</summary>
    public void Put(SandboxGroup group, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        Set(group, add, remove, Faults.ReplicationDelay);
        Log?.Append(
        [
            new()
            {
                ["kind"] = "members",
                ["group"] = group.Id,
                ["add"] = Texts(add),
                ["remove"] = Texts(remove),
            },
        ]);
    }

    /// <summary>Replaces a document; the caller holds the documents' gate.</summary>
    public void Put(string path, JsonElement value)
    {
        Documents.Write(path, value, Now, Faults.ReplicationDelay);
        Log?.Append([new() { ["kind"] = "document", ["path"] = path, ["value"] = Json.Node(value) }]);
    }

    /// <summary>Moves the tenant's clock.</summary>
    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Log?.Append(
            [new() { ["kind"] = "clock", ["offset"] = Clock.Offset.ToString("c", CultureInfo.InvariantCulture) }]);
    }

    /// <summary>Repeats a change from the write-ahead file.</summary>
    public void Replay(JsonElement change, string path)
    {
        switch (change.Text("kind"))
        {
            case "authentication" when Users.ById(change.Text("user") ?? string.Empty) is { } user:
                var reader = new AuthenticationReader(user.Id, "authentication", TenantFileReader.ForReplay(path));
                Set(user, reader.Read(change.GetProperty("value")), TimeSpan.Zero);
                break;
            case "device" when change.Text("id") is { } id:
                var value = change.GetProperty("value");
                Devices.Write(
                    id,
                    value.ValueKind == JsonValueKind.Object ? HardwareDevice.FromFile(value) : null,
                    Now,
                    TimeSpan.Zero);
                break;
            case "members" when Groups.Find(change.Text("group") ?? string.Empty) is { } group:
                Set(group, Texts(change, "add"), Texts(change, "remove"), TimeSpan.Zero);
                break;
            case "document" when change.Text("path") is { } document:
                Documents.Write(document, change.GetProperty("value"), Now, TimeSpan.Zero);
                break;
            case "clock":
                Clock.Set(TimeSpan.ParseExact(change.Text("offset") ?? "00:00:00", "c", CultureInfo.InvariantCulture));
                break;
            default:
                throw new SandboxFileException(
                    $"{path}: a change of kind \"{change.Text("kind")}\" names something that the state does not have. "
                    + "State and write-ahead file do not belong together: delete both to start from the tenant file.");
        }
    }

    private static JsonObject Change(SandboxUser user, UserAuthentication next) =>
        new() { ["kind"] = "authentication", ["user"] = user.Id, ["value"] = next.ToFile() };

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(static text => (JsonNode)text)]);

    private static List<string> Texts(JsonElement change, string name) =>
        [.. change.Items(name).Select(static item => item.GetString()).OfType<string>()];

    private void Set(SandboxUser user, UserAuthentication next, TimeSpan delay)
    {
        Track(user, user.Authentication.Current, next);
        user.Authentication.Write(next, Now, delay);
    }

    private void Set(SandboxGroup group, IReadOnlyList<string> add, IReadOnlyList<string> remove, TimeSpan delay)
    {
        var old = group.Members.Current;
        var next = new GroupMembers(
            old.Users.Except(remove).Union(add.Where(id => Groups.Find(id) is null)),
            old.Groups.Except(remove).Union(add.Where(id => Groups.Find(id) is not null)));
        group.Members.Write(next, Now, delay);
    }

    private void Track(SandboxUser user, UserAuthentication old, UserAuthentication next)
    {
        if (old.Phone("mobile") is { SmsSignInState: "ready" } was)
        {
            SmsSignInNumbers.TryRemove(new(was.Number, user.Id));
        }

        if (next.Phone("mobile") is { SmsSignInState: "ready" } now)
        {
            SmsSignInNumbers.TryAdd(now.Number, user.Id);
        }
    }
}
