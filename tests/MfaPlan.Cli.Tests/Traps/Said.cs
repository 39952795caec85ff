using System.Collections.Immutable;
using System.Text.Json;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>What a preview said: its verdict, its guards, and every user's findings.</summary>
/// <param name="Exit">The exit code.</param>
/// <param name="Digest">The change set.</param>
/// <param name="Verdict">The one word.</param>
/// <param name="LeftWithout">Users left without, as the totals have it.</param>
/// <param name="Refusals">Codes of the guards that refuse, with their messages.</param>
/// <param name="Users">By object id.</param>
internal sealed record Said(
    int Exit, string Digest, string Verdict, long LeftWithout, ImmutableArray<(string Code, string Message)> Refusals, ImmutableDictionary<Guid, Said.OfUser> Users)
{
    /// <summary>Codes of warnings and notes that say of a user that something is wrong; an error always does.</summary>
    private static readonly ImmutableHashSet<string> Accusing = ["MFP3001", "MFP3008", "MFP3138", "MFP3172", "MFP3176", "MFP3177"];

    /// <summary>Whether a stage changes the user, and what was found.</summary>
    /// <param name="State">changes, in place, left out, unknown.</param>
    /// <param name="Codes">Every finding's.</param>
    /// <param name="Accused">Those that say that something is wrong.</param>
    internal sealed record OfUser(string State, ImmutableHashSet<string> Codes, ImmutableHashSet<string> Accused)
    {
        /// <summary>Not spoken of at all.</summary>
        public static readonly OfUser Nothing = new("absent", [], []);
    }

    /// <summary>What was said of a user.</summary>
    public OfUser Of(Guid user) => Users.GetValueOrDefault(user) ?? OfUser.Nothing;

    /// <summary>Reads what <c>preview --json --unchanged</c> printed.</summary>
    public static Said Read(Ran ran)
    {
        ran.Out.ShouldNotBeEmpty(ran.Error);
        using var document = JsonDocument.Parse(ran.Out);
        var preview = document.RootElement.GetProperty("preview");
        return new(
            ran.Exit,
            Text(preview, "digest"),
            Text(document.RootElement, "verdict"),
            preview.GetProperty("totals").GetProperty("leftWithout").GetInt64(),
            [.. preview.GetProperty("guards").EnumerateArray().Where(static guard => Text(guard, "verdict") == "Refuses").Select(static guard => (Text(guard, "code"), Text(guard, "message")))],
            document.RootElement.GetProperty("users").EnumerateArray().ToImmutableDictionary(static user => user.GetProperty("id").GetGuid(), OfOne));
    }

    private static OfUser OfOne(JsonElement user)
    {
        var findings = user.GetProperty("findings").EnumerateArray().Select(static finding => (Code: Text(finding, "code"), Error: Text(finding, "severity") == "Error")).ToList();
        return new(
            Text(user, "state"),
            [.. findings.Select(static finding => finding.Code)],
            [.. findings.Where(static finding => finding.Error || Accusing.Contains(finding.Code)).Select(static finding => finding.Code)]);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
