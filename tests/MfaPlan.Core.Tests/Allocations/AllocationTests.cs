using System.Buffers;
using System.Text.Json;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sealing;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Allocations;

/// <summary>
/// What one user may allocate on its way through the core. A budget is about a quarter above what was measured when it was set; it counts
/// bytes, not time. A change that needs more raises it on purpose.
/// </summary>
public sealed class AllocationTests
{
    private const int Rounds = 1_000;

    [Fact]
    public void A_user_with_two_phones_and_a_default_is_planned_within_its_budget()
    {
        var context = Cases.Context(Cases.Plan());
        var user = Cases.Scope(Cases.Source(SourceMode.TextMessage, backup: "2065550102"));
        var seen = Cases.Seen();

        var bytes = BytesOf(() => Planner.ForUser(context, user, seen, lastMigrated: null));

        Planner.ForUser(context, user, seen, lastMigrated: null).Changes.Length.ShouldBe(3);
        bytes.ShouldBeLessThanOrEqualTo(9_600);
    }

    [Fact]
    public void A_user_who_is_as_the_plan_wants_is_planned_within_its_budget()
    {
        var context = Cases.Context(Cases.Plan("defaultMethod: leave"));
        var user = Cases.Scope(Cases.Source(SourceMode.TextMessage));
        var seen = Cases.Seen(new(MethodParts.None) { Mobile = new PhoneNumber("+1 2065550101") });

        var bytes = BytesOf(() => Planner.ForUser(context, user, seen, lastMigrated: null));

        Planner.ForUser(context, user, seen, lastMigrated: null).Changes.ShouldBeEmpty();
        bytes.ShouldBeLessThanOrEqualTo(6_500);
    }

    [Fact]
    public void A_unit_is_hashed_and_written_within_its_budget()
    {
        using var digest = new ChangeSetDigest(new ValueKey("test", new byte[32]));
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        var clear = new PersonalValues(key: null);
        ChangeSetLine line = new ChangeSetLine.Of(Planner.ForUser(
            Cases.Context(Cases.Plan()), Cases.Scope(Cases.Source(SourceMode.TextMessage, backup: "2065550102")), Cases.Seen(), null));

        var hashed = BytesOf(() => digest.Add(line));
        var written = BytesOf(() =>
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            ChangeSetJson.Write(json, line, clear);
        });

        hashed.ShouldBeLessThanOrEqualTo(430);
        written.ShouldBeLessThanOrEqualTo(430);
    }

    [Fact]
    public void Phone_numbers_are_compared_without_allocating()
    {
        var one = new PhoneNumber("+1 2065550101x12");
        var other = new PhoneNumber("+1 (206) 555-0101 X12");

        BytesOf(() => one.Equals(other)).ShouldBe(0);
        BytesOf(() => one.GetHashCode()).ShouldBe(0);
        one.ShouldBe(other);
        one.GetHashCode().ShouldBe(other.GetHashCode());
    }

    /// <summary>Bytes a call allocates on this thread, once everything is warm.</summary>
    private static long BytesOf(Action call)
    {
        for (var i = 0; i < Rounds; i++)
        {
            call();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    private static long BytesOf<T>(Func<T> call) => BytesOf(() => { _ = call(); });
}
