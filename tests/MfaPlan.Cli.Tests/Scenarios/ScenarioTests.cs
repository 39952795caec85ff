using System.Text.RegularExpressions;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Checklists;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Evidence;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.State;

namespace MfaPlan.Cli.Tests.Scenarios;

/// <summary>
/// Every code from MFP3000 has a folder <c>plans/invalid/CODE-name</c> that provokes it through the real program: steps in
/// <c>scenario.txt</c> (see <see cref="Scenario"/>), what the user then reads in <c>expected.txt</c>.
/// </summary>
public sealed partial class ScenarioTests
{
    private const string Root = "plans/invalid";

    /// <summary>Codes that no command line provokes in memory, and why.</summary>
    private static readonly Dictionary<string, string> Unprovoked = new(StringComparer.Ordinal)
    {
        ["MFP3204"] = "no command previews the cut-over yet; ChecklistJudgeTests has the judge",
        ["MFP4039"] = "no command goes by standing approvals yet; ApprovalJudgeTests has the judge",
        ["MFP5210"] = "needs a file system that does not lock",
        ["MFP5222"] = "needs a runner that is stopped past its lease, see BlobTests",
        ["MFP5223"] = "needs another writer in the container, see BlobFaultTests",
    };

    public static TheoryData<string> Folders =>
        [.. Directory.EnumerateDirectories(Path.Combine(Golden.RepositoryRoot, Root)).Select(static path => Path.GetFileName(path))
            .Where(static name => IsOurs(name) && File.Exists(Path.Combine(Golden.RepositoryRoot, Root, name, "scenario.txt")))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Says(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var code = folder[..7];

        await using var scenario = await Scenario.CarryOutAsync($"{Root}/{folder}", code);

        scenario.Said.ShouldContain(code);
        NamesNobody(scenario.Said);
        Golden.ShouldMatch(scenario.Expected, $"{Root}/{folder}/expected.txt");
    }

    [Fact]
    public void Every_code_has_a_scenario()
    {
        var provoked = Folders.Select(static row => row.Data[..7]).ToHashSet(StringComparer.Ordinal);

        Codes().Where(code => !provoked.Contains(code) && !Unprovoked.ContainsKey(code)).ShouldBeEmpty();
        provoked.Except(Codes(), StringComparer.Ordinal).ShouldBeEmpty("A folder for a code that does not exist.");
        Unprovoked.Keys.Where(code => provoked.Contains(code) || !Codes().Contains(code)).ShouldBeEmpty("It need not be listed any more.");
    }

    /// <summary>The samples' people are alice, bob, carol and dave; their numbers are +1 206 555 01xx and +44 7700 9001xx.</summary>
    private static void NamesNobody(string said)
    {
        said.ShouldNotContain(" Sample", Case.Sensitive);
        foreach (var name in (string[])["alice", "bob", "carol", "dave"])
        {
            said.ShouldNotContain(name);
        }

        var digits = said.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        digits.ShouldNotContain("55501");
        digits.ShouldNotContain("7009001");
        foreach (var seed in (string[])["GEZDGNBV", "31323334", "MTIzNDU2"]) // the seed of the RFCs in each of its spellings
        {
            said.ShouldNotContain(seed);
        }
    }

    private static bool IsOurs(string name) => name.Length > 7 && name.StartsWith("MFP", StringComparison.Ordinal) && name[3] is >= '3' and <= '5';

    private static SortedSet<string> Codes()
    {
        var cli = Directory.EnumerateFiles(Path.Combine(Golden.RepositoryRoot, "src/MfaPlan.Cli"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Literal().Matches(File.ReadAllText(file)).Select(static match => match.Groups["it"].Value));
        var state = typeof(StateDiagnostics).GetFields().Select(static field => field.GetValue(null)).OfType<Core.Diagnostics.DiagnosticDescriptor>();
        return new SortedSet<string>(
            cli.Concat(FindingCatalog.Descriptors.Concat(GuardDiagnostics.All).Concat(SourceDiagnostics.All).Concat(RecordDiagnostics.All).Concat(TokenDiagnostics.All)
                    .Concat(ApprovalDiagnostics.All).Concat(EvidenceDiagnostics.All).Concat(GateDiagnostics.All).Concat(WatchDiagnostics.All).Concat(CutOverGuards.All)
                    .Concat(ChecklistDiagnostics.Guards).Concat(ChecklistDiagnostics.Files).Concat(state)
                .Select(static descriptor => descriptor.Code)),
            StringComparer.Ordinal);
    }

    // A code stands alone, or begins a sentence.
    [GeneratedRegex("\"(?<it>MFP[345][0-9]{3})[\" ]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
