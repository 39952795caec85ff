using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>Whom a wave has routed, as the journal tells it.</summary>
public sealed class RoutedUsersTests
{
    private static readonly ChangeOutcome Applied = new ChangeOutcome.Applied(null);

    private readonly List<byte[]> _lines = [];
    private string _hash = JournalLines.Genesis;

    [Fact]
    public void Members_that_are_in_place_are_routed_and_others_are_not()
    {
        Run("aaaa0001", 0);
        Settle("aaaa0001", 1, Applied, minutes: 1);
        Settle("aaaa0001", 2, new ChangeOutcome.AlreadyInPlace(), minutes: 2);
        Settle("aaaa0001", 3, new ChangeOutcome.Refused("no", null), minutes: 3);
        Settle("aaaa0001", 4, new ChangeOutcome.Unconfirmed(null), minutes: 4);
        Settle("aaaa0001", 5, Applied, minutes: 5, change: "phone.mobile");

        Fold().ShouldSatisfyAllConditions(
            static routing => routing.Users.ShouldBe(2),
            static routing => (routing.First, routing.Last).ShouldBe((At(0), At(2))),
            static routing => routing.IsOpen.ShouldBeTrue());
    }

    [Fact]
    public void Runs_of_other_stages_route_nobody_of_this_wave()
    {
        Run("aaaa0001", 0, stage: "3:wave/hq");
        Settle("aaaa0001", 1, Applied, minutes: 1);
        Close("aaaa0001");
        Run("aaaa0002", 10, stage: "1:migrate");
        Settle("aaaa0002", 1, Applied, minutes: 11);

        new RoutedUsers("wave/pilot").ShouldSatisfyAllConditions(routed => Read(routed).ShouldBeNull());
    }

    [Fact]
    public void Stragglers_make_a_newer_run_and_a_later_time()
    {
        Run("aaaa0001", 0);
        Settle("aaaa0001", 1, Applied, minutes: 1);
        Close("aaaa0001");
        var before = Fold();
        Run("aaaa0002", 60);
        Settle("aaaa0002", 2, Applied, minutes: 61);
        Close("aaaa0002");

        var routing = Fold();

        (routing.Run, routing.First, routing.Last, routing.Users, routing.IsOpen).ShouldBe(("aaaa0002", At(0), At(61), 2, false));
        (before.Run, before.Users).ShouldBe(("aaaa0001", 1));
        routing.UsersDigest.ShouldNotBe(before.UsersDigest);
    }

    [Fact]
    public void A_rollback_takes_its_users_out()
    {
        Run("aaaa0001", 0);
        Settle("aaaa0001", 1, Applied, minutes: 1);
        Settle("aaaa0001", 2, Applied, minutes: 2);
        Close("aaaa0001");
        Run("aaaa0002", 60, undoes: "aaaa0001");
        Settle("aaaa0002", 2, Applied, minutes: 61);
        Fold().ShouldSatisfyAllConditions(
            static routing => (routing.Run, routing.Users, routing.Last).ShouldBe(("aaaa0001", 1, At(1))),
            static routing => routing.IsOpen.ShouldBeTrue("a rollback under way"));
        Settle("aaaa0002", 1, Applied, minutes: 62);

        Read(new RoutedUsers("wave/pilot")).ShouldBeNull();
    }

    private static DateTimeOffset At(int minutes) => GateWorld.Routed.AddMinutes(minutes);

    private GateRouting Fold() => Read(new RoutedUsers("wave/pilot")).ShouldNotBeNull();

    private GateRouting? Read(RoutedUsers routed)
    {
        foreach (var line in _lines)
        {
            routed.Add(line);
        }

        return routed.Build();
    }

    private void Run(string id, int minutes, string stage = "2:wave/pilot", string? undoes = null) => Add(new JournalEntry.Run(
        At(minutes), id, new('d', 64), "plan", new('b', 64), stage, undoes is null ? RunPurpose.Apply : RunPurpose.Rollback, undoes, "host/1"));

    private void Settle(string run, int user, ChangeOutcome outcome, int minutes, string change = Change.RouteId)
    {
        ImmutableArray<ChangeSettled> outcomes = [new(change, outcome)];
        Add(new JournalEntry.Settle(At(minutes), run, UnitId.ForUser(GateWorld.IdOf(user)), outcomes, null));
    }

    private void Close(string run) => Add(new JournalEntry.Close(At(59), run, RunResult.Complete));

    private void Add(JournalEntry entry) => _lines.Add(JournalLines.Write(_lines.Count + 1, 1, entry, _hash, out _hash));
}
