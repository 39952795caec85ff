using MfaPlan.Core.Checklists;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Plans;

public sealed class InvalidPlanTests
{
    public static TheoryData<string> Folders => [.. InvalidPlans.Folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_diagnostics_stand_under_the_lines_they_speak_of(string folder)
    {
        var read = InvalidPlans.Read(folder);

        var printed = DiagnosticPrinter.Print(read.Diagnostics, "text");
        read.Diagnostics.Select(static diagnostic => diagnostic.Descriptor.Code).ShouldContain(code => code == InvalidPlans.CodeOf(folder));
        Golden.ShouldMatch(printed, $"plans/invalid/{folder}/expected.txt");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void There_is_a_plan_exactly_when_no_error_was_noticed(string folder)
    {
        var read = InvalidPlans.Read(folder);

        read.Succeeded.ShouldBe(read.Diagnostics.All(static diagnostic => diagnostic.Descriptor.Severity != Severity.Error));
    }

    [Fact]
    public void Every_code_of_reading_a_plan_has_a_folder()
    {
        var codes = SyntaxDiagnostics.All.Concat(PlanDiagnostics.All).Concat(ChecklistDiagnostics.Reading).Select(static descriptor => descriptor.Code);

        InvalidPlans.Folders.Select(InvalidPlans.CodeOf).Distinct(StringComparer.Ordinal).ShouldBe(codes.Order(StringComparer.Ordinal));
    }
}
