using System.Text.Json;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Tests.Diagnostics;

public sealed class DiagnosticPrinterTests
{
    private static readonly DiagnosticDescriptor Odd = new("MFP9001", Severity.Error, "Odd thing");
    private static readonly DiagnosticDescriptor Note = new("MFP9002", Severity.Info, "Note");

    [Fact]
    public void The_caret_stands_under_the_first_column_and_tildes_to_the_last() => Print("text", InText("a: 1\n  users: many\n", "many")).ShouldBe(
        """
        plan.yaml:2:10: error MFP9001: Odd thing. Mend it.
              users: many
                     ^~~~

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void A_tab_takes_one_column_and_what_moves_the_cursor_shows() =>
        Print("text", InText("\ta: \u001b[31m\u202e\0 many\r\n", "many")).ShouldBe(
            "plan.yaml:1:13: error MFP9001: Odd thing. Mend it.\n     a: \ufffd[31m\ufffd\ufffd many\n                ^~~~\n");

    [Fact]
    public void A_message_and_a_path_cannot_colour_the_terminal_or_make_a_line_of_their_own()
    {
        var printed = Print("text", new Diagnostic(Odd, new Location.InFile("a\u001b[2Jb\nc"), "x\u001b]0;y\u0007\nerror: z"));

        printed.ShouldBe("a\ufffd[2Jb\ufffdc: error MFP9001: Odd thing. x\ufffd]0;y\ufffd\ufffderror: z\n");
    }

    [Fact]
    public void Of_a_long_line_the_piece_around_the_place_is_shown()
    {
        var lines = Print("text", InText(new string('a', 300) + "HERE" + new string('b', 300), "HERE")).Split('\n');

        lines[1].Trim().ShouldStartWith("...aaa");
        lines[1].ShouldEndWith("bbb...");
        lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4).ShouldBe("HERE");
        lines[1].Length.ShouldBeLessThan(180);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(158)]
    [InlineData(160)]
    [InlineData(400)]
    public void Wherever_it_stands_in_a_long_line_the_caret_is_under_it(int before)
    {
        var lines = Print("text", InText(new string('a', before) + "X" + new string('b', 200), "X")).Split('\n');

        lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)].ShouldBe('X');
    }

    [Fact]
    public void A_piece_over_several_lines_is_marked_to_the_end_of_its_first() =>
        Print("text", InText("a: [b,\n  c]\n", "[b,\n  c]")).ShouldBe("plan.yaml:1:4: error MFP9001: Odd thing. Mend it.\n    a: [b,\n       ^~~\n");

    [Fact]
    public void The_end_of_the_text_has_a_place() =>
        Print("text", InText("ab", "", 2)).ShouldBe("plan.yaml:1:3: error MFP9001: Odd thing. Mend it.\n    ab\n      ^\n");

    [Fact]
    public void A_row_has_a_line_a_file_has_none_and_nowhere_has_nothing()
    {
        Print("text", new Diagnostic(Odd, new Location.InRow("users.csv", 7), "M.")).ShouldBe("users.csv:7: error MFP9001: Odd thing. M.\n");
        Print("text", new Diagnostic(Odd, new Location.InFile("users.csv"), "M.")).ShouldBe("users.csv: error MFP9001: Odd thing. M.\n");
        Print("text", new Diagnostic(Note, new Location.Nowhere(), "M.")).ShouldBe("info MFP9002: Note. M.\n");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public void A_secret_is_printed_in_no_format(string format)
    {
        var text = File.ReadAllText(Path.Combine(Golden.RepositoryRoot, "plans", "invalid", "MFP2020-password-as-text", "plan.yaml"));

        DiagnosticPrinter.Print(PlanReader.Read(new SourceText("plan.yaml", text)).Diagnostics, format).ShouldNotContain("Winter2026");
    }

    [Fact]
    public void A_secret_over_several_lines_is_starred_in_all_of_them()
    {
        var text = "metadata:\n  owner: \"-----BEGIN KEY-----\n    MIIEvQ\n    -----END KEY-----\"\n";

        var printed = DiagnosticPrinter.Print(PlanReader.Read(new SourceText("plan.yaml", text)).Diagnostics, "text");

        printed.ShouldContain("MFP2020");
        printed.ShouldNotContain("BEGIN");
        printed.ShouldNotContain("MIIEvQ");
    }

    [Fact]
    public void Json_gives_the_place_with_its_end()
    {
        using var json = JsonDocument.Parse(Print("json", InText("a: many\n", "many"), new Diagnostic(Note, new Location.Nowhere(), "\ud800 half")));
        var all = json.RootElement.GetProperty("diagnostics");

        json.RootElement.GetProperty("format").GetInt32().ShouldBe(1);
        all[0].GetProperty("code").GetString().ShouldBe("MFP9001");
        all[0].GetProperty("severity").GetString().ShouldBe("error");
        all[0].GetProperty("title").GetString().ShouldBe("Odd thing");
        all[0].GetProperty("file").GetString().ShouldBe("plan.yaml");
        (all[0].GetProperty("line").GetInt32(), all[0].GetProperty("column").GetInt32()).ShouldBe((1, 4));
        (all[0].GetProperty("endLine").GetInt32(), all[0].GetProperty("endColumn").GetInt32()).ShouldBe((1, 8));
        all[1].TryGetProperty("file", out _).ShouldBeFalse();
    }

    [Fact]
    public void Sarif_has_each_rule_once_and_a_region_with_its_end()
    {
        using var json = JsonDocument.Parse(Print("sarif", InText("a: many\n", "many"), InText("b: many\n", "many"), new Diagnostic(Note, new Location.InRow("u.csv", 3), "M.")));
        var run = json.RootElement.GetProperty("runs")[0];

        json.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        run.GetProperty("columnKind").GetString().ShouldBe("utf16CodeUnits");
        run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("id").GetString())
            .ShouldBe(["MFP9001", "MFP9002"]);
        Region(run, 0).ToString().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"startLine":1,"startColumn":4,"endLine":1,"endColumn":8}""");
        Region(run, 2).ToString().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe("""{"startLine":3}""");
        run.GetProperty("results")[2].GetProperty("level").GetString().ShouldBe("note");
    }

    [Theory]
    [InlineData("plans/plan.yaml", "plans/plan.yaml")]
    [InlineData("my plans\\a%b#c.yaml", "my%20plans/a%25b%23c.yaml")]
    [InlineData("C:\\plans\\plan.yaml", "file:///C:/plans/plan.yaml")]
    [InlineData("/plans/ä.yaml", "file:///plans/%C3%A4.yaml")]
    public void Sarif_names_a_file_by_a_uri(string path, string expected)
    {
        using var json = JsonDocument.Parse(Print("sarif", new Diagnostic(Odd, new Location.InFile(path), "M.")));

        json.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation")
            .GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe(expected);
    }

    [Fact]
    public void GitHub_gets_one_command_for_each_with_its_signs_escaped() => Print(
        "github", new Diagnostic(Odd, new Location.InText(new SourceText("a,b:c%.yaml", "x: y"), new TextSpan(3, 1)), "50%\n::error::no")).ShouldBe(
            "::error file=a%2Cb%3Ac%25.yaml,line=1,col=4,title=MFP9001::Odd thing. 50%25%0A::error::no\n");

    [Fact]
    public void GitHub_gets_the_code_without_a_place_too()
    {
        Print("github", new Diagnostic(Note, new Location.Nowhere(), "M.")).ShouldBe("::notice title=MFP9002::Note. M.\n");
        Print("github", new Diagnostic(Odd, new Location.InFile("p.yaml"), "\u001b[31mM.")).ShouldBe("::error file=p.yaml,title=MFP9001::Odd thing. \ufffd[31mM.\n");
    }

    [Fact]
    public void Nothing_to_say_is_still_a_document()
    {
        Print("text").ShouldBe("");
        Print("github").ShouldBe("");
        JsonDocument.Parse(Print("json")).RootElement.GetProperty("diagnostics").GetArrayLength().ShouldBe(0);
        JsonDocument.Parse(Print("sarif")).RootElement.GetProperty("runs").GetArrayLength().ShouldBe(1);
    }

    private static JsonElement Region(JsonElement run, int index) =>
        run.GetProperty("results")[index].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");

    private static string Print(string format, params Diagnostic[] diagnostics) => DiagnosticPrinter.Print([.. diagnostics], format);

    private static Diagnostic InText(string text, string piece, int? at = null) => new(
        Odd, new Location.InText(new SourceText("plan.yaml", text), new TextSpan(at ?? text.IndexOf(piece, StringComparison.Ordinal), piece.Length)), "Mend it.");
}
