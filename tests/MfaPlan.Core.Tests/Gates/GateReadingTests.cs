using System.Text;
using CsCheck;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Gates;

/// <summary>Readings as they are kept, and the terms that a plan gives.</summary>
public sealed class GateReadingTests
{
    private static readonly GateWorld World = new(
        GateWorld.Nothing with { MinUsers = 1, FailedUsers = 2, Attest = [Attestation.Push] }, Users: 4, NowHours: 40, (-400, 40),
        [GateWorld.Fresh(1, 30), GateWorld.Ended(2, 31, 50076), GateWorld.Ended(3, -5, 0)], [new(Attestation.Push, 1, 0, 0)]);

    [Fact]
    public void The_first_reading_reads_for_ever()
    {
        var reading = new GateReading(World.Query, World.Sample);

        Golden.ShouldMatch(Encoding.UTF8.GetString(reading.Write()), "tests/MfaPlan.Core.Tests/Gates/reading.v1.json");
        GateReading.Read(File.ReadAllBytes(Path.Combine(Golden.RepositoryRoot, "tests/MfaPlan.Core.Tests/Gates/reading.v1.json"))).Decision.ShouldBe(World.Judge());
    }

    [Fact]
    public void A_reading_names_nobody()
    {
        var text = Encoding.UTF8.GetString(new GateReading(World.Query, World.Sample).Write());

        text.ShouldNotContain(GateWorld.IdOf(1).ToString());
        text.ShouldNotContain("@");
    }

    [Fact]
    public void A_reading_of_which_a_byte_was_changed_is_not_read_or_is_another()
    {
        var reading = new GateReading(World.Query, World.Sample);
        var bytes = reading.Write();

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[32, 126]).Sample((at, with) =>
        {
            var changed = bytes.ToArray();
            changed[at] = with;
            try
            {
                var read = GateReading.Read(changed);

                return changed.AsSpan().SequenceEqual(bytes) || (read.QueryDigest, read.SampleDigest) != (reading.QueryDigest, reading.SampleDigest);
            }
            catch (FormatException)
            {
                return true;
            }
        });
    }

    [Theory]
    [InlineData("\"now\":\"2026-10-26T14:00:00+00:00\"", "\"now\":\"9999-12-31T23:59:59+00:00\"")]
    [InlineData("\"last\":\"2026-10-24T22:00:00+00:00\"", "\"last\":\"9999-12-31T23:59:59+00:00\"")]
    [InlineData("\"propagation\":\"00:00:00\"", "\"propagation\":\"10675199.02:48:05.4775807\"")]
    [InlineData("\"freshMfaUsers\":null", "\"freshMfaUsers\":79228162514264337593543950335")]
    [InlineData("\"failedUsers\":2,", "\"failedUsers\":79228162514264337593543950335,")]
    [InlineData("\"answers\":[{", "\"answers\":[null,{")]
    [InlineData("\"stage\":\"2:wave/pilot\"", "\"stage\":\"\\ud800\"")]
    [InlineData("\"is\":\"read\",", "")]
    public void A_reading_that_cannot_be_judged_is_none(string old, string replacement)
    {
        var text = Encoding.UTF8.GetString(new GateReading(World.Query, World.Sample).Write());
        text.ShouldContain(old);

        try
        {
            // Where it can be judged after all, it is read only with the result that follows.
            GateReading.Read(Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal))).Decision.Word.ShouldBe("open");
        }
        catch (FormatException error)
        {
            error.Message.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void The_windows_of_a_query_follow_from_what_the_log_covers_and_no_others_do()
    {
        var query = World.Query;

        query.FollowsAgain().ShouldBeTrue();
        (query with { Watched = query.Watched! with { From = query.Watched.From.AddHours(-1) } }).FollowsAgain().ShouldBeFalse();
        (query with { Baseline = null }).FollowsAgain().ShouldBeFalse();
        (query with { Routing = query.Routing! with { First = DateTimeOffset.MinValue } }).FollowsAgain().ShouldBeFalse();
    }

    [Fact]
    public void A_result_that_does_not_follow_is_refused_and_so_is_a_newer_format()
    {
        var text = Encoding.UTF8.GetString(new GateReading(World.Query, World.Sample).Write());

        text.ShouldContain("\"result\":\"open\"");
        Should.Throw<FormatException>(() => GateReading.Read(Encoding.UTF8.GetBytes(text.Replace("\"result\":\"open\"", "\"result\":\"closed\"", StringComparison.Ordinal))));
        Should.Throw<FormatException>(() => GateReading.Read(Encoding.UTF8.GetBytes(text.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal))))
            .Message.ShouldContain("newer");
    }

    [Fact]
    public void A_wave_says_something_else_value_by_value_and_asks_for_no_fewer_people()
    {
        var wave = new Wave { Name = "pilot", From = ["a"], Into = ["b"], Max = 1, Gate = new() { MinUsers = 5, Attest = [Attestation.Portal], Signers = 1 } };
        var rollout = new Rollout
        {
            Waves = [wave],
            GateDefaults = new()
            {
                Soak = new(TimeSpan.FromDays(5)),
                MinUsers = 50,
                FailedUsers = new(2),
                Attest = [Attestation.Push, Attestation.SeesMethods, Attestation.Push],
                Signers = 2,
            },
        };

        GateTerms.Of(rollout, wave).ShouldBe(new GateTerms(
            TimeSpan.FromHours(24), TimeSpan.FromDays(5), 5, null, 2, null, [Attestation.Portal], 2, Inconclusive.Hold));
        GateTerms.Of(rollout, wave with { Gate = null }).Attest.ShouldBe([Attestation.SeesMethods, Attestation.Push]);
    }

    [Fact]
    public void A_plan_that_says_nothing_asks_for_a_day_and_one_user()
    {
        var wave = new Wave { Name = "pilot", From = ["a"], Into = ["b"], Max = 1 };

        var terms = GateTerms.Of(new Rollout { Waves = [wave] }, wave);

        (terms.Propagation, terms.MinUsers, terms.AskSignIns).ShouldBe((TimeSpan.FromHours(24), 1, true));
    }
}
