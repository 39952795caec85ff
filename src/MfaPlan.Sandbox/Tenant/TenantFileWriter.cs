using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Writes a tenant in the format it is read from.</summary>
internal static class TenantFileWriter
{
    public static string Show(TenantState tenant)
    {
        using var stream = new MemoryStream();
        Write(tenant, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Write(TenantState tenant, Stream stream)
    {
        using var writer = new Utf8JsonWriter(
            stream,
            new() { Indented = true, NewLine = "\n", Encoder = Json.Indented.Encoder });
        writer.WriteStartObject();
        writer.WriteString("tenantId", tenant.TenantId);
        WriteUsers(tenant, writer);
        WriteGroups(tenant, writer);
        foreach (var (name, value) in DocumentTree(tenant))
        {
            writer.WritePropertyName(name);
            value?.WriteTo(writer);
        }

        WriteSandbox(tenant, writer);
        writer.WriteEndObject();
        writer.Flush();
        stream.Write("\n"u8);
    }

    private static void WriteUsers(TenantState tenant, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("users");
        foreach (var user in tenant.Users.All)
        {
            writer.WriteStartObject();
            foreach (var property in user.Properties.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            var authentication = user.Authentication.Current;
            if (!authentication.IsEmpty)
            {
                writer.WritePropertyName("authentication");
                authentication.ToFile().WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteGroups(TenantState tenant, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("groups");
        foreach (var group in tenant.Groups.All)
        {
            writer.WriteStartObject();
            foreach (var property in group.Properties.EnumerateObject())
            {
                property.WriteTo(writer);
            }

            if (group.Owners.Count > 0)
            {
                WriteTexts(writer, "owners", group.Owners);
            }

            var members = group.Members.Current;
            WriteTexts(writer, "members", members.Users.Concat(members.Groups));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static JsonObject DocumentTree(TenantState tenant)
    {
        var root = new JsonObject();
        foreach (var path in DocumentPaths.All)
        {
            var value = path == DocumentPaths.HardwareDevices
                ? Devices(tenant)
                : tenant.Documents.Current(path) is { } document ? Json.Node(document) : null;
            if (value is null)
            {
                continue;
            }

            var names = path.Split('/');
            var node = root;
            foreach (var name in names[..^1])
            {
                if (node[name] is not JsonObject next)
                {
                    node[name] = next = [];
                }

                node = next;
            }

            node[names[^1]] = value;
        }

        return root;
    }

    private static JsonArray? Devices(TenantState tenant)
    {
        var devices = tenant.Devices.AllIds
            .Select(tenant.Devices.Current)
            .OfType<Authentication.HardwareDevice>()
            .Select(static device => (JsonNode)device.ToFile())
            .ToArray();
        return devices.Length == 0 ? null : new JsonArray(devices);
    }

    private static void WriteSandbox(TenantState tenant, Utf8JsonWriter writer)
    {
        var switches = tenant.Switches.Changed.ToList();
        if (tenant.Clock.Offset == TimeSpan.Zero && switches.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("sandbox");
        if (tenant.Clock.Offset != TimeSpan.Zero)
        {
            writer.WriteString("clockOffset", tenant.Clock.Offset.ToString("c", CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in switches)
        {
            writer.WriteBoolean(name, value);
        }

        writer.WriteEndObject();
    }
}
