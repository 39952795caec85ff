using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MfaPlan.Cli.Composition;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>The road of a company through the program: previewed and applied stage by stage, while others change the tenant behind its back.</summary>
internal sealed class Road : IDisposable
{
    private readonly Cli _cli = Cli.Empty();

    public Road(Company company)
    {
        company.Write(_cli.Folder);

        // A day on which the plan accepts phones alone, whatever day it is.
        _cli.Time = new OffsetClock(TimeProvider.System, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow());
    }

    /// <summary>Previews a stage.</summary>
    public async Task<Said> PreviewAsync(string stage) =>
        Said.Read(await TryAsync(stage));

    /// <summary>Previews a stage of a plan that may be refused before anything is read.</summary>
    public Task<Ran> TryAsync(string stage) => _cli.SandboxAsync("preview", "plan.yaml", "--stage", stage, "--json", "--unchanged");

    /// <summary>Applies a stage, which must be carried out.</summary>
    public async Task ApplyAsync(string stage)
    {
        var ran = await _cli.SandboxAsync("apply", "plan.yaml", "--stage", stage, "--yes", "--json");
        ran.Exit.ShouldBe(0, ran.Error);
    }

    /// <summary>Applies a change set that was previewed earlier.</summary>
    public Task<Ran> ApplyAsync(Said previewed) => _cli.SandboxAsync("apply", "plan.yaml", "--digest", previewed.Digest, "--yes", "--json");

    /// <summary>Lets time pass.</summary>
    public async Task WaitAsync(string duration) => (await _cli.RunAsync("sandbox", "advance", "plan.yaml", duration)).Exit.ShouldBe(0);

    /// <summary>The simulated tenant as it is now.</summary>
    public Task<JsonNode> TenantAsync() => Rehearsal.TenantAsync(_cli);

    /// <summary>Who is in a group.</summary>
    public async Task<ImmutableHashSet<Guid>> MembersAsync(string group) =>
        [.. MembersOf(await TenantAsync(), group).Select(static member => Guid.Parse(member!.GetValue<string>()))];

    /// <summary>Changes tenant and plan.</summary>
    public async Task ChangeAsync(Action<JsonNode> tenant, Func<string, string> plan)
    {
        await Rehearsal.ChangeAsync(_cli, tenant);
        var file = _cli.PathOf("plan.yaml");
        await File.WriteAllTextAsync(file, plan(await File.ReadAllTextAsync(file)));
    }

    /// <summary>Adds people to a group as somebody else would.</summary>
    public Task AddBehindAsync(string group, IEnumerable<Person> people) => Rehearsal.ChangeAsync(_cli, tenant =>
    {
        var members = MembersOf(tenant, group);
        foreach (var person in people)
        {
            members.Add(person.Id.ToString());
        }
    });

    /// <summary>Takes people out of a group as somebody else would.</summary>
    public Task RemoveBehindAsync(string group, IEnumerable<Person> people) => Rehearsal.ChangeAsync(_cli, tenant =>
    {
        var members = MembersOf(tenant, group);
        var gone = people.Select(static person => person.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var member in members.Where(member => gone.Contains(member!.GetValue<string>())).ToList())
        {
            members.Remove(member);
        }
    });

    /// <inheritdoc/>
    public void Dispose() => _cli.Dispose();

    /// <summary>The members of a group of a tenant.</summary>
    public static JsonArray MembersOf(JsonNode tenant, string group)
    {
        var row = tenant["groups"]!.AsArray().Single(row => (string)row!["displayName"]! == group)!.AsObject();
        if (row["members"] is not JsonArray members)
        {
            row["members"] = members = [];
        }

        return members;
    }
}
