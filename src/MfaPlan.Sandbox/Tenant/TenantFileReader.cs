using System.Globalization;
using System.Text.Json;
using MfaPlan.Sandbox.Authentication;
using MfaPlan.Sandbox.Directory;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Reads a tenant file as a stream of users and groups, so that a large one is never held as a tree.</summary>
internal sealed class TenantFileReader
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly DocumentReader _documents;
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SandboxUser> _users = [];
    private readonly List<(JsonElement Group, string At)> _groups = [];
    private string _tenantId = "00000000-0000-0000-0000-000000000000";
    private TimeSpan _offset;
    private DateTimeOffset? _startsAt;
    private SandboxSwitches _switches = SandboxSwitches.None;

    private TenantFileReader(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        _documents = new(this);
    }

    /// <summary>A reader for parts of a write-ahead file.</summary>
    public static TenantFileReader ForReplay(string path) => new(path, []);

    /// <summary>Reads a file.</summary>
    /// <exception cref="SandboxFileException">The file is missing or is no tenant.</exception>
    public static TenantContent Read(string path)
    {
        try
        {
            return new TenantFileReader(path, File.ReadAllBytes(path)).Content();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SandboxFileException(
                $"{path}: the tenant file does not exist. Give the path of a tenant file.",
                problem);
        }
        catch (JsonException problem)
        {
            throw new SandboxFileException(
                $"{path}({problem.LineNumber + 1},{problem.BytePositionInLine + 1}): this is not JSON: "
                + $"{problem.Message} Correct the file; comments and trailing commas are not allowed.",
                problem);
        }
    }

    private JsonElement Slice(ref Utf8JsonReader reader, byte[] bytes)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        try
        {
            return JsonElement.Parse(bytes.AsSpan(start, (int)reader.BytesConsumed - start), Json.Strict);
        }
        catch (JsonException problem)
        {
            var line = bytes.AsSpan(0, start).Count((byte)'\n') + (problem.LineNumber ?? 0) + 1;
            throw new SandboxFileException($"{_path}({line}): {problem.Message} Give each property once.", problem);
        }
    }

    private TenantContent Content()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var reader = new Utf8JsonReader(_bytes.AsSpan().StartsWith(mark) ? _bytes.AsSpan(3) : _bytes);
        var bytes = _bytes.AsSpan().StartsWith(mark) ? _bytes[3..] : _bytes;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong("$", "a tenant is an object", "Start the file with '{'.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? string.Empty;
            reader.Read();
            ReadTop(name, ref reader, bytes);
        }

        // Whatever follows the object is an error that the reader reports.
        while (reader.Read())
        {
            reader.Skip();
        }

        var devices = new DeviceReader(_documents.Found, this).Read(_users);
        var groups = ReadGroups();
        return new()
        {
            TenantId = _tenantId,
            Users = _users,
            Groups = groups,
            Documents = _documents.Found,
            Devices = devices,
            ClockOffset = _offset,
            StartsAt = _startsAt,
            Switches = _switches,
        };
    }

    private void ReadTop(string name, ref Utf8JsonReader reader, byte[] bytes)
    {
        switch (name)
        {
            case "tenantId":
                _tenantId = reader.TokenType == JsonTokenType.String
                    ? reader.GetString() ?? _tenantId
                    : throw Wrong(name, "the tenant id is a text", "Give a GUID in quotes.");
                break;
            case "users":
                ReadUsers(ref reader, bytes);
                break;
            case "groups":
                RequireArray(name, reader.TokenType);
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    _groups.Add((Slice(ref reader, bytes), $"groups[{i}]"));
                }

                break;
            case "sandbox":
                ReadSandbox(Slice(ref reader, bytes));
                break;
            default:
                if (!KnownNames.Top.Contains(name, StringComparer.Ordinal) && name[0] is not ('$' or '@'))
                {
                    throw Unknown("$", name, KnownNames.Top);
                }

                _documents.Read(name, Slice(ref reader, bytes));
                break;
        }
    }

    private void RequireArray(string at, JsonTokenType token)
    {
        if (token != JsonTokenType.StartArray)
        {
            throw Wrong(at, "this must be an array", "Put the objects into '[ ]'.");
        }
    }

    private void ReadUsers(ref Utf8JsonReader reader, byte[] bytes)
    {
        RequireArray("users", reader.TokenType);
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var line = reader.TokenStartIndex;
            var user = Slice(ref reader, bytes);
            var at = $"users[{i}]";
            CheckNames(user, at, KnownNames.User, line);
            var id = RequireId(user, at, line);
            var name = user.Text("userPrincipalName")
                ?? throw Wrong(at, "the user has no userPrincipalName", "Add one.", line);
            if (!_names.Add(name))
            {
                throw Wrong(
                    $"{at}.userPrincipalName",
                    $"\"{name}\" is used twice",
                    "Give each user a name of its own.",
                    line);
            }

            var authentication = user.TryGetProperty("authentication", out var methods)
                ? new AuthenticationReader(id, $"{at}.authentication", this).Read(methods)
                : UserAuthentication.None;
            _users.Add(new(
                id,
                name,
                user.Text("onPremisesSecurityIdentifier"),
                Without(user, "authentication"),
                authentication));
        }
    }

    private string RequireId(JsonElement item, string at, long? line = null)
    {
        var id = item.Text("id") ?? throw Wrong(at, "the object has no id", "Give it a GUID as \"id\".", line);
        return _ids.Add(id)
            ? id
            : throw Wrong($"{at}.id", $"\"{id}\" is used twice", "Give each user and group an id of its own.", line);
    }

    private static byte[] Without(JsonElement item, params ReadOnlySpan<string> names)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = Json.Compact.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var property in item.EnumerateObject())
            {
                if (!names.Contains(property.Name))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private List<SandboxGroup> ReadGroups()
    {
        foreach (var (group, at) in _groups)
        {
            CheckNames(group, at, KnownNames.Group);
            RequireId(group, at);
        }

        var groupIds = _groups
            .Select(static pair => pair.Group.Text("id"))
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var groups = new List<SandboxGroup>(_groups.Count);
        foreach (var (group, at) in _groups)
        {
            var members = References(group, "members", at).ToList();
            groups.Add(new(
                group.Text("id") ?? string.Empty,
                JsonElement.Parse(Without(group, "members", "owners")),
                [.. References(group, "owners", at)],
                GroupMembers.Of(
                    members.Where(id => !groupIds.Contains(id)),
                    members.Where(groupIds.Contains))));
        }

        return groups;
    }

    private IEnumerable<string> References(JsonElement group, string name, string at)
    {
        var i = 0;
        foreach (var item in group.Items(name))
        {
            var id = item.ValueKind == JsonValueKind.String ? item.GetString() : item.Text("id");
            if (id is null || !_ids.Contains(id))
            {
                throw Wrong(
                    $"{at}.{name}[{i}]",
                    $"{item.GetRawText()} is no id of a user or group of this file",
                    "Give an existing id, or add the user.");
            }

            i++;
            yield return id;
        }
    }

    private void ReadSandbox(JsonElement value)
    {
        CheckNames(value, "sandbox", ["clockOffset", "startsAt", .. SandboxSwitches.Defaults.Keys]);
        _switches = SandboxSwitches.Read(value);
        if (value.Text("clockOffset") is { } text
            && !TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out _offset))
        {
            throw Wrong("sandbox.clockOffset", $"\"{text}\" is no duration", "Write days, hours, minutes: 1.00:00:00.");
        }

        if (value.Text("startsAt") is not { } start)
        {
            return;
        }

        if (value.Text("clockOffset") is not null)
        {
            throw Wrong("sandbox.startsAt", "the clock has a beginning and an offset", "Give one of them.");
        }

        _startsAt = DateTimeOffset.TryParseExact(
            start,
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant)
            ? instant
            : throw Wrong("sandbox.startsAt", $"\"{start}\" is no instant", "Write it in UTC: 2026-10-05T06:00:00Z.");
    }

    /// <summary>Refuses names that nobody would look at.</summary>
    internal void CheckNames(JsonElement item, string at, IEnumerable<string> known, long? line = null)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(at, "this must be an object", "Correct the value.", line);
        }

        var names = known as IReadOnlySet<string> ?? known.ToHashSet(StringComparer.Ordinal);
        foreach (var property in item.EnumerateObject())
        {
            if (!names.Contains(property.Name) && !property.Name.Contains('@', StringComparison.Ordinal))
            {
                throw Unknown(at, property.Name, names, line);
            }
        }
    }

    /// <summary>The exception for something wrong at a place.</summary>
    internal SandboxFileException Wrong(string at, string what, string remedy, long? offset = null) => new(
        $"{_path}{(offset is { } start ? $"({_bytes.AsSpan(0, (int)start).Count((byte)'\n') + 1})" : string.Empty)}: "
        + $"{at}: {what}. {remedy}");

    /// <summary>The exception for a name that nobody knows, with the nearest that is known.</summary>
    internal SandboxFileException Unknown(string at, string name, IEnumerable<string> known, long? offset = null) =>
        KnownNames.Nearest(name, known) is { } nearest
            ? Wrong(at, $"\"{name}\" is not known here", $"Did you mean \"{nearest}\"?", offset)
            : Wrong(at, $"\"{name}\" is not known here", $"Known are {FirstOf(known)}.", offset);

    private static string FirstOf(IEnumerable<string> known) =>
        string.Join(", ", known.Order(StringComparer.Ordinal).Take(20));
}
