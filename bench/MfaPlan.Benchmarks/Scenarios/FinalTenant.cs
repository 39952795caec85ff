using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>The users of a tenant as a run left them, without what a clock or chance wrote.</summary>
/// <param name="Users">Each user's JSON by object id.</param>
internal sealed record FinalTenant(ImmutableDictionary<string, string> Users)
{
    /// <summary>Reads what the sandbox shows.</summary>
    public static async Task<FinalTenant> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var tenant = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
        var users = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var user in tenant!["users"]!.AsArray().OfType<JsonObject>())
        {
            var id = (string)user["id"]!;
            WithoutClocks(user);
            users[id] = user.ToJsonString();
        }

        return new FinalTenant(users.ToImmutable());
    }

    /// <summary>How many users differ.</summary>
    public int Differences(FinalTenant other) =>
        Users.Count(pair => other.Users.GetValueOrDefault(pair.Key) != pair.Value) + other.Users.Keys.Count(id => !Users.ContainsKey(id));

    private static void WithoutClocks(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject all:
                foreach (var name in all.Select(static pair => pair.Key).ToList())
                {
                    if (name == "id" || name.EndsWith("DateTime", StringComparison.Ordinal))
                    {
                        all.Remove(name);
                    }
                    else
                    {
                        WithoutClocks(all[name]);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    WithoutClocks(item);
                }

                break;
        }
    }
}
