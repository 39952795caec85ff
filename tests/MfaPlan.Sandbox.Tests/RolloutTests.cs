namespace MfaPlan.Sandbox.Tests;

public sealed class RolloutTests
{
    private const string Policies = "v1.0/policies/featureRolloutPolicies";
    private static readonly (string, string) AllMembers = ("Prefer", "include-unknown-enum-members");

    private static string Reference(string group) => $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/{{group}}" }""";

    private static string Group(char last) => $"00000000-0000-0000-0000-0000000000f{last}";

    private static async Task<string> CreateAsync(Sandbox sandbox)
    {
        var created = await sandbox.PostAsync(
            Policies,
            """{ "displayName": "MFA", "feature": "multiFactorAuthentication", "isEnabled": true }""",
            AllMembers);
        created.ShouldBe(201);
        return (string)created.Json!["id"]!;
    }

    [Fact]
    public async Task The_feature_is_named_only_where_asked_for_and_on_v1_only()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var id = await CreateAsync(sandbox);

        var asked = await sandbox.GetAsync($"{Policies}/{id}", AllMembers);
        var unasked = await sandbox.GetAsync($"{Policies}/{id}");
        var beta = await sandbox.GetAsync($"beta/policies/featureRolloutPolicies/{id}", AllMembers);
        var onBeta = await sandbox.PostAsync(
            "beta/policies/featureRolloutPolicies",
            """{ "displayName": "MFA", "feature": "multiFactorAuthentication", "isEnabled": true }""");

        ((string?)asked.Json!["feature"]).ShouldBe("multiFactorAuthentication");
        ((string?)unasked.Json!["feature"]).ShouldBe("unknownFutureValue");
        ((string?)beta.Json!["feature"]).ShouldBe("unknownFutureValue");
        onBeta.ShouldBe(400);
    }

    [Fact]
    public async Task A_group_is_added_shown_and_removed()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var id = await CreateAsync(sandbox);

        var added = await sandbox.PostAsync($"{Policies}/{id}/appliesTo/$ref", Reference(Group('2')));
        var twice = await sandbox.PostAsync($"{Policies}/{id}/appliesTo/$ref", Reference(Group('2')));
        var shown = await sandbox.GetAsync($"{Policies}/{id}?$expand=appliesTo");
        var removed = await sandbox.DeleteAsync($"{Policies}/{id}/appliesTo/{Group('2')}/$ref");
        var after = await sandbox.GetAsync($"{Policies}/{id}?$expand=appliesTo");

        added.ShouldBe(204);
        twice.ShouldBe(400);
        ((string?)shown.Json!["appliesTo"]![0]!["id"]).ShouldBe(Group('2'));
        removed.ShouldBe(204);
        after.Json!["appliesTo"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData('1')]
    [InlineData('3')]
    [InlineData('9')]
    public async Task Nested_dynamic_and_missing_groups_are_refused(char group)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var id = await CreateAsync(sandbox);

        (await sandbox.PostAsync($"{Policies}/{id}/appliesTo/$ref", Reference(Group(group)))).ShouldBe(400);
    }

    [Fact]
    public async Task A_group_of_more_than_200_users_is_refused_when_it_is_added()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Many(201));
        var id = await CreateAsync(sandbox);

        var large = await sandbox.PostAsync($"{Policies}/{id}/appliesTo/$ref", Reference("10000000-0000-0000-0000-0000000000f1"));
        await sandbox.DeleteAsync("v1.0/groups/10000000-0000-0000-0000-0000000000f1/members/00000000-0000-0000-0000-000000000007/$ref");
        var small = await sandbox.PostAsync($"{Policies}/{id}/appliesTo/$ref", Reference("10000000-0000-0000-0000-0000000000f1"));

        large.ShouldBe(400);
        small.ShouldBe(204);
    }

    [Fact]
    public async Task A_policy_is_switched_off_and_deleted_and_its_feature_stays()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var id = await CreateAsync(sandbox);

        var off = await sandbox.PatchAsync($"{Policies}/{id}", """{ "isEnabled": false }""");
        var other = await sandbox.PatchAsync($"{Policies}/{id}", """{ "feature": "seamlessSso" }""");
        var shown = await sandbox.GetAsync(Policies, AllMembers);
        var deleted = await sandbox.DeleteAsync($"{Policies}/{id}");

        off.ShouldBe(204);
        other.ShouldBe(400);
        ((bool?)shown.Value.Single()!["isEnabled"]).ShouldBe(false);
        deleted.ShouldBe(204);
        (await sandbox.GetAsync($"{Policies}/{id}")).ShouldBe(404);
    }
}
