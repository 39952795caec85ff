using System.Text.Json;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources.Phones;

/// <summary>
/// Reads Okta's users with their factors. Okta answers for one user at a time, so the file is ours: JSON values of the
/// form <c>{"user": …, "factors": […]}</c>, each with the answers to <c>GET /api/v1/users/{id}</c> and
/// <c>GET /api/v1/users/{id}/factors</c>. Factors that the policy does not offer to the calling administrator are
/// missing from those answers.
/// </summary>
/// <param name="file">The file.</param>
/// <seealso href="https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/"/>
public sealed class OktaUsersJson(InputFile file) : IUserSource
{
    /// <summary>Reads the file.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users; their row is their position in the file, from 1.</returns>
    public Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel) =>
        JsonUsers.ReadAsync(
            file, "objects with the members user and factors, as Okta answers for them", UsersOf, NameOf, Read, cancel);

    private static IEnumerable<JsonElement>? UsersOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object => [value],
            _ => null,
        };

    private static string NameOf(JsonElement pair) =>
        JsonUsers.Text(JsonUsers.Member(JsonUsers.Member(pair, "user"), "profile"), "login");

    private static (bool IsEnabled, UserPhones Phones) Read(JsonElement pair)
    {
        var phones = new UserPhones();
        foreach (var factor in JsonUsers.Items(JsonUsers.Member(pair, "factors")))
        {
            var profile = JsonUsers.Member(factor, "profile");
            if (JsonUsers.Text(factor, "status") == "ACTIVE"
                && JsonUsers.Text(factor, "factorType") is ("sms" or "call"))
            {
                var extension = JsonUsers.Text(profile, "phoneExtension");
                phones.Add(UserPhones.Split(JsonUsers.Text(profile, "phoneNumber"), extension));
            }
        }

        return (JsonUsers.Text(JsonUsers.Member(pair, "user"), "status") is not ("SUSPENDED" or "DEPROVISIONED"), phones);
    }
}
