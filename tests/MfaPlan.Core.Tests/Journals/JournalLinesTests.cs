using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Journals;

namespace MfaPlan.Core.Tests.Journals;

public sealed class JournalLinesTests
{
    public static TheoryData<string> Personal { get; } =
        ["anna@contoso.com", "+44 2071234567", "+442071234567", "Anna Smith ", "020 7123", "", "\n", "a\"b", new string('x', 201)];

    [Fact]
    public void A_line_has_one_form()
    {
        var line = JournalLines.Write(41, 2, Lines.Begin(5), JournalLines.Genesis, out var hash);

        Encoding.UTF8.GetString(line).ShouldBe(
            """{"v":1,"n":41,"at":"2026-11-24T12:00:00.125Z","kind":"begin","run":"3f9a","epoch":2,"unit":"user/00000000-0000-0000-0000-000000000005","changes":["phone.mobile"],"hash":""" + '"' + hash + "\"}");
    }

    [Fact]
    public void The_hash_can_be_checked_by_hand()
    {
        var previous = new string('a', 64);

        var line = JournalLines.Write(2, 1, Lines.Settle(1, new ChangeOutcome.AlreadyInPlace()), previous, out var hash);

        var text = Encoding.UTF8.GetString(line);
        var body = text[..text.IndexOf(",\"hash\"", StringComparison.Ordinal)];
        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + body))));
        text.ShouldEndWith(hash + "\"}");
    }

    [Fact]
    public void Every_kind_reads_as_it_was_written()
    {
        var hash = JournalLines.Genesis;
        foreach (var entry in Lines.OfEveryKind())
        {
            var previous = hash;
            var line = JournalLines.Write(7, 3, entry, previous, out hash);

            JournalLines.Parse(line, previous).ShouldBe(new JournalLine(7, 3, entry, hash));
        }
    }

    [Fact]
    public void Any_settle_reads_as_it_was_written() => GenSettle.Sample(static settle =>
    {
        var line = JournalLines.Write(1, 1, settle, JournalLines.Genesis, out _);

        JournalLines.Parse(line, JournalLines.Genesis).Entry.ShouldBe(settle);
    });

    [Fact]
    public void Whatever_the_service_answers_no_line_holds_a_mail_address_or_a_number() => Gen.String.Select(Gen.String).Sample(static (code, request) =>
    {
        foreach (var text in (string[])[code, "anna@contoso.com", "+442071234567", "2071234567", "Phone " + code])
        {
            var line = Encoding.UTF8.GetString(JournalLines.Write(
                1,
                1,
                new JournalEntry.Settle(
                    Lines.Noon,
                    "r",
                    Lines.User(1),
                    [
                        new ChangeSettled("a", new ChangeOutcome.Refused(text, request)),
                        new ChangeSettled("b", new ChangeOutcome.Blocked(text)),
                        new ChangeSettled("c", new ChangeOutcome.Drifted(text)),
                        new ChangeSettled("d", new ChangeOutcome.Applied(text)),
                    ],
                    null),
                JournalLines.Genesis,
                out _));

            line.ShouldNotContain('@');
            line.ShouldNotContain('+');
            line.ShouldNotContain("2071234567");
        }
    });

    [Fact]
    public void A_code_that_is_a_word_stands_verbatim()
    {
        var line = JournalLines.Write(
            1, 1, Lines.Settle(1, new ChangeOutcome.Refused("Request_ResourceNotFound", Lines.Guid1)), JournalLines.Genesis, out _);

        Encoding.UTF8.GetString(line).ShouldContain($"\"code\":\"Request_ResourceNotFound\",\"request\":\"{Lines.Guid1}\"");
    }

    [Theory]
    [MemberData(nameof(Personal))]
    public void Our_own_words_are_words(string text)
    {
        JournalEntry[] entries =
        [
            Lines.Run() with { RunId = text },
            Lines.Run() with { Digest = text },
            Lines.Run() with { PlanDigest = text },
            Lines.Run() with { Purpose = text },
            Lines.Run() with { Undoes = text },
            Lines.Run() with { Holder = text },
            Lines.Begin(1, "r", text),
            new JournalEntry.Settle(Lines.Noon, "r", Lines.User(1), [new ChangeSettled(text, new ChangeOutcome.AlreadyInPlace())], null),
            Lines.Settle(1, new ChangeOutcome.AlreadyInPlace(), text),
            new JournalEntry.Gate(Lines.Noon, "1:migrate", text, "q", "s"),
            new JournalEntry.Gate(Lines.Noon, "1:migrate", "r", text, "s"),
            new JournalEntry.Gate(Lines.Noon, "1:migrate", "r", "q", text),
            new JournalEntry.Close(Lines.Noon, "r", text),
            new JournalEntry.Takeover(Lines.Noon, text, "f"),
            new JournalEntry.Takeover(Lines.Noon, "h", text),
            new JournalEntry.Recovered(Lines.Noon, text, 1),
            new JournalEntry.Segment(Lines.Noon, 1, text),
        ];

        foreach (var entry in entries)
        {
            Should.Throw<ArgumentException>(() => JournalLines.Write(1, 1, entry, JournalLines.Genesis, out _), entry.ToString());
        }
    }

    [Theory]
    [InlineData("anna@contoso.com")]
    [InlineData("+442071234567")]
    [InlineData("a\nb")]
    public void Names_of_the_plan_cannot_be_addresses_or_numbers(string text)
    {
        Should.Throw<ArgumentException>(() => JournalLines.Check(Lines.Run() with { Plan = text }));
        Should.Throw<ArgumentException>(() => JournalLines.Check(Lines.Run() with { Stage = "2:wave/" + text }));
        Should.Throw<ArgumentException>(() => JournalLines.Check(new JournalEntry.Begin(Lines.Noon, "r", UnitId.Named(UnitKind.Wave, text), [])));
    }

    [Fact]
    public void A_name_of_the_plan_may_be_in_any_language()
    {
        var run = Lines.Run() with { Plan = "Zürich 2026 (Süd)", Stage = "2:wave/東京" };
        var begin = new JournalEntry.Begin(Lines.Noon, "r", UnitId.Named(UnitKind.Wave, "Zürich 東京 😀"), ["a"]);

        JournalLines.Parse(JournalLines.Write(1, 1, run, JournalLines.Genesis, out _), JournalLines.Genesis).Entry.ShouldBe(run);
        JournalLines.Parse(JournalLines.Write(1, 1, begin, JournalLines.Genesis, out _), JournalLines.Genesis).Entry.ShouldBe(begin);
    }

    [Fact]
    public void A_newer_format_is_refused_by_naming_what_reads_it()
    {
        var line = Signed("""{"v":2,"n":1,"at":"2026-11-24T12:00:00Z","kind":"close","run":"r","epoch":1,"result":"complete","new":1""");

        var thrown = Should.Throw<JournalDamagedException>(() => JournalLines.Parse(line, JournalLines.Genesis));

        thrown.Damage.ShouldBe(JournalDamage.NewerFormat);
        thrown.Message.ShouldContain("journal format 2");
    }

    [Theory]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"close","run":"r","epoch":1,"result":"complete","note":"x" """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"close","run":"r","epoch":1""")]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"close","epoch":1,"run":"r","result":"complete" """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"shut","run":"r","epoch":1,"result":"complete" """)]
    [InlineData("""{"v":1,"n":1,"at":"noon","kind":"close","run":"r","epoch":1,"result":"complete" """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"begin","run":"r","epoch":1,"unit":"group/x","changes":[] """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"begin","run":"r","epoch":1,"unit":"wave/x","changes":[1] """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"settle","run":"r","epoch":1,"unit":"wave/x","outcomes":[{"id":"a","is":"done"}] """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"settle","run":"r","epoch":1,"unit":"wave/x","outcomes":[{"id":"a","is":"applied","by":"b"}] """)]
    [InlineData("""{"v":1,"n":1,"at":"2026-11-24T12:00:00Z","kind":"settle","run":"r","epoch":1,"unit":"wave/x","outcomes":[[]] """)]
    public void A_line_of_another_form_is_refused_even_with_the_right_hash(string body) =>
        Should.Throw<JournalDamagedException>(() => JournalLines.Parse(Signed(body.TrimEnd()), JournalLines.Genesis)).Damage.ShouldBe(JournalDamage.Malformed);

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        var line = JournalLines.Write(1, 1, Lines.Settle(1, new ChangeOutcome.Applied(Lines.Guid1), Lines.Source(1)), JournalLines.Genesis, out _);

        for (var at = 0; at < line.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. line];
                changed[at] ^= (byte)(1 << bit);

                Should.Throw<JournalDamagedException>(() => JournalLines.Parse(changed, JournalLines.Genesis));
            }
        }
    }

    [Fact]
    public void A_line_cut_anywhere_is_noticed()
    {
        var line = JournalLines.Write(1, 1, Lines.Begin(1), JournalLines.Genesis, out _);

        for (var length = 0; length < line.Length; length++)
        {
            Should.Throw<JournalDamagedException>(() => JournalLines.Parse(line.AsSpan(0, length), JournalLines.Genesis)).Damage.ShouldBe(JournalDamage.BrokenChain);
        }
    }

    private static readonly Gen<string> GenWord = Gen.String[Gen.Char["abcXYZ01._:/-"], 1, 20];

    private static readonly Gen<ChangeOutcome> GenOutcome = Gen.OneOf<ChangeOutcome>(
        GenWord.Select(static text => (ChangeOutcome)new ChangeOutcome.Applied(null)),
        Gen.Guid.Select(static id => (ChangeOutcome)new ChangeOutcome.Applied(id.ToString())),
        Gen.Const((ChangeOutcome)new ChangeOutcome.AlreadyInPlace()),
        Gen.Const((ChangeOutcome)new ChangeOutcome.Drifted("phone.mobile")),
        Gen.Guid.Select(static id => (ChangeOutcome)new ChangeOutcome.Refused("Request_BadRequest", id.ToString())),
        Gen.Const((ChangeOutcome)new ChangeOutcome.Unconfirmed(null)),
        Gen.Const((ChangeOutcome)new ChangeOutcome.Blocked("MFP4001")));

    private static readonly Gen<JournalEntry.Settle> GenSettle = Gen.Select(
        Gen.DateTime, GenWord, Gen.Guid, Gen.Select(GenWord, GenOutcome).Array[0, 5], Gen.Bool).Select(static parts => new JournalEntry.Settle(
            new DateTimeOffset(DateTime.SpecifyKind(parts.Item1, DateTimeKind.Utc)),
            parts.Item2,
            UnitId.ForUser(parts.Item3),
            [.. parts.Item4.Select(static outcome => new ChangeSettled(outcome.Item1, outcome.Item2))],
            parts.Item5 ? Lines.Source(3) : null));

    private static byte[] Signed(string body) => Encoding.UTF8.GetBytes(
        body + ",\"hash\":\"" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JournalLines.Genesis + body))) + "\"}");
}
