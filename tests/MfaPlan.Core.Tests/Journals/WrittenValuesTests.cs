using System.Text;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Journals;

public sealed class WrittenValuesTests
{
    private static readonly ValueKey Key = new("test", new byte[32]);
    private static readonly UnitId User = UnitId.ForUser(new Guid(1, 0, 0, new byte[8]));

    [Fact]
    public void A_value_is_ours_while_it_is_what_we_wrote_and_no_longer() =>
        Gen.Select(Number, Number, Gen.Enum<PhoneSlot>()).Sample((written, now, slot) =>
            After(new Change.SetPhone(slot, null, written, "")).ChangedSince(Key, User, Change.IdOf(slot), now?.Canonical())
                .ShouldBe(!Equals(written, now)));

    [Fact]
    public void The_last_write_counts()
    {
        var values = After(
            new Change.SetPhone(PhoneSlot.Mobile, null, new PhoneNumber("+1 2065550101"), ""),
            new Change.SetDefaultMethod(null, DefaultMethod.Sms, ""),
            new Change.SetPhone(PhoneSlot.Mobile, new PhoneNumber("+1 2065550101"), null, ""));

        values.ChangedSince(Key, User, "phone.mobile", null).ShouldBeFalse();
        values.ChangedSince(Key, User, "phone.mobile", "+12065550101").ShouldBeTrue();
        values.ChangedSince(Key, User, "defaultMethod", "sms").ShouldBeFalse();
        values.ChangedSince(Key, User, "defaultMethod", "push").ShouldBeTrue();
    }

    [Fact]
    public void What_we_never_wrote_is_nobody_s_business()
    {
        After(new Change.SetDefaultMethod(null, DefaultMethod.Sms, "")).ChangedSince(Key, User, "phone.mobile", "+1 1").ShouldBeFalse();
        default(WrittenValues).IsEmpty.ShouldBeTrue();
        default(WrittenValues).ChangedSince(Key, User, "defaultMethod", "push").ShouldBeFalse();
    }

    [Fact]
    public void The_same_value_of_another_user_has_another_fingerprint()
    {
        var change = new Change.SetPhone(PhoneSlot.Mobile, null, new PhoneNumber("+1 2065550101"), "");

        WrittenValues.Of(Key, UnitId.ForUser(Guid.Empty), change).ShouldNotBe(WrittenValues.Of(Key, User, change));
    }

    private static WrittenValues After(params Change[] changes) => changes.Aggregate(
        default(WrittenValues),
        static (values, change) => values.With(Encoding.ASCII.GetBytes(change.Id), Encoding.ASCII.GetBytes(WrittenValues.Of(Key, User, change)!)));

    private static readonly PhoneNumber?[] Numbers =
        [null, new("+1 2065550101"), new("+12065550101"), new("+1 2065550102"), new("+1 206x5550101"), new("+1 2065550101x7")];

    private static readonly Gen<PhoneNumber?> Number = Gen.Int[0, Numbers.Length - 1].Select(static place => Numbers[place]);
}
