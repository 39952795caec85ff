using System.Text.Json;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources.Phones;

/// <summary>
/// Reads answers of Duo's Admin API to <c>GET /admin/v1/users</c>, saved one after the other in a file: users with
/// their phones. Duo never gives out seeds, and knows no default method.
/// </summary>
/// <param name="file">The file.</param>
/// <seealso href="https://duo.com/docs/adminapi"/>
public sealed class DuoUsersJson(InputFile file) : IUserSource
{
    /// <summary>Reads the file.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users; their row is their position in the file, from 1.</returns>
    public Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel) =>
        JsonUsers.ReadAsync(file, "answers of Duo to GET /admin/v1/users, or their users alone", UsersOf, NameOf, Read, cancel);

    private static IEnumerable<JsonElement>? UsersOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray()
        : JsonUsers.Member(answer, "response") is { ValueKind: JsonValueKind.Array } users ? users.EnumerateArray()
        : NameOf(answer).Length > 0 ? [answer]
        : null;

    private static string NameOf(JsonElement user) => JsonUsers.Text(user, "username");

    private static (bool IsEnabled, UserPhones Phones) Read(JsonElement user)
    {
        var phones = new UserPhones();
        foreach (var phone in JsonUsers.Items(JsonUsers.Member(user, "phones")))
        {
            phones.Add(UserPhones.Split(JsonUsers.Text(phone, "number"), JsonUsers.Text(phone, "extension")));
        }

        return (JsonUsers.Text(user, "status") is not ("disabled" or "pending deletion"), phones);
    }
}
