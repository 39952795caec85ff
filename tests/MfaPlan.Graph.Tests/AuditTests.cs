using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Graph.Tests;

public sealed class AuditTests
{
    private static readonly DateTimeOffset Since = new(2026, 2, 28, 10, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task The_log_is_asked_about_one_user_since_an_instant_and_tells_who_the_newest_first()
    {
        Asked? asked = null;
        var read = await ReadAsync(request =>
        {
            asked = request;
            return Answer.Ok("""
                {"value":[
                 {"activityDateTime":"2026-02-28T11:00:00Z","activityDisplayName":"Earlier","result":"success","initiatedBy":{"app":{"displayName":"HR sync"}}},
                 {"activityDateTime":"2026-02-28T13:00:00Z","activityDisplayName":"Refused","result":"failure","initiatedBy":{"app":{"displayName":"HR sync"}}},
                 {"activityDateTime":"2026-02-28T12:00:00Z","activityDisplayName":"Later","result":"success","initiatedBy":{"user":{"userPrincipalName":"desk@contoso.com"}}}]}
                """);
        });

        asked.ShouldNotBeNull().Path.ShouldBe("/v1.0/auditLogs/directoryAudits");
        Uri.UnescapeDataString(asked.Query).ShouldContain($"activityDateTime ge 2026-02-28T09:00:00Z and targetResources/any(t:t/id eq '{World.Id(7)}')");
        read.ShouldBeSeen().ShouldBe(
        [
            new AuditEntry(new DateTimeOffset(2026, 2, 28, 12, 0, 0, TimeSpan.Zero), "Later", new PersonalName("desk@contoso.com"), null),
            new AuditEntry(new DateTimeOffset(2026, 2, 28, 11, 0, 0, TimeSpan.Zero), "Earlier", null, "HR sync"),
        ]);
    }

    [Fact]
    public async Task A_log_that_may_not_be_read_is_unknown_and_not_empty() =>
        (await ReadAsync(static _ => new Answer(403, """{"error":{"code":"Authorization_RequestDenied","message":"no"}}""")))
            .ShouldBe(new Observed<ImmutableArray<AuditEntry>>.Unknown("Authorization_RequestDenied"));

    [Fact]
    public async Task Of_the_policy_the_log_is_asked_by_its_documented_activities()
    {
        Asked? asked = null;
        await using var world = new World(request =>
        {
            asked = request;
            return Answer.Ok("""{"value":[]}""");
        });

        var read = await world.RunAsync(static tenant => tenant.ReadAuditAsync(PolicyPlanner.Id, Since, World.None));

        read.ShouldBeSeen().ShouldBeEmpty();
        Uri.UnescapeDataString(asked.ShouldNotBeNull().Query)
            .ShouldContain("activityDateTime ge 2026-02-28T09:00:00Z and startswith(activityDisplayName, 'Authentication Methods Policy')");
    }

    private static async Task<Observed<ImmutableArray<AuditEntry>>> ReadAsync(Func<Asked, Answer> service)
    {
        await using var world = new World(service);
        return await world.RunAsync(tenant => tenant.ReadAuditAsync(UnitId.ForUser(World.Id(7)), Since, World.None));
    }
}
