using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Tests.Journals;

public sealed class SettledUnitsTests
{
    private static readonly ChangeOutcome Applied = new ChangeOutcome.Applied(null);
    private static readonly ChangeOutcome InPlace = new ChangeOutcome.AlreadyInPlace();
    private static readonly ChangeOutcome Drifted = new ChangeOutcome.Drifted("phone.mobile");

    [Fact]
    public void What_was_seen_in_place_is_expected_and_nothing_else() =>
        Of(Lines.Run(), Settle(1, "a", ("phone.mobile", Applied), ("phone.office", Drifted)), Settle(2, "a", ("phone.mobile", new ChangeOutcome.Unconfirmed(null))))
            .ShouldBe(["1 by a: phone.mobile"]);

    [Fact]
    public void Of_each_change_the_newest_run_that_left_it_in_place_counts() =>
        Of(
            Settle(1, "a", ("phone.mobile", Applied), ("phone.office", Applied)),
            Settle(1, "b", ("phone.office", InPlace)),
            Settle(2, "a", ("phone.mobile", Applied)),
            Settle(2, "b", ("phone.mobile", Drifted)))
            .ShouldBe(["1 by b: phone.office", "1 by a: phone.mobile", "2 by a: phone.mobile"]);

    [Fact]
    public void A_resumed_run_adds_to_what_it_settled_and_takes_back_what_it_found_gone() =>
        Of(
            Settle(1, "a", ("phone.mobile", Applied), ("phone.office", Drifted)),
            Settle(1, "a", ("phone.mobile", InPlace), ("phone.office", Applied)),
            Settle(2, "a", ("phone.mobile", Applied)),
            Settle(2, "a", ("phone.mobile", Drifted)))
            .ShouldBe(["1 by a: phone.mobile phone.office"]);

    [Fact]
    public void What_a_rollback_undid_is_not_expected_and_what_it_could_not_undo_still_is() =>
        Of(
            Settle(1, "a", ("phone.mobile", Applied), ("phone.office", Applied)),
            Settle(2, "a", ("phone.mobile", Applied)),
            Lines.Run("r", RunPurpose.Rollback, "a"),
            Settle(1, "r", ("phone.office", Applied), ("phone.mobile", Drifted)),
            Settle(2, "r", ("phone.mobile", InPlace)),
            Settle(3, "r", ("phone.mobile", Applied)))
            .ShouldBe(["1 by a: phone.mobile"]);

    [Fact]
    public void What_is_applied_again_after_a_rollback_is_expected_again() =>
        Of(
            Settle(1, "a", ("phone.mobile", Applied)),
            Lines.Run("r", RunPurpose.Rollback, "a"),
            Settle(1, "r", ("phone.mobile", Applied)),
            Settle(1, "c", ("phone.mobile", Applied)))
            .ShouldBe(["1 by c: phone.mobile"]);

    private static JournalEntry.Settle Settle(int user, string run, params (string Id, ChangeOutcome Is)[] outcomes) =>
        new(Lines.Noon, run, Lines.User(user), [.. outcomes.Select(static outcome => new ChangeSettled(outcome.Id, outcome.Is))], null);

    private static List<string> Of(params JournalEntry[] entries)
    {
        var (hash, n, units) = (JournalLines.Genesis, 0L, new SettledUnits());
        foreach (var entry in entries)
        {
            units.Add(JournalLines.Write(++n, 1, entry, hash, out hash));
        }

        return
        [
            .. units.Units.OrderBy(static unit => unit.Key).SelectMany(static unit => unit.Value.All().Select(left =>
                $"{unit.Key.User.ToString("N").TrimStart('0')} by {left.Run}: {string.Join(' ', left.Changes)}")),
        ];
    }
}
