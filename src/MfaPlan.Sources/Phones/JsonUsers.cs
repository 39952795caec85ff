using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.Phones;

/// <summary>
/// Reads users out of saved answers of a web service: JSON values one after the other, however many a file.
/// </summary>
internal static class JsonUsers
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">What is expected, in words, for a message.</param>
    /// <param name="usersOf">The users in one JSON value; null when it has another shape.</param>
    /// <param name="nameOf">The name of a user; empty when it has none.</param>
    /// <param name="read">Whether enabled, and phones of a user.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users; their row is their position in the file, from 1, because JSON has no rows.</returns>
    public static async Task<Checked<SourceTable>> ReadAsync(
        InputFile file,
        string shape,
        Func<JsonElement, IEnumerable<JsonElement>?> usersOf,
        Func<JsonElement, string> nameOf,
        Func<JsonElement, (bool IsEnabled, UserPhones Phones)> read,
        CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var whole = await WholeFile.ReadAsync(log, cancel);
        if (whole is null)
        {
            return new(null, log.ToDiagnostics());
        }

        var damaged = new DamagedNames(log);
        var users = new List<SourceUser>();
        var firstRows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        long row = 0;
        foreach (var element in ElementsOf(whole.Bytes, shape, usersOf, log))
        {
            cancel.ThrowIfCancellationRequested();
            row++;
            var username = Try(element, nameOf);
            if (JsonNames.TwiceIn(element) is { } twice)
            {
                log.Damaged(RecordDiagnostics.MemberTwiceAt(file.Path, row, twice));
                damaged.Add(username, row);
                continue;
            }

            if (string.IsNullOrEmpty(username)
                || Try<(bool IsEnabled, UserPhones Phones)?>(element, element => read(element)) is not { } user)
            {
                log.Damaged(SourceDiagnostics.JsonAt(file.Path, row, shape));
                damaged.Add(username, row);
                continue;
            }

            if (!firstRows.TryAdd(username, row))
            {
                var first = firstRows[username];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, row, first, "username"), first);
                continue;
            }

            if (user.Phones.LeftOut > 0)
            {
                log.OfRow(SourceDiagnostics.PhonesLeftOutAt(file.Path, row, user.Phones.LeftOut));
            }

            users.Add(new SourceUser(
                row, new PersonalName(username), SourceMode.None, TwoWay: false, WithPin: false,
                user.Phones.Primary, user.Phones.Backup, user.IsEnabled, Sid: null));
        }

        damaged.LeaveOut(users);
        return log.Checked(() => SourceTable.Of(
            file, users.Where(user => !log.IsDamaged(user.Row)), log.DamagedRows, whole.Sha256));
    }

    /// <summary>A member; undefined when there is no such member, or nothing that could have one.</summary>
    /// <exception cref="JsonException">The element is there and is no object.</exception>
    public static JsonElement Member(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.TryGetProperty(name, out var member) ? member : default,
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        _ => throw new JsonException(),
    };

    /// <summary>The elements of an array; none when there is nothing.</summary>
    /// <exception cref="JsonException">The element is there and is no array.</exception>
    public static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => throw new JsonException(),
    };

    /// <summary>The text of a member, without spaces around it; empty when there is none.</summary>
    /// <exception cref="JsonException">The member is there and is no text, which must not pass for an empty one.</exception>
    public static string Text(JsonElement element, string name)
    {
        var member = Member(element, name);
        try
        {
            return member.ValueKind switch
            {
                JsonValueKind.String => (member.GetString() ?? "").Trim(),
                JsonValueKind.Undefined or JsonValueKind.Null => "",
                _ => throw new JsonException(),
            };
        }
        catch (InvalidOperationException broken)
        {
            // Half of a surrogate pair, which JSON can spell and .NET refuses.
            throw new JsonException(null, broken);
        }
    }

    /// <summary>What a reading gives; the default where the element has another shape.</summary>
    private static T? Try<T>(JsonElement element, Func<JsonElement, T> read)
    {
        try
        {
            return read(element);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The users in one JSON value; null when it has another shape, or a member twice of which one may hide users.</summary>
    private static IEnumerable<JsonElement>? UsersIn(JsonElement value, Func<JsonElement, IEnumerable<JsonElement>?> usersOf)
    {
        try
        {
            return value.ValueKind is JsonValueKind.Array
                || (value.ValueKind is JsonValueKind.Object && JsonNames.AreUnique(value))
                    ? usersOf(value)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the first byte stands that is no UTF-8; null where all are.</summary>
    private static long? FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return null;
        }

        var offset = 0;
        while (offset < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) != OperationStatus.Done)
            {
                return offset;
            }

            offset += length;
        }

        return null;
    }

    private static ImmutableArray<JsonElement> ElementsOf(
        byte[] bytes, string shape, Func<JsonElement, IEnumerable<JsonElement>?> usersOf, RowLog log)
    {
        var found = ImmutableArray.CreateBuilder<JsonElement>();
        ReadOnlySpan<byte> text = bytes;
        if (FirstInvalid(text) is { } offset)
        {
            log.OfFile(SourceDiagnostics.EncodingAt(log.Path, offset));
            return [];
        }

        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                if (UsersIn(JsonElement.ParseValue(ref reader), usersOf) is { } users)
                {
                    found.AddRange(users);
                }
                else
                {
                    log.OfFile(SourceDiagnostics.JsonAt(log.Path, 1, shape));
                }
            }
        }
        catch (JsonException broken)
        {
            log.OfFile(SourceDiagnostics.JsonAt(log.Path, (broken.LineNumber ?? 0) + 1, shape));
        }

        return found.ToImmutable();
    }
}
