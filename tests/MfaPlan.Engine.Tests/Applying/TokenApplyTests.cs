using MfaPlan.Core.Changes;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Applying;

namespace MfaPlan.Engine.Tests.Applying;

public sealed class TokenApplyTests
{
    private static readonly Guid User = World.IdOf(1);

    private static World New(int tokens = 1, string migrate = "", int lagSeconds = 0)
    {
        var world = new World(users: 1, migrate);
        world.Tenant.Lag = TimeSpan.FromSeconds(lagSeconds);
        world.Source = world.Source with
        {
            Tokens =
            [
                .. Enumerable.Range(1, tokens).Select(static i => new SourceToken("seeds.csv", new TokenSeed(
                    i, $"T-{i}", new Secret($"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ{(char)('A' + i)}"), "Contoso", "Key", 30, 6, TokenAlgorithm.Sha1, TokenKind.Totp,
                    new PersonalName("USER1@contoso.com")))),
            ],
        };
        return world;
    }

    private static async Task<(World World, Dictionary<string, string> Ended)> ApplyAsync(World world)
    {
        await world.ApplyAsync((await world.PreviewAsync()).Digest);
        return (world, world.Events.OfType<ApplyEvent.UnitEnded>().Single().Outcomes.ToDictionary(
            static change => KindOf(change.Id), static change => change.Is.Word + (change.Is is ChangeOutcome.Blocked by ? " by " + KindOf(by.By) : "")));
    }

    private static string KindOf(string id) => id.StartsWith("token.", StringComparison.Ordinal) ? id[(id.LastIndexOf('.') + 1)..] : id;

    [Fact]
    public async Task A_token_is_brought_step_by_step_and_a_second_apply_sends_nothing()
    {
        var world = New();

        await world.FinishAsync();
        var sends = world.Tenant.Sends;
        await world.FinishAsync();

        world.Tenant.Effects.Select(static effect => KindOf(effect.Change)).ShouldBe(["phone.mobile", "create", "assign", "activate"]);
        world.Tenant.Truth(User).Token("T-1").ShouldNotBeNull().ShouldSatisfyAllConditions(
            static token => token.Activated.ShouldBeTrue(), static token => token.Holder.ShouldBe(TokenHolder.User));
        world.Tenant.Sends.ShouldBe(sends);
    }

    [Fact]
    public async Task A_step_is_sent_only_when_the_one_before_it_shows()
    {
        var world = New(lagSeconds: 7);
        var sent = new List<DateTimeOffset>();
        world.Tenant.Answer = (_, _, change) =>
        {
            if (change is Change.OfToken)
            {
                sent.Add(world.Time.GetUtcNow());
            }

            return FakeAnswer.Success;
        };

        await ApplyAsync(world);

        sent.Count.ShouldBe(3);
        (sent[1] - sent[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
        (sent[2] - sent[1]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_step_whose_predecessor_never_shows_is_blocked_and_not_sent()
    {
        var (world, ended) = await ApplyAsync(New(lagSeconds: 3600));

        ended["assign"].ShouldBe("blocked by create");
        ended["activate"].ShouldBe("blocked by assign");
        world.Tenant.Effects.Select(static effect => KindOf(effect.Change)).ShouldBe(["phone.mobile", "create"]);
    }

    [Fact]
    public async Task A_refused_token_blocks_its_own_steps_and_nothing_that_does_not_lean_on_it()
    {
        var world = New(tokens: 2, "defaultMethod: always");
        world.Tenant.Set(User, world.Tenant.Truth(User) with { Authenticators = 1, Default = DefaultMethod.Sms });
        world.Tenant.Answer = static (_, _, change) =>
            change is Change.AssignToken { Token.Serial: "T-1" } ? FakeAnswer.Refused : FakeAnswer.Success;
        await world.ApplyAsync((await world.PreviewAsync()).Digest);

        var ended = world.Events.OfType<ApplyEvent.UnitEnded>().Single();
        ended.Outcomes.Select(static change => change.Is.Word).ShouldBe(
            ["applied", "applied", "refused", "blocked", "applied", "applied", "applied", "applied"]);
        ended.Unit.Changes[^1].ShouldBeOfType<Change.SetDefaultMethod>().After.ShouldNotBe(DefaultMethod.Oath);
    }

    [Fact]
    public async Task A_default_that_needs_the_token_is_not_set_without_it()
    {
        var world = New(tokens: 1, "defaultMethod: mostSecureIfNotSet");
        world.Tenant.Set(User, new UserMethods(MethodParts.None));
        world.Tenant.Answer = static (_, _, change) => change is Change.ActivateToken ? FakeAnswer.Refused : FakeAnswer.Success;

        var (_, ended) = await ApplyAsync(world);

        ended["phone.mobile"].ShouldBe("applied");
        ended["activate"].ShouldBe("refused");
        ended["defaultMethod"].ShouldBe("blocked by activate");

        world.Tenant.Answer = null;
        await world.FinishAsync();
        world.Tenant.Truth(User).ShouldSatisfyAllConditions(
            static methods => methods.Default.ShouldBe(DefaultMethod.Oath), static methods => methods.Token("T-1")!.Activated.ShouldBeTrue());
    }

    [Fact]
    public async Task A_token_that_somebody_else_got_since_the_preview_stops_the_unit()
    {
        var world = New();
        var digest = (await world.PreviewAsync()).Digest;
        world.Tenant.Set(User, world.Tenant.Truth(User).With("T-1", new HardwareToken("d", "T-1", TokenHolder.Other, Activated: true, InInventory: true)));

        await world.ApplyAsync(digest);

        world.Events.OfType<ApplyEvent.UnitEnded>().Single().Outcomes.Select(static change => change.Is.Word)
            .ShouldBe(["blocked", "drifted", "drifted", "drifted"]);
        world.Tenant.Sends.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(7, true)]
    public async Task A_kill_at_any_step_neither_loses_nor_repeats_a_step(int lagSeconds, bool loseAnswers)
    {
        var whole = New(tokens: 2);
        await whole.FinishAsync();

        var steps = await World.KilledAtEveryStepAsync(
            () =>
            {
                var world = New(tokens: 2, lagSeconds: lagSeconds);
                world.Tenant.Answer = loseAnswers ? static (n, _, _) => (n % 4) switch
                {
                    1 => FakeAnswer.LostAfterEffect,
                    2 => FakeAnswer.LostBeforeEffect,
                    _ => FakeAnswer.Success,
                }
                : null;
                return world;
            },
            (world, when) => world.Truth().ShouldBe(whole.Truth(), when));

        steps.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_rollback_unassigns_and_then_deletes_what_was_brought()
    {
        var world = New(lagSeconds: 7);
        var before = world.Tenant.Truth(User);
        var applied = await world.ApplyAsync((await world.PreviewAsync()).Digest);
        world.Tenant.Effects.Clear();

        await world.ApplyAsync((await world.PreviewRollbackAsync(applied.RunId)).Digest);

        world.Tenant.Effects.Select(static effect => KindOf(effect.Change)).ShouldBe(["assign", "create", "phone.mobile"]);
        world.Tenant.Truth(User).ShouldBe(before);
    }

    [Fact]
    public async Task An_inventory_that_cannot_be_read_makes_the_owner_unknown_and_blocks_the_stage()
    {
        var world = New();
        world.Tenant.Inventory = "accessDenied";

        var preview = await world.PreviewAsync();

        (preview.Footer.Totals.Unknown, preview.Footer.Totals.Changed).ShouldBe((1, 0));
    }
}
