using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;
using MfaPlan.Engine.Applying;
using MfaPlan.Engine.ChangeSets;
using MfaPlan.Engine.Previewing;

namespace MfaPlan.Engine.Tests;

/// <summary>A plan, a source, a tenant and a state that belong together, and the commands over them.</summary>
internal sealed class World
{
    private static readonly ApplyOptions Options = new()
    {
        RequestTimeout = TimeSpan.FromSeconds(10),
        SettleWindow = TimeSpan.FromSeconds(20),
        UnitsAtOnce = 1,
    };

    private int _runs;

    public World(int users = 6, string migrate = "", string rest = "")
    {
        Time = new JumpingTime(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
        Tenant = new FakeTenant(Time);
        Plan = PlanReader.Read(new SourceText("plan.yaml", $$"""
            apiVersion: mfaplan/v1
            kind: MigrationPlan
            metadata: { name: test }
            tenant: { id: 11111111-2222-4333-8444-555555555555 }
            source: { mfaServer: { users: users.csv } }
            migrate: { groups: [MFA-Migrate-All], only: all{{(migrate.Length > 0 ? ", " + migrate : "")}} }
            {{rest}}
            """)).Value!;
        var records = ImmutableArray.CreateBuilder<SourceUser>();
        for (var i = 1; i <= users; i++)
        {
            var name = $"user{i}@contoso.com";
            Tenant.Add(new DirectoryUser(IdOf(i), new PersonalName(name), Enabled: true, Guest: false, Synced: true, null, null, null), StartOf(i));
            records.Add(new SourceUser(
                i + 1, new PersonalName(name), i % 2 == 0 ? SourceMode.TextMessage : SourceMode.PhoneCall, TwoWay: false, WithPin: false,
                new SourcePhone("1", $"20655501{i:00}", ""), i % 3 == 0 ? new SourcePhone("1", $"20655502{i:00}", "") : SourcePhone.None,
                Enabled: true, null));
        }

        Source = new SourceData(records.ToImmutable(), 0, [], ImmutableSortedDictionary<string, string>.Empty);
    }

    public JumpingTime Time { get; }

    public FakeTenant Tenant { get; }

    public MemoryState State { get; } = new();

    public Plan Plan { get; set; }

    public SourceData Source { get; set; }

    public List<ApplyEvent> Events { get; } = [];

    public static Guid IdOf(int i) => new(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public ImmutableArray<UserMethods> Truth() => [.. Tenant.Users.Keys.Order().Select(Tenant.Truth)];

    public async Task<PreviewResult> PreviewAsync(SpoolTerms? spool = null, StageId? stage = null) => await new PreviewEngine(Tenant, State).RunAsync(
        await RequestAsync() with { Spool = spool, Stage = stage }, onStep: null, CancellationToken.None);

    public async Task<PreviewResult> PreviewRollbackAsync(string run, SpoolTerms? spool = null)
    {
        var request = await RequestAsync() with { Spool = spool };
        return await new RollbackPreview(Tenant, State).RunAsync(
            request, request.Ledger.Runs.Single(record => record.Id == run), only: null, onStep: null, CancellationToken.None);
    }

    public async Task<ApplyResult> ApplyAsync(string digest, ApplyOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using var session = await State.OpenAsync("apply", CancellationToken.None);
        var (header, footer) = (await ChangeSetFile.VerifyAsync(State, digest, CancellationToken.None)).ShouldNotBeNull();
        return await new ApplyEngine(State, session, Tenant, Time).RunAsync(
            digest, header, footer.Totals.Changed, $"run{++_runs}", options ?? Options, Events.Add, cancellationToken);
    }

    /// <summary>Goes on with what is open, or previews and applies, until nothing is left to do.</summary>
    public async Task<int> FinishAsync()
    {
        for (var sitting = 1; sitting < 20; sitting++)
        {
            var ledger = await State.ReadAsync(CancellationToken.None);
            if (ledger.OpenRun is { } open)
            {
                await ApplyAsync(open.Digest);
                continue;
            }

            var preview = await PreviewAsync();
            if (preview.Footer.Totals.Changed == 0)
            {
                return sitting;
            }

            await ApplyAsync(preview.Digest);
        }

        throw new InvalidOperationException("There is no end to it.");
    }

    /// <summary>
    /// Kills an apply at each of its steps, in a world of its own each time, and lets a new process finish it: no write takes effect twice.
    /// </summary>
    /// <param name="make">Makes a world.</param>
    /// <param name="judge">Judges a world that was finished; with when it was killed.</param>
    /// <returns>How many steps there were to be killed at.</returns>
    public static async Task<int> KilledAtEveryStepAsync(Func<World> make, Action<World, string> judge)
    {
        for (var step = 0; ; step++)
        {
            var world = make();
            var preview = await world.PreviewAsync();
            var killer = world.KillAt(step);
            try
            {
                await world.ApplyAsync(preview.Digest);
                return killer.Steps;
            }
            catch (KilledException)
            {
                world.Restart();
            }

            await world.FinishAsync();
            world.Tenant.Effects.Distinct().Count().ShouldBe(world.Tenant.Effects.Count, $"a write took effect twice, killed at step {step}");
            judge(world, $"killed at step {step}");
        }
    }

    /// <summary>Kills at a step of the fakes, counted over tenant and journal alike.</summary>
    public Killer KillAt(int step)
    {
        var killer = new Killer(step);
        Tenant.Killer = killer;
        State.Killer = killer;
        return killer;
    }

    /// <summary>After a kill: a new process.</summary>
    public void Restart()
    {
        KillAt(-1);
        State.Free();
    }

    private static UserMethods StartOf(int i) => i % 3 == 1
        ? new UserMethods(MethodParts.None) { Authenticators = 1, Default = DefaultMethod.Push }
        : new UserMethods(MethodParts.None);

    private async Task<PreviewRequest> RequestAsync() =>
        new(Plan, new string('0', 64), Source, await State.ReadAsync(CancellationToken.None), new byte[32]) { AsOf = Time.GetUtcNow() };
}
