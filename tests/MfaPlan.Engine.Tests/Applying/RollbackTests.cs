using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class RollbackTests
{
    [Fact]
    public async Task A_rollback_restores_what_was_before_except_what_its_findings_name()
    {
        var world = new World(users: 12);
        var before = world.Tenant.Users.Keys.ToDictionary(id => id, world.Tenant.Truth);
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);

        var preview = await world.PreviewRollbackAsync(applied.RunId);
        (await world.ApplyAsync(preview.Digest)).Complete.ShouldBeTrue();

        var named = await NamedAsync(world, preview.Digest);
        foreach (var (id, methods) in before.Where(pair => !named.Contains(pair.Key)))
        {
            world.Tenant.Truth(id).ShouldBe(methods);
        }

        named.Count.ShouldBeLessThan(12);
        foreach (var id in named)
        {
            UsabilityRule.Usable(id, world.Tenant.Truth(id), FakeTenant.AllAllowed).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task What_somebody_changed_since_is_not_undone()
    {
        var world = new World();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var changed = new PhoneNumber("+1 2065550999");
        world.Tenant.Set(World.IdOf(1), world.Tenant.Truth(World.IdOf(1)) with { Mobile = changed });

        var preview = await world.PreviewRollbackAsync(applied.RunId);
        await world.ApplyAsync(preview.Digest);

        world.Tenant.Truth(World.IdOf(1)).Mobile.ShouldBe(changed);
        preview.Footer.Totals.Of(FindingCatalog.ChangedSince.Code).ShouldBe(1);
    }

    [Fact]
    public async Task A_user_may_be_migrated_again_after_a_rollback()
    {
        var world = new World();
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        var after = world.Truth();
        await world.ApplyAsync((await world.PreviewRollbackAsync(applied.RunId)).Digest);

        await world.FinishAsync();

        world.Truth().ShouldBe(after);
    }

    private static async Task<HashSet<Guid>> NamedAsync(World world, string digest)
    {
        await using var stream = (await world.State.OpenChangeSetAsync(digest, CancellationToken.None))!;
        return ChangeSets.ChangeSetFile.Lines(stream, world.State).OfType<ChangeSetLine.Of>()
            .Where(static line => !line.Unit.Findings.IsEmpty).Select(static line => line.Unit.Id.User).ToHashSet();
    }
}
