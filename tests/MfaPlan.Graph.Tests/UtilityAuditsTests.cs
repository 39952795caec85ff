namespace MfaPlan.Graph.Tests;

public sealed class UtilityAuditsTests
{
    [Fact]
    public async Task Only_entries_of_the_utility_are_asked_for_and_the_newest_of_a_user_counts()
    {
        await using var world = new World(static _ => Answer.Ok($$"""
            {"value":[
              {"activityDateTime":"2026-11-21T08:00:00Z","targetResources":[{"id":"{{World.Id(1)}}","type":"User"},{"id":"no id"}]},
              {"activityDateTime":"2026-11-20T08:00:00Z","targetResources":[{"id":"{{World.Id(1)}}"}]},
              {"activityDateTime":"2026-11-19T08:00:00Z","targetResources":[{"id":"{{World.Id(2)}}"}]},
              {"activityDateTime":"2026-11-18T08:00:00Z"}]}
            """));

        var writes = (await world.Tenant.ReadUtilityWritesAsync(World.None)).ShouldBeSeen();

        writes.OrderBy(static pair => pair.Key).Select(static pair => (pair.Key, pair.Value.Day)).ShouldBe([(World.Id(1), 21), (World.Id(2), 19)]);
        world.Graph.Requests.Single().Query.ShouldContain("$filter=initiatedBy/app/displayName eq 'Azure MFA Management'");
    }

    [Fact]
    public async Task An_audit_without_leave_to_read_is_unknown_and_not_empty()
    {
        await using var world = new World(static _ => Answer.Error(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"));

        (await world.Tenant.ReadUtilityWritesAsync(World.None))
            .ShouldBeUnknown()
            .ShouldBe("Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    }
}
