using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Changes;

public sealed class ChangeSetDigestTests
{
    private static readonly ValueKey Key = new("test", [.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);

    private static readonly Gen<PhoneNumber> Numbers = Gen.Int[2000000, 9999999].Select(static n => PhoneNumber.From("1", $"206{n}"));

    private static readonly Gen<Change> Changes = Gen.OneOf(
        Gen.Select(Gen.Enum<PhoneSlot>(), Numbers.Null(), Numbers.Null(), static (slot, before, after) =>
            (Change)new Change.SetPhone(slot, before, after, "rule")),
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 9999], Gen.Bool, static (step, serial, after) => Token(step, serial, after)),
        Gen.Bool.Select(static sms => sms ? DefaultMethod.Sms : DefaultMethod.Push).Select(static method => (Change)new Change.SetDefaultMethod(null, method, "rule")));

    private static readonly Gen<Unit> Units = Gen.Select(Gen.Guid, Changes.Array[0, 3], Numbers, Gen.Bool, static (id, changes, number, flag) =>
        new Unit(UnitId.ForUser(id), StageId.Migrate, [.. changes], [new Finding("MFP3027", []).With("entra", number).With("slot", "mobile")])
        {
            Name = new PersonalName($"{id:N}@contoso.com"),
            Administrator = flag,
            SourceRow = flag ? 7 : 0,
            Usability = new Usability(flag, true, !flag),
        });

    private static Change Token(int step, int serial, bool after)
    {
        var token = new SecretRef("seeds/vendor.pskc", $"SN {serial}", $"{serial:x32}");
        return step switch
        {
            1 => new Change.CreateToken(token, after, "rule"),
            2 => new Change.AssignToken(token, after, "rule"),
            _ => new Change.ActivateToken(token, after, "rule"),
        };
    }

    [Fact]
    public void A_line_of_a_version_without_tokens_is_read()
    {
        var unit = ((ChangeSetLine.Of)Read("""
            {"unit":"user/00000001-0000-0000-0000-000000000000","stage":"1:migrate","changes":[
            {"id":"phone.mobile","after":"+1 2065550100","rule":"r"},{"id":"defaultMethod","after":"sms","rule":"r"}]}
            """u8.ToArray())).Unit;

        unit.Changes.Select(static change => change.Kind).ShouldBe(["phone.mobile", "defaultMethod"]);
    }

    [Fact]
    public void Ids_of_tokens_tell_them_apart_and_say_the_step()
    {
        var ids = Enumerable.Range(1, 500).SelectMany(static serial => Enumerable.Range(1, 3).Select(step => Token(step, serial, after: true).Id)).ToList();

        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(1500);
        ids.ShouldAllBe(static id => id.StartsWith("token.", StringComparison.Ordinal) && id.Length < 40);
        Token(1, 7, after: true).Id.ShouldBe(Token(1, 7, after: false).Id);
    }

    [Fact]
    public void What_is_written_reads_back_the_same() =>
        Units.Sample(static unit => Read(Write(new ChangeSetLine.Of(unit), new PersonalValues(key: null))) is ChangeSetLine.Of of && of.Unit.Equals(unit));

    [Fact]
    public void The_canonical_form_holds_no_personal_value() =>
        Units.Sample(static unit =>
        {
            var text = System.Text.Encoding.UTF8.GetString(Write(new ChangeSetLine.Of(unit), new PersonalValues(Key)));
            return !text.Contains("contoso.com", StringComparison.Ordinal) && !text.Contains("+1 206", StringComparison.Ordinal);
        });

    [Fact]
    public void The_same_lines_give_the_same_digest_and_any_other_value_another() =>
        Gen.Select(Units, Numbers).Sample(static (unit, number) =>
        {
            var other = unit with { Changes = [new Change.SetPhone(PhoneSlot.Office, null, number, "other")] };
            return Digest(unit) == Digest(unit) && Digest(unit) != Digest(other);
        });

    [Fact]
    public void The_same_number_in_two_places_stands_as_two_codes()
    {
        var number = new PhoneNumber("+1 2065550100");
        var one = Write(Line(new Change.SetPhone(PhoneSlot.Mobile, null, number, "r")), new PersonalValues(Key));
        var two = Write(Line(new Change.SetPhone(PhoneSlot.Office, null, number, "r")), new PersonalValues(Key));

        Code(one).ShouldNotBe(Code(two));

        static ChangeSetLine.Of Line(Change change) => new(new Unit(UnitId.ForUser(Guid.Empty), StageId.Migrate, [change], []));
        static string Code(byte[] line) => JsonDocument.Parse(line).RootElement.GetProperty("changes")[0].GetProperty("after").GetString()!;
    }

    [Fact]
    public void Header_and_footer_read_back_the_same()
    {
        var header = new ChangeSetHeader(
            Guid.Parse("11111111-2222-4333-8444-555555555555"), "plan", new string('a', 64), StageId.Wave(1, "hq"), ChangeSetPurpose.Rollback, "run1", 1, 3,
            [new ChangeSetInput("scope", new string('b', 64), 25)]);
        var footer = new ChangeSetFooter(
            Totals.None with { Users = 3, ByChange = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("phone.mobile", 2L)]) },
            [new GuardResult("MFP3112", GuardVerdict.Unknown, "words")]);

        var head = ((ChangeSetLine.Head)Read(Write(new ChangeSetLine.Head(header), new PersonalValues(null)))).Header;
        var foot = ((ChangeSetLine.Foot)Read(Write(new ChangeSetLine.Foot(footer), new PersonalValues(null)))).Footer;

        head.Inputs.ShouldBe(header.Inputs);
        (head with { Inputs = header.Inputs }).ShouldBe(header);
        foot.Guards.ShouldBe(footer.Guards);
        foot.Totals.ByChange.ShouldBe(footer.Totals.ByChange);
        foot.Verdict.ShouldBe(GuardVerdict.Unknown);
    }

    [Fact]
    public void A_newer_format_is_refused_by_naming_it() =>
        Should.Throw<FormatException>(static () => Read("{\"changeSet\":2}"u8.ToArray())).Message.ShouldContain("format 2");

    private static string Digest(Unit unit)
    {
        using var digest = new ChangeSetDigest(Key);
        digest.Add(new ChangeSetLine.Of(unit));
        return digest.Value();
    }

    private static byte[] Write(ChangeSetLine line, PersonalValues values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        ChangeSetJson.Write(json, line, values);
        return buffer.WrittenSpan.ToArray();
    }

    private static ChangeSetLine Read(byte[] line) => ChangeSetJson.Read(line);
}
