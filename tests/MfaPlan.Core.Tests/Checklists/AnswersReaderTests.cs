using System.Text;
using CsCheck;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Tests.Plans;
using NJsonSchema;

namespace MfaPlan.Core.Tests.Checklists;

public sealed class AnswersReaderTests
{
    [Fact]
    public void The_published_schema_is_the_one_generated_from_the_records() =>
        Golden.ShouldMatch(Generate().ToJson() + "\n", "schemas/checklist-answers.v1.schema.json");

    [Fact]
    public void The_schema_has_no_oneOf_and_takes_no_unknown_keys()
    {
        var text = Generate().ToJson();

        text.ShouldNotContain("oneOf");
        text.ShouldNotContain("\"additionalProperties\": true");
    }

    [Fact]
    public void Full_answers_are_read_as_they_are_written()
    {
        var read = Read(
            """
            format: 1
            items:
              - id: backup
                state: done
                owner: identity@contoso.com
                date: 2026-11-02
                evidence:
                  - { file: backup/PhoneFactor.pfdata, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 }
                  - { text: Copied by the operators. }
                  - { link: "https://wiki.contoso.com/backup" }
              - { id: providerSettings, state: notApplicable, reason: There is no provider., owner: identity@contoso.com, date: 2026-11-02 }
              - { id: usersInformed, state: open }
            rows:
              - { id: radius, answer: used, count: 2, note: Two VPN gateways. }
              - { id: ldap, answer: notUsed }
            """);

        read.Diagnostics.ShouldBeEmpty();
        var answers = read.Value.ShouldNotBeNull();
        answers.Items.Select(static item => item.State).ShouldBe([ItemState.Done, ItemState.NotApplicable, ItemState.Open]);
        answers.Items[0].Evidence.Select(static evidence => evidence.File ?? evidence.Text ?? evidence.Link!.AbsoluteUri)
            .ShouldBe(["backup/PhoneFactor.pfdata", "Copied by the operators.", "https://wiki.contoso.com/backup"]);
        answers.Items[0].Date.ShouldBe(new DateOnly(2026, 11, 2));
        (answers.Rows[0].Answer, answers.Rows[0].Count, answers.Rows[1].Answer).ShouldBe((RowUse.Used, 2, RowUse.NotUsed));
    }

    [Fact]
    public void Answers_alone_with_their_format_leave_everything_open()
    {
        var answers = Read("format: 1\n").Value.ShouldNotBeNull();

        (answers.Items.Length, answers.Rows.Length).ShouldBe((0, 0));
    }

    [Fact]
    public void Every_step_and_row_of_the_guide_can_be_answered()
    {
        var items = GuideData.Items.Select(static item => $"  - {{ id: {item.Id}, state: open }}");
        var rows = GuideData.Rows.Select(static row => $"  - {{ id: {row.Id}, answer: notUsed }}");

        Read($"format: 1\nitems:\n{string.Join('\n', items)}\nrows:\n{string.Join('\n', rows)}\n").Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("format: 1\nitems: &all [{ id: backup, state: open }]\n", "MFP1010")]
    [InlineData("format: 1\nitems:\n  - !!str backup\n", "MFP1010")]
    [InlineData("format: 1\n---\nformat: 1\n", "MFP1011")]
    [InlineData("format: 1\nitems: [[[[\n", "MFP1007")]
    [InlineData("format: 1\nitems: backup\n", "MFP2002")]
    [InlineData("format: one\n", "MFP2002")]
    [InlineData("format: 0\n", "MFP2015")]
    [InlineData("format: 99999999999\n", "MFP2033")]
    [InlineData("- format: 1\n", "MFP2002")]
    [InlineData("format: 1\nrows: [{ id: radius, answer: used, count: -1 }]\n", "MFP2015")]
    [InlineData("format: 1\nrows: [{ id: radius, answer: used, count: 99999999999 }]\n", "MFP2015")]
    [InlineData("format: 1\nrows: [{ id: radius, answer: used, count: \"2\" }]\n", "MFP2002")]
    [InlineData("format: 1\nitems: [{ id: \"\", state: open }]\n", "MFP2005")]
    [InlineData("format: 1\nitems: [{ id: Backup, state: open }]\n", "MFP2030")]
    [InlineData("format: 1\nitems: [{ id: backup, state: Done }]\n", "MFP2003")]
    [InlineData("format: 1\nitems: [{ id: backup, state: open, evidence: [{ link: \"http://wiki/\" }] }]\n", "MFP2005")]
    [InlineData("format: 1\nitems: [{ id: backup, state: open, evidence: [{ link: \"javascript:alert(1)\" }] }]\n", "MFP2005")]
    public void What_is_no_answers_is_refused_with_its_place(string text, string code)
    {
        var read = Read(text);

        read.Succeeded.ShouldBeFalse();
        read.Diagnostics.Select(static diagnostic => diagnostic.Descriptor.Code).ShouldContain(code);
        read.Diagnostics.ShouldAllBe(static diagnostic => diagnostic.Location is Location.InText);
    }

    [Fact]
    public void Bytes_cut_off_or_thrown_together_never_throw()
    {
        var whole = File.ReadAllBytes(Path.Combine(Golden.RepositoryRoot, "plans", "samples", "assess", "answers.yaml"));

        AnswersReader.ReadBytes("answers.yaml", whole).Succeeded.ShouldBeTrue();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            var bytes = whole.ToArray();
            bytes[at] = value;
            var read = AnswersReader.ReadBytes("answers.yaml", bytes.AsSpan(0, length));
            read.Succeeded.ShouldBe(read.Diagnostics.All(static diagnostic => diagnostic.Descriptor.Severity != Severity.Error));
        });
    }

    [Fact]
    public void A_file_of_another_size_than_any_answers_is_not_read() =>
        AnswersReader.ReadBytes("answers.yaml", new byte[PlanReader.MaxBytes + 1]).Diagnostics.Single().Descriptor.Code.ShouldBe("MFP1004");

    private static Checked<Answers> Read(string text) => AnswersReader.ReadBytes("answers.yaml", Encoding.UTF8.GetBytes(text));

    private static JsonSchema Generate()
    {
        var schema = DocumentSchemas.Of<Answers>("MfaPlan checklist answers");
        DocumentSchemas.Bound(schema.Properties["format"], static property => property.Minimum = 1);
        DocumentSchemas.Bound(schema.Definitions[nameof(Evidence)].Properties["sha256"], static property => property.Pattern = "^[0-9a-fA-F]{64}$");
        return schema;
    }
}
