using System.Collections.Immutable;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Gating;
using MfaPlan.Engine.Ports;
using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Engine.Tests.Gating;

/// <summary>What the keeper asks, records and can judge again.</summary>
public sealed class GateKeeperTests
{
    private static readonly DateTimeOffset Routed = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly GateTerms Terms = new(
        TimeSpan.FromHours(24), TimeSpan.FromHours(24), 2, 50, 2, null, [], 1, Inconclusive.Hold);

    private readonly MemoryState _state = new();
    private readonly FakeTimeProvider _time = new(Routed.AddHours(50));
    private readonly FakeLog _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_gate_is_recorded_and_can_be_judged_again()
    {
        await RouteAsync(1, 2, 3);
        _log.Facts.AddRange([Fresh(1), Fresh(2), Fresh(99)]);

        var evidence = await JudgeAsync();

        evidence.Decision.Result.ShouldBe(GateResult.Open);
        var line = (await _state.ReadAsync(Stop)).Gates.ShouldHaveSingleItem();
        (line.Stage, line.Result, line.Query, line.Sample).ShouldBe(("2:wave/pilot", "open", evidence.Reading.QueryDigest, evidence.Reading.SampleDigest));
        (await Keeper().ReadAsync(line, Stop)).ShouldNotBeNull().Decision.ShouldBe(evidence.Decision);
        _state.JournalText.Last().ShouldNotContain(IdOf(1).ToString());
    }

    [Fact]
    public async Task The_same_evidence_gives_the_same_line()
    {
        await RouteAsync(1, 2);
        _log.Facts.AddRange([Fresh(1), Fresh(2)]);
        var first = await JudgeAsync();
        _log.Facts.Reverse();

        var second = await JudgeAsync();

        (second.Reading.QueryDigest, second.Reading.SampleDigest).ShouldBe((first.Reading.QueryDigest, first.Reading.SampleDigest));
        second.Decision.ShouldBe(first.Decision);
    }

    [Fact]
    public async Task The_time_after_the_wave_and_as_long_before_it_is_asked_for_and_no_more()
    {
        await RouteAsync(1, 2);

        await JudgeAsync();

        // The run began five minutes before the last user was settled.
        _log.Asked.ShouldHaveSingleItem().ShouldBe(new GateWindow(Routed.AddMinutes(-5).AddHours(-26), Routed.AddHours(50)));
        _log.Users.ShouldBe([IdOf(1), IdOf(2)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_cannot_be_read_holds_and_says_why(bool atFirst)
    {
        await RouteAsync(1, 2);
        _log.Facts.AddRange([Fresh(1), Fresh(2)]);
        (_log.CoverFails, _log.ReadFails) = (atFirst, !atFirst);

        var evidence = await JudgeAsync();

        evidence.Decision.Result.ShouldBe(GateResult.NotYetKnown);
        evidence.Reading.Sample.SignIns.ShouldBe(new SignInEvidence.Unread("Forbidden"));
        (await _state.ReadAsync(Stop)).Gates.Single().Result.ShouldBe("notYetKnown");
    }

    [Fact]
    public async Task A_wave_that_nobody_ran_asks_the_log_nothing()
    {
        (await JudgeAsync()).Decision.Criteria.ShouldHaveSingleItem().Name.ShouldBe("routing");

        _log.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_reading_that_was_changed_or_swapped_is_not_taken_for_it()
    {
        await RouteAsync(1, 2);
        var held = await JudgeAsync();
        _log.Facts.AddRange([Fresh(1), Fresh(2)]);
        var open = await JudgeAsync();
        var line = (await _state.ReadAsync(Stop)).Gates.Single();
        await _state.Approvals.AddAsync(line.Query, line.Sample + ".reading", held.Reading.Write(), Stop);

        await Should.ThrowAsync<FormatException>(() => Keeper().ReadAsync(line, Stop));
        await _state.Approvals.AddAsync(line.Query, line.Sample + ".reading", open.Reading.Write().AsMemory()[1..], Stop);
        await Should.ThrowAsync<FormatException>(() => Keeper().ReadAsync(line, Stop));
        (await Keeper().ReadAsync(line with { Sample = new('0', 64) }, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task What_people_signed_is_read_from_beside_the_runs_change_set()
    {
        await RouteAsync(1, 2);
        _log.Facts.AddRange([Fresh(1), Fresh(2)]);
        var question = new GateQuestion(Guid.Empty, StageId.Wave(0, "pilot"), "pilot", Terms with { Attest = [Attestation.Push] });
        var book = new AttestationBook(_state.Approvals, new Nobody(), default);
        await _state.Approvals.AddAsync(new('d', 64), "aa.attestation", new byte[] { 1 }, Stop);
        await _state.Approvals.AddAsync(new('d', 64), "bb.json", new byte[] { 1 }, Stop);

        var evidence = await new GateKeeper(_state, book, _time).GatherAsync(question, _log, _time.GetUtcNow(), Stop);

        evidence.Attestations.ShouldHaveSingleItem().Flaw.ShouldBe(GateDiagnostics.Unreadable);
        evidence.Reading.Sample.Answers.ShouldBe([new GateAnswer(Attestation.Push, 0, 0, 1)]);
        evidence.Decision.Result.ShouldBe(GateResult.NotYetKnown);
    }

    private static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);

    private static SignInFact Fresh(int user) => new(IdOf(user), Routed.AddHours(30), 0, AsksMfa: true, IsOfEntra: true, [new("SMS", Succeeded: true)]);

    private GateKeeper Keeper() => new(_state, null, _time);

    private async Task<GateEvidence> JudgeAsync()
    {
        await using var session = await _state.OpenAsync("gate", Stop);
        var evidence = await Keeper().GatherAsync(
            new GateQuestion(Guid.Empty, StageId.Wave(0, "pilot"), "pilot", Terms), _log, _time.GetUtcNow(), Stop);
        await Keeper().RecordAsync(evidence.Reading, session.Journal, Stop);
        return evidence;
    }

    private async Task RouteAsync(params int[] users)
    {
        await using var session = await _state.OpenAsync("apply", Stop);
        await session.Journal.AppendAsync(new JournalEntry.Run(
            Routed.AddMinutes(-5), "aaaa0001", new('d', 64), "plan", new('b', 64), "2:wave/pilot", RunPurpose.Apply, null, "host/1"));
        foreach (var user in users)
        {
            ImmutableArray<ChangeSettled> outcomes = [new(Change.RouteId, new ChangeOutcome.Applied(null))];
            await session.Journal.AppendAsync(new JournalEntry.Settle(Routed, "aaaa0001", UnitId.ForUser(IdOf(user)), outcomes, null));
        }

        await session.Journal.AppendAsync(new JournalEntry.Close(Routed, "aaaa0001", RunResult.Complete));
    }

    private sealed class FakeLog : ISignInLog
    {
        public List<SignInFact> Facts { get; } = [];

        public List<GateWindow> Asked { get; } = [];

        public IReadOnlyCollection<Guid> Users { get; private set; } = [];

        public bool CoverFails { get; set; }

        public bool ReadFails { get; set; }

        public Task<Observed<SignInCoverage>> CoverAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<Observed<SignInCoverage>>(
            CoverFails ? new Observed<SignInCoverage>.Unknown("Forbidden") : new Observed<SignInCoverage>.Seen(new(now.AddDays(-30), now, "graph"), now));

        public Task<Observed<long>> ReadAsync(
            GateWindow span, IReadOnlyCollection<Guid> users, Action<SignInFact> take, CancellationToken cancellationToken)
        {
            Asked.Add(span);
            Users = users;
            Facts.ForEach(take);
            return Task.FromResult<Observed<long>>(ReadFails ? new Observed<long>.Unknown("Forbidden") : new Observed<long>.Seen(Facts.Count, span.Until));
        }
    }

    private sealed class Nobody : ISignatures
    {
        public Task<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> document, string keyFile, CancellationToken cancellationToken) =>
            throw new SigningException("Nobody signs.");

        public Task<SignatureCheck> CheckAsync(
            ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> allowedSigners, ImmutableArray<string> identities,
            CancellationToken cancellationToken) => Task.FromResult<SignatureCheck>(new SignatureCheck.Broken());
    }
}
