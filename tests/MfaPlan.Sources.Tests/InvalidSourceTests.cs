using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Text;
using MfaPlan.Sources.Tokens;

namespace MfaPlan.Sources.Tests;

/// <summary>The plans of plans/invalid whose source files raise a code: read by the readers, since no command reaches these readers yet.</summary>
public sealed class InvalidSourceTests
{
    [Fact]
    public async Task Each_plan_raises_the_code_of_its_folder_and_shows_no_seed()
    {
        var codes = TokenDiagnostics.All.Select(static descriptor => descriptor.Code).ToList();

        foreach (var code in codes)
        {
            var folder = Directory.GetDirectories(Path.Combine(Golden.RepositoryRoot, "plans/invalid"), code + "-*").ShouldHaveSingleItem();
            var plan = PlanReader.Read(new SourceText("plan.yaml", await File.ReadAllTextAsync(Path.Combine(folder, "plan.yaml"))));
            plan.Value.ShouldNotBeNull($"{folder}: {DiagnosticPrinter.Print(plan.Diagnostics, "text")}");

            var raised = await ReadAsync(plan.Value, folder);

            raised.Select(static diagnostic => diagnostic.Descriptor.Code).ShouldContain(code, folder);
            DiagnosticPrinter.Print(raised, "text").ShouldNotContain(folder);
            DiagnosticPrinter.Print(raised, "text").ShouldNotContain("3132333435363738393031323334353637383930");
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> ReadAsync(Plan plan, string folder)
    {
        if (plan.Source.MfaServer is { Tokens: [var token] })
        {
            var file = new Sources.Tokens.TokenFile(Locate(token.File), Sources.Tokens.TokenFile.FormatOf(token.File))
            {
                Key = token.Key?.File is { } key ? new Secret((await File.ReadAllTextAsync(Path.Combine(folder, key))).Trim()) : null,
                Owners = token.Owners is { } owners ? Locate(owners) : null,
            };
            return (await TokenFiles.ReadAsync([(token.File, file)], CancellationToken.None)).Diagnostics;
        }

        return (await new PrivacyIdeaCsv(Locate(plan.Source.Records!)).ReadAsync(CancellationToken.None)).Diagnostics;

        InputFile Locate(string path) => new(path, Path.Combine(folder, path));
    }
}
