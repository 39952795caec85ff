using MfaPlan.Core.Changes;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Tests.Evidence;

public sealed class NoteWatchTests
{
    [Theory]
    [InlineData("tried by two", false)]
    [InlineData("", false)]
    [InlineData("3 of 3 calls, 20 min", false)]
    [InlineData("contoso laptops only", false)]
    [InlineData("with Alice and one more", true)]
    [InlineData("asked heidi-klein", true)]
    [InlineData("the leftover smithjohn", true)]
    [InlineData("labelled Ward7", true)]
    [InlineData("malice aforethought", false)]
    [InlineData("write to me@x", true)]
    [InlineData("+1 (206) 555-0101", true)]
    [InlineData("2065550101", true)]
    public void A_note_shows_somebody_by_address_number_or_a_word_of_a_name(string note, bool shows)
    {
        var watch = new NoteWatch();
        watch.Watch(note);

        foreach (var name in new[] { "alice@contoso.com", "heidi.klein@contoso.com", "al@contoso.com" })
        {
            watch.See(new ChangeSetLine.Of(new Unit(UnitId.ForUser(Guid.Empty), StageId.Migrate, [], []) { Name = new PersonalName(name) }));
        }

        watch.See(new ChangeSetLine.Of(new Unit(
            UnitId.ForUser(Guid.Empty), StageId.Migrate, [], [new Finding("MFP3001", [new FindingValue("group", "Ward7", FindingValueKind.Label)])])));
        watch.See(new ChangeSetLine.Rest(new Leftover(7, new PersonalName("smithjohn"))));

        watch.Shows(note).ShouldBe(shows);
    }
}
