using System.Collections.Immutable;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Notices;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Notices;

public sealed class NoticeTests
{
    private const NoticeOutcomes Keeps = NoticeOutcomes.Keeps, Must = NoticeOutcomes.MustRegister, Default = NoticeOutcomes.DefaultChanges,
        Number = NoticeOutcomes.NewNumber, Phone = NoticeOutcomes.PhoneOnly, None = NoticeOutcomes.None;

    private static readonly Guid Alice = new(1, 0, 0, new byte[8]);
    private static readonly Guid Bob = new(2, 0, 0, new byte[8]);

    private static readonly Change NewMobile = new Change.SetPhone(PhoneSlot.Mobile, null, PhoneNumber.From("1", "2065550101"), "phone");
    private static readonly Change NoMobile = new Change.SetPhone(PhoneSlot.Mobile, PhoneNumber.From("1", "2065550101"), null, "phone");

    public static TheoryData<string, Unit, NoticeOutcomes> Units => new()
    {
        { "in place", Unit(Alice), Keeps },
        { "not read", Unit(Alice) with { Unknown = "denied" }, None },
        { "left out", Unit(Alice) with { Usability = null }, None },
        { "not looked at", Unit(Alice, FindingCatalog.Unchanged), None },
        { "app", Unit(Alice, FindingCatalog.MustRegisterAgain), Must },
        { "devices", Unit(Alice, FindingCatalog.DevicesAgain), Must },
        { "no method", Unit(Alice, FindingCatalog.NoMethod), Must },
        { "left without", Unit(Alice) with { Usability = new Usability(Now: true, After: false, Survives: false) }, Must },
        { "phone alone", Unit(Alice, FindingCatalog.PhoneOnly), Phone },
        { "new number", Unit(Alice) with { Changes = [NewMobile] }, Number },
        { "number taken out", Unit(Alice) with { Changes = [NoMobile] }, Keeps },
        { "default replaced", Unit(Alice) with { Changes = [new Change.SetDefaultMethod(DefaultMethod.Push, DefaultMethod.Sms, "default")] }, Default },
        { "default set first", Unit(Alice) with { Changes = [new Change.SetDefaultMethod(null, DefaultMethod.Sms, "default")] }, Keeps },
        { "another default", Unit(Alice, FindingCatalog.DefaultSubstituted), Default },
        { "two-way", Unit(Alice, FindingCatalog.TwoWayText), Default },
        { "PIN", Unit(Alice, FindingCatalog.PinLost), Default },
        { "all at once", Unit(Alice, FindingCatalog.MustRegisterAgain, FindingCatalog.PhoneOnly, FindingCatalog.PinLost) with { Changes = [NewMobile] }, Must | Phone | Default | Number },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void A_unit_tells_what_the_user_must_be_told(string what, Unit unit, NoticeOutcomes outcomes) => NoticeRule.Of(unit).ShouldBe(outcomes, what);

    [Fact]
    public void Keeping_everything_is_told_alone() =>
        Units.Select(static row => row.Data.Item3).Where(static outcomes => outcomes.HasFlag(Keeps)).ShouldAllBe(static outcomes => outcomes == Keeps);

    [Fact]
    public void A_number_that_a_run_brought_is_still_new_when_a_later_preview_finds_it_in_place()
    {
        var book = new NoticeBook(null);

        book.Add(Unit(Alice, FindingCatalog.MustRegisterAgain) with { Changes = [NewMobile] });
        book.Add(Unit(Alice));

        book.Told.Single().Outcomes.ShouldBe(Number);
    }

    [Fact]
    public void Who_is_not_looked_at_again_is_told_what_was_known()
    {
        var book = new NoticeBook(null);

        book.Add(Unit(Alice, FindingCatalog.MustRegisterAgain));
        book.Add(Unit(Alice, FindingCatalog.Unchanged) with { Usability = null });

        book.Told.Single().Outcomes.ShouldBe(Must);
        book.Untold.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_is_left_out_or_unread_now_is_told_nothing_any_more(bool unread)
    {
        var book = new NoticeBook(null);

        book.Add(Unit(Alice) with { Changes = [NewMobile] });
        book.Add(unread ? Unit(Alice) with { Unknown = "denied" } : Unit(Alice) with { Usability = null });

        book.Told.ShouldBeEmpty();
        book.Untold.ShouldBe(1);
    }

    [Fact]
    public void Of_a_wave_only_its_members_are_told_and_those_in_no_change_set_are_counted()
    {
        var book = new NoticeBook(new HashSet<Guid> { Bob, new(9, 0, 0, new byte[8]) });

        book.Add(Unit(Alice));
        book.Add(Unit(Bob));

        book.Told.Select(static entry => entry.User).ShouldBe([Bob]);
        book.Missing.ShouldBe(1);
    }

    private static Unit Unit(Guid user, params ReadOnlySpan<FindingKind> findings)
    {
        var found = ImmutableArray.CreateBuilder<Finding>();
        foreach (var kind in findings)
        {
            found.Add(kind.Found());
        }

        return new(UnitId.ForUser(user), StageId.Migrate, [], found.ToImmutable())
        {
            Name = new PersonalName("alice@contoso.com"),
            Usability = new Usability(Now: true, After: true, Survives: true),
        };
    }
}
