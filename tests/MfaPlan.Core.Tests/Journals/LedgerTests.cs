using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Tests.Journals;

public sealed class LedgerTests
{
    private static readonly ChangeOutcome Applied = new ChangeOutcome.Applied(Lines.Guid1);

    [Fact]
    public void An_empty_journal_says_nothing()
    {
        var ledger = Ledger.Empty;

        ledger.Runs.ShouldBeEmpty();
        ledger.OpenRun.ShouldBeNull();
        ledger.LastN.ShouldBe(0);
        ledger.Epoch.ShouldBe(0);
        ledger.LastHash.ShouldBe(JournalLines.Genesis);
        ledger.LastMigrated(Lines.User(1)).ShouldBeNull();
    }

    [Fact]
    public void The_open_run_knows_how_far_its_units_are()
    {
        var ledger = new Lines()
            .Add(Lines.Run(), Lines.Begin(1), Lines.Begin(2), Lines.Settle(2, Applied), Lines.Settle(3, new ChangeOutcome.AlreadyInPlace()))
            .Fold();

        ledger.ProgressOf("3f9a", Lines.User(1)).ShouldBeOfType<UnitProgress.Begun>().At.ShouldBe(Lines.Noon);
        ledger.ProgressOf("3f9a", Lines.User(1)).ShouldBeOfType<UnitProgress.Begun>().Changes.ShouldBe(["phone.mobile"]);
        ledger.ProgressOf("3f9a", Lines.User(2)).ShouldBeOfType<UnitProgress.Settled>()
            .Outcomes.ShouldBe([new ChangeSettled("phone.mobile", new ChangeOutcome.Applied(null))]);
        ledger.ProgressOf("3f9a", Lines.User(4)).ShouldBeNull();
        ledger.ProgressOf("other", Lines.User(1)).ShouldBeNull();
        ledger.UnsettledCount.ShouldBe(1);
        ledger.Unsettled().ShouldBe([Lines.User(1)]);
        ledger.SettledCount.ShouldBe(2);
        ledger.OpenRun.ShouldNotBeNull().Units.ShouldBe(2);
        ledger.Holder.ShouldBe("host/42/0a1b2c3d");
        ledger.LastN.ShouldBe(5);
    }

    [Fact]
    public void When_a_change_of_a_policy_took_effect_is_known_until_it_is_undone()
    {
        var unit = UnitId.Named(UnitKind.Policy, "authenticationMethods");
        JournalEntry Settled(string run, int minutes, ChangeOutcome outcome) =>
            new JournalEntry.Settle(Lines.Noon.AddMinutes(minutes), run, unit, [new ChangeSettled("policy.hardwareOath", outcome)], null);
        var lines = new Lines().Add(
            Lines.Run(), Settled("3f9a", 5, Applied), new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete),
            Lines.Run("again"), Settled("again", 9, new ChangeOutcome.AlreadyInPlace()), new JournalEntry.Close(Lines.Noon, "again", RunResult.Complete));

        lines.Fold().PolicyAppliedAt(unit, "policy.hardwareOath").ShouldBe(Lines.Noon.AddMinutes(5));
        lines.Fold().PolicyAppliedAt(unit, "policy.sms").ShouldBeNull();
        lines.Add(Lines.Run("back", RunPurpose.Rollback, "3f9a"), Settled("back", 20, Applied)).Fold()
            .PolicyAppliedAt(unit, "policy.hardwareOath").ShouldBeNull();
    }

    [Fact]
    public void A_user_whom_a_wave_moves_back_and_forth_stays_migrated()
    {
        JournalEntry Moved(string run) =>
            new JournalEntry.Settle(Lines.Noon, run, Lines.User(1), [new ChangeSettled(Change.RouteId, Applied)], null);
        var ledger = new Lines().Add(
            Lines.Run(), Lines.Settle(1, Applied, Lines.Source(1)), new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete),
            Lines.Run("wave"), Moved("wave"), new JournalEntry.Close(Lines.Noon, "wave", RunResult.Complete),
            Lines.Run("back", RunPurpose.Rollback, "wave"), Moved("back"), new JournalEntry.Close(Lines.Noon, "back", RunResult.Complete)).Fold();

        ledger.LastMigrated(Lines.User(1)).ShouldBe(new Lines().Add(Lines.Run(), Lines.Settle(1, Applied, Lines.Source(1))).Fold().LastMigrated(Lines.User(1)));
        ledger.LastMigrated(Lines.User(1)).ShouldNotBeNull();
    }

    [Fact]
    public void A_run_is_undone_when_as_many_units_are_back_as_it_applied_to()
    {
        var lines = new Lines().Add(
            Lines.Run(), Lines.Settle(1, Applied), Lines.Settle(2, Applied), Lines.Settle(3, new ChangeOutcome.AlreadyInPlace()),
            new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete));
        var run = lines.Fold().Runs.Single();

        lines.Fold().IsUndone(run).ShouldBeFalse();
        lines.Add(Lines.Run("one", RunPurpose.Rollback, "3f9a"), Lines.Settle(1, Applied, run: "one"), new JournalEntry.Close(Lines.Noon, "one", RunResult.Complete));
        lines.Fold().IsUndone(run).ShouldBeFalse();
        lines.Add(
            Lines.Run("two", RunPurpose.Rollback, "3f9a"), Lines.Settle(2, new ChangeOutcome.Refused("denied", null), run: "two"),
            new JournalEntry.Close(Lines.Noon, "two", RunResult.Incomplete));
        lines.Fold().IsUndone(run).ShouldBeFalse();
        lines.Add(Lines.Run("three", RunPurpose.Rollback, "3f9a"), Lines.Settle(2, Applied, run: "three"), new JournalEntry.Close(Lines.Noon, "three", RunResult.Complete));
        lines.Fold().IsUndone(run).ShouldBeTrue();
    }

    [Fact]
    public void A_switched_domain_is_known_until_it_is_brought_back_and_a_run_is_undone_when_none_of_its_domains_stands()
    {
        static JournalEntry.Run Run(string id, string? undoes = null) =>
            Lines.Run(id, undoes is null ? RunPurpose.Apply : RunPurpose.Rollback, undoes) with { Stage = StageId.CutOver.ToText() };
        static JournalEntry.Settle Settle(string run, string domain, ChangeOutcome? outcome = null) =>
            new(Lines.Noon, run, UnitId.Named(UnitKind.Domain, domain), [new ChangeSettled("federation.mfaBehavior", outcome ?? Applied)], null);
        static JournalEntry.Close Close(string run) => new(Lines.Noon, run, RunResult.Complete);
        string Standing(Ledger ledger) => string.Join(' ', ledger.SwitchedDomains.Select(static domain => $"{domain.Name}:{domain.Run}"));
        var lines = new Lines().Add(Run("one"), Settle("one", "a.com"), Settle("one", "b.com"), Settle("one", "b.com", new ChangeOutcome.AlreadyInPlace()), Close("one"));

        Standing(lines.Fold()).ShouldBe("a.com:one b.com:one");
        var back = lines.Add(Run("back", "one"), Settle("back", "a.com"), Close("back")).Fold();
        (Standing(back), back.IsUndone(back.Runs[0])).ShouldBe(("b.com:one", false));

        // Switched again and brought back again: twice the same domain is not both of them.
        var again = lines.Add(Run("two"), Settle("two", "a.com"), Settle("two", "c.com", new ChangeOutcome.AlreadyInPlace()), Close("two")).Fold();
        (Standing(again), again.IsUndone(again.Runs[2])).ShouldBe(("a.com:two b.com:one", false));
        var twice = lines.Add(Run("back2", "one"), Settle("back2", "a.com"), Close("back2")).Fold();
        (Standing(twice), twice.IsUndone(twice.Runs[0])).ShouldBe(("b.com:one", false));
        var drifted = lines.Add(Run("back3", "one"), Settle("back3", "b.com", new ChangeOutcome.Drifted("federation")), Close("back3")).Fold();
        Standing(drifted).ShouldBe("b.com:one");
        var whole = lines.Add(Run("back4", "one"), Settle("back4", "b.com", new ChangeOutcome.AlreadyInPlace()), Close("back4")).Fold();
        (Standing(whole), whole.IsUndone(whole.Runs[0])).ShouldBe(("", true));
    }

    [Fact]
    public void The_last_begin_counts()
    {
        var later = Lines.Begin(1, "3f9a", "phone.office") with { };
        var again = new JournalEntry.Begin(Lines.Noon.AddHours(1), "3f9a", later.Unit, later.Changes);

        var ledger = new Lines().Add(Lines.Run(), Lines.Begin(1), again).Fold();

        ledger.ProgressOf("3f9a", Lines.User(1)).ShouldBe(new UnitProgress.Begun(Lines.Noon.AddHours(1), again.Changes), new ProgressComparer());
        ledger.UnsettledCount.ShouldBe(1);
    }

    [Fact]
    public void A_unit_settled_twice_counts_once()
    {
        var ledger = new Lines()
            .Add(
                Lines.Run(),
                Lines.Begin(1),
                Lines.Settle(1, new ChangeOutcome.Unconfirmed(null)),
                Lines.Begin(1),
                Lines.Settle(1, Applied))
            .Fold();

        ledger.OutcomesOf("3f9a").ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["applied"] = 1 });
        ledger.OpenRun.ShouldNotBeNull().Units.ShouldBe(1);
        ledger.UnsettledCount.ShouldBe(0);
    }

    [Fact]
    public void A_closed_run_keeps_its_counts_and_no_units()
    {
        var ledger = new Lines()
            .Add(Lines.Run(), Lines.Begin(1), Lines.Settle(1, Applied), Lines.Begin(2), new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Abandoned))
            .Fold();

        ledger.OpenRun.ShouldBeNull();
        ledger.ClosedRuns.ShouldBe(1);
        ledger.Runs.ShouldHaveSingleItem().Result.ShouldBe(RunResult.Abandoned);
        ledger.OutcomesOf("3f9a").ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["applied"] = 1 });
        ledger.OutcomesOf("other").ShouldBeEmpty();
        ledger.ProgressOf("3f9a", Lines.User(1)).ShouldBeNull();
        ledger.UnsettledCount.ShouldBe(0);
    }

    [Fact]
    public void What_was_migrated_last_is_what_a_whole_settle_said_last()
    {
        var lines = new Lines().Add(
            Lines.Run(),
            Lines.Settle(1, Applied, Lines.Source(1)),
            Lines.Settle(2, new ChangeOutcome.AlreadyInPlace(), Lines.Source(2)),
            Lines.Settle(3, new ChangeOutcome.Refused("no", null), Lines.Source(3)),
            Lines.Settle(4, Applied, Lines.Source(4)),
            new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete),
            Lines.Run("2"),
            Lines.Settle(1, Applied, Lines.Source(11), "2"),
            Lines.Settle(2, new ChangeOutcome.Drifted("phone.mobile"), Lines.Source(12), "2"),
            Lines.Settle(4, Applied, "f22:longer-than-the-one-before", "2"));

        var ledger = lines.Fold();

        ledger.LastMigrated(Lines.User(1)).ShouldBe(Lines.Source(11));
        ledger.LastMigrated(Lines.User(2)).ShouldBe(Lines.Source(2));
        ledger.LastMigrated(Lines.User(3)).ShouldBeNull();
        ledger.LastMigrated(Lines.User(4)).ShouldBe("f22:longer-than-the-one-before");
        ledger.LastMigrated(Lines.User(5)).ShouldBeNull();
    }

    [Fact]
    public void A_rollback_that_applied_something_makes_it_forgotten()
    {
        var ledger = new Lines()
            .Add(
                Lines.Run(),
                Lines.Settle(1, Applied, Lines.Source(1)),
                Lines.Settle(2, Applied, Lines.Source(2)),
                new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete),
                Lines.Run("2", RunPurpose.Rollback, "3f9a"),
                Lines.Settle(1, Applied, null, "2"),
                Lines.Settle(2, new ChangeOutcome.Drifted("phone.mobile"), null, "2"))
            .Fold();

        ledger.LastMigrated(Lines.User(1)).ShouldBeNull();
        ledger.LastMigrated(Lines.User(2)).ShouldBe(Lines.Source(2));
    }

    [Fact]
    public void Every_fingerprint_of_many_is_kept_apart()
    {
        var lines = new Lines().Add(Lines.Run());
        lines.Add(Enumerable.Range(1, 5000).Select(static user => Lines.Settle(user, Applied, Lines.Source(user))));

        var ledger = lines.Fold();

        Enumerable.Range(1, 5000).ShouldAllBe(user => ledger.LastMigrated(Lines.User(user)) == Lines.Source(user));
    }

    [Fact]
    public void A_takeover_changes_the_holder()
    {
        var lines = new Lines().Add(Lines.Run());
        lines.Epoch = 2;
        var ledger = lines.Add(new JournalEntry.Takeover(Lines.Noon, "b/2/2", "host/42/0a1b2c3d")).Fold();

        ledger.Holder.ShouldBe("b/2/2");
        ledger.Epoch.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_at_its_place_is_damage()
    {
        JournalEntry[][] journals =
        [
            [Lines.Begin(1)],
            [Lines.Run(), Lines.Run("2")],
            [Lines.Run(), Lines.Settle(1, Applied, null, "2")],
            [Lines.Run(), new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete), Lines.Begin(1)],
            [new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Complete)],
            [Lines.Run(), new JournalEntry.Segment(Lines.Noon, 2, null)],
            [new JournalEntry.Segment(Lines.Noon, 1, JournalLines.Genesis)],
        ];

        foreach (var journal in journals)
        {
            Should.Throw<JournalDamagedException>(() => new Lines().Add(journal).Fold()).Damage.ShouldBe(JournalDamage.OutOfPlace);
        }
    }

    [Fact]
    public void Numbers_have_no_gaps_and_epochs_do_not_fall()
    {
        var gap = JournalLines.Write(2, 1, Lines.Run(), JournalLines.Genesis, out _);
        var lines = new Lines { Epoch = 2 }.Add(Lines.Run());
        lines.Epoch = 1;
        lines.Add(Lines.Begin(1));

        Should.Throw<JournalDamagedException>(() => new LedgerBuilder().Add(gap)).Damage.ShouldBe(JournalDamage.OutOfOrder);
        Should.Throw<JournalDamagedException>(lines.Fold).Damage.ShouldBe(JournalDamage.OutOfOrder);
    }

    [Fact]
    public void Lines_left_out_swapped_or_repeated_are_noticed()
    {
        var lines = new Lines().Add(Lines.OfEveryKind()).All;

        for (var at = 0; at < lines.Count - 1; at++)
        {
            var current = at;
            Refused([.. lines.Where((_, index) => index != current)]);
            Refused([.. lines.Take(at), lines[at + 1], lines[at], .. lines.Skip(at + 2)]);
            Refused([.. lines.Take(at + 1), .. lines.Skip(at)]);
        }

        static void Refused(byte[][] journal)
        {
            var builder = new LedgerBuilder();
            Should.Throw<JournalDamagedException>(() =>
            {
                foreach (var line in journal)
                {
                    builder.Add(line);
                }
            });
        }
    }

    [Fact]
    public void A_refused_line_leaves_the_fold_as_it_was()
    {
        var lines = new Lines().Add(Lines.Run(), Lines.Begin(1), Lines.Settle(1, Applied, Lines.Source(1))).All;
        var builder = new LedgerBuilder();
        foreach (var line in lines)
        {
            byte[] bad = [.. line];
            bad[^5] ^= 1;
            Should.Throw<JournalDamagedException>(() => builder.Add(bad));
            builder.Add(line);
        }

        var ledger = builder.Build();

        ledger.LastN.ShouldBe(3);
        ledger.OpenRun.ShouldNotBeNull().Units.ShouldBe(1);
    }

    [Fact]
    public void What_a_run_applied_can_be_undone_and_nothing_else()
    {
        JournalEntry.Settle Two(int user, ChangeOutcome mobile, ChangeOutcome office, string run = "3f9a") => new(
            Lines.Noon, run, Lines.User(user), [new ChangeSettled("phone.mobile", mobile), new ChangeSettled("phone.office", office)], null);
        var lines = new Lines().Add(
            Lines.Run(),
            Two(1, Applied, new ChangeOutcome.AlreadyInPlace()),
            Two(2, new ChangeOutcome.Refused("no", null), new ChangeOutcome.Blocked("phone.mobile")),
            Two(3, Applied, new ChangeOutcome.Unconfirmed(null)),
            Two(3, new ChangeOutcome.AlreadyInPlace(), Applied),
            Two(4, Applied, Applied),
            Two(4, new ChangeOutcome.Drifted("phone.mobile"), new ChangeOutcome.AlreadyInPlace()),
            new JournalEntry.Close(Lines.Noon, "3f9a", RunResult.Incomplete),
            Lines.Run("2"),
            Two(5, Applied, Applied, "2"));

        var applied = AppliedChanges.In(lines.Memory, "3f9a");

        applied.Keys.Order().ShouldBe([Lines.User(1), Lines.User(3), Lines.User(4)]);
        applied[Lines.User(1)].ShouldBe(["phone.mobile"]);
        applied[Lines.User(3)].ShouldBe(["phone.mobile", "phone.office"]);
        applied[Lines.User(4)].ShouldBe(["phone.office"]);
    }

    private sealed class ProgressComparer : IEqualityComparer<UnitProgress?>
    {
        public bool Equals(UnitProgress? x, UnitProgress? y) => x is UnitProgress.Begun a && y is UnitProgress.Begun b
            && a.At == b.At && a.Changes.AsSpan().SequenceEqual(b.Changes.AsSpan());

        public int GetHashCode(UnitProgress? obj) => 0;
    }
}
