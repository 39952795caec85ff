namespace MfaPlan.Cli.Tests;

/// <summary>Users whom Microsoft's own migration utility migrated before are recognised by the directory audit.</summary>
public sealed class UtilityTests
{
    private const string Audit = """
        "auditLogs": { "directoryAudits": [
          { "id": "1", "activityDateTime": "2026-11-20T08:00:00Z", "initiatedBy": { "app": { "displayName": "Azure MFA Management" } }, "targetResources": [ { "id": "00000000-0000-4000-8000-000000000001", "type": "User" } ] },
          { "id": "2", "activityDateTime": "2026-11-21T08:00:00Z", "initiatedBy": { "app": { "displayName": "Azure MFA Management" } }, "targetResources": [ { "id": "00000000-0000-4000-8000-000000000001", "type": "User" } ] },
          { "id": "3", "activityDateTime": "2026-11-22T08:00:00Z", "initiatedBy": { "app": { "displayName": "Another app" } }, "targetResources": [ { "id": "00000000-0000-4000-8000-000000000002", "type": "User" } ] }
        ] },
        """;

    [Fact]
    public async Task They_are_counted_at_preview_and_shown_for_each_user()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        Add(cli, Audit);

        (await cli.SandboxAsync("preview", "plan.yaml")).Error.ShouldContain("Microsoft's migration utility wrote to 1 of 27 users in scope");
        (await cli.SandboxAsync("user", "plan.yaml", "alice@contoso.com")).Out.ShouldContain(
            "Microsoft's migration utility wrote to this user, last at 2026-11-21 08:00:00Z");
        (await cli.SandboxAsync("user", "plan.yaml", "bob@contoso.com")).Out.ShouldContain("no trace of Microsoft's migration utility");
    }

    [Fact]
    public async Task The_digest_does_not_depend_on_what_the_audit_still_remembers()
    {
        using var with = Cli.In("plans/samples/quickstart");
        Add(with, Audit);
        using var without = Cli.In("plans/samples/quickstart");
        await without.SandboxAsync("preview", "plan.yaml");
        File.Copy(without.PathOf(".mfaplan.key"), with.PathOf(".mfaplan.key"));
        Directory.CreateDirectory(with.PathOf(".mfaplan"));
        File.Copy(without.PathOf(".mfaplan/state.json"), with.PathOf(".mfaplan/state.json"));

        var digest = Line(await with.SandboxAsync("preview", "plan.yaml"));

        digest.ShouldStartWith("digest ");
        digest.ShouldBe(Line(await without.SandboxAsync("preview", "plan.yaml")));
    }

    [Fact]
    public async Task An_audit_that_cannot_be_read_is_said_with_the_permission_and_holds_nothing_up()
    {
        using var cli = Cli.In("plans/samples/quickstart");
        Add(cli, """ "permissions": ["GroupMember.Read.All", "User.Read.All", "UserAuthenticationMethod.Read.All", "Policy.Read.All", "RoleManagement.Read.Directory", "Domain.Read.All"], """);

        var ran = await cli.SandboxAsync("preview", "plan.yaml");

        ran.Exit.ShouldBe(0, ran.Error);
        ran.Error.ShouldContain("The app needs the application permission AuditLog.Read.All");
    }

    private static void Add(Cli cli, string part)
    {
        var tenant = File.ReadAllText(cli.PathOf("tenant.json"));
        File.WriteAllText(cli.PathOf("tenant.json"), "{\n" + part + tenant[(tenant.IndexOf('{', StringComparison.Ordinal) + 1)..]);
    }

    private static string Line(Ran ran) => ran.Out.Split('\n').First(static line => line.StartsWith("digest", StringComparison.Ordinal));
}
