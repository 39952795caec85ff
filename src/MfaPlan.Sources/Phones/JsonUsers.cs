using System.Collections.Immutable;
using System.Text.Json;
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
    /// <param name="read">Name, whether enabled, and phones of a user; null when it has no name.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users; their row is their position in the file, from 1, because JSON has no rows.</returns>
    public static async Task<Checked<SourceTable>> ReadAsync(
        InputFile file,
        string shape,
        Func<JsonElement, IEnumerable<JsonElement>?> usersOf,
        Func<JsonElement, (string Username, bool IsEnabled, UserPhones Phones)?> read,
        CancellationToken cancel)
    {
        var log = new RowLog(file);
        using var whole = await WholeFile.ReadAsync(log, cancel);
        if (whole is null)
        {
            return new(null, log.ToDiagnostics());
        }

        var users = new List<SourceUser>();
        var firstRows = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        long row = 0;
        foreach (var element in ElementsOf(whole.Bytes, shape, usersOf, log))
        {
            cancel.ThrowIfCancellationRequested();
            row++;
            if (read(element) is not { } user)
            {
                log.Damaged(SourceDiagnostics.JsonAt(file.Path, row, shape));
                continue;
            }

            if (!firstRows.TryAdd(user.Username, row))
            {
                var first = firstRows[user.Username];
                log.Damaged(SourceDiagnostics.DuplicateAt(file.Path, row, first, "username"), first);
                continue;
            }

            if (user.Phones.LeftOut > 0)
            {
                log.OfRow(SourceDiagnostics.PhonesLeftOutAt(file.Path, row, user.Phones.LeftOut));
            }

            users.Add(new SourceUser(
                row, new PersonalName(user.Username), SourceMode.None, TwoWay: false, WithPin: false,
                user.Phones.Primary, user.Phones.Backup, user.IsEnabled, Sid: null));
        }

        return log.Checked(() => SourceTable.Of(
            file, users.Where(user => !log.IsDamaged(user.Row)), log.DamagedRows, whole.Sha256));
    }

    /// <summary>A member; undefined when the element is no object or has no such member.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>The elements of an array; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The text of a member, without spaces around it; empty when there is none.</summary>
    public static string Text(JsonElement element, string name)
    {
        var member = Member(element, name);
        try
        {
            return member.ValueKind == JsonValueKind.String ? (member.GetString() ?? "").Trim() : "";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can spell and .NET refuses.
            return "";
        }
    }

    private static ImmutableArray<JsonElement> ElementsOf(
        byte[] bytes, string shape, Func<JsonElement, IEnumerable<JsonElement>?> usersOf, RowLog log)
    {
        var found = ImmutableArray.CreateBuilder<JsonElement>();
        ReadOnlySpan<byte> text = bytes;
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                if (usersOf(JsonElement.ParseValue(ref reader)) is { } users)
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
