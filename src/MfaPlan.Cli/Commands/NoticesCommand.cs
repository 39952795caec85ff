using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;
using MfaPlan.Core.Notices;
using MfaPlan.Core.Plans;

namespace MfaPlan.Cli.Commands;

/// <summary><c>notices PLAN</c>: texts for users and help desk, by what the migration means for them. Nothing is sent.</summary>
internal static partial class NoticesCommand
{
    public static Command Create(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var sandbox = CommonOptions.Sandbox();
        var record = CommonOptions.Record();
        var reveal = CommonOptions.Reveal();
        var json = CommonOptions.Json();
        var wave = new Option<string?>("--wave") { Description = "For the users of this wave only: those in its groups (from) in the tenant.", HelpName = "NAME" };
        var digest = new Option<string?>("--digest")
        {
            Description = "By this change set alone (its digest, or the first digits); without it by what was applied and the newest preview of the stage migrate.",
            HelpName = "DIGEST",
        };
        var language = new Option<string>("--language") { Description = "The texts' language: en or de.", DefaultValueFactory = static _ => "en" };
        language.AcceptOnlyFromAmong([.. NoticeTexts.Languages]);
        var templates = new Option<string?>("--templates") { Description = "Take templates from this folder where it has them; see the documentation for their names.", HelpName = "DIR" };
        var output = new Option<string?>("--out") { Description = "Write the texts and recipients.csv into a folder.", HelpName = "DIR" };
        var command = new Command("notices", CommonOptions.Help(
            "Groups users by what the migration means for them (keeps everything, must register again, asked in another way, new number, phone alone) and "
            + "writes a text for users and one for the help desk for each. Nothing is sent. Exits with 4 where members of the wave are in no change set.",
            "mfaplan notices plan.yaml --out notices", "mfaplan notices plan.yaml --wave pilot --language de --out notices"))
        {
            plan, wave, digest, language, templates, output, reveal, json, sandbox, record,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommonOptions.Connection(host, parsed, sandbox, record);
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var chosen = parsed.GetValue(wave) is { } name ? WaveMembers.Find(loaded.Plan, name) : null;
            var texts = new NoticeTexts(parsed.GetRequiredValue(language), parsed.GetValue(templates) is { } folder ? host.FullPath(folder) : null);
            texts.CheckFolder();
            var state = States.OpenAny(host, loaded)
                ?? throw new CommandFailedException(ExitCodes.Failed, "MFP5011", "There is no state yet. Preview first.");
            var source = new NoticeSource(state, loaded.Plan.Metadata.Name);
            var digests = await source.FindAsync(parsed.GetValue(digest), cancellationToken);
            var book = new NoticeBook(await MembersAsync(host, loaded, chosen, settings, cancellationToken));
            foreach (var one in digests)
            {
                await source.ReadAsync(one, book, cancellationToken);
            }

            var notices = Notices(loaded.Plan, chosen, parsed.GetRequiredValue(language), texts, book);
            if (parsed.GetValue(output) is { } to)
            {
                Write(host.FullPath(to), parsed.GetRequiredValue(language), notices, book, parsed.GetValue(reveal));
            }

            var summary = new Summary(
                1, chosen?.Name, digests, parsed.GetRequiredValue(language), [.. notices.Select(static notice => notice.Line)], book.Untold, book.Missing);
            if (parsed.GetValue(json))
            {
                host.Out.WriteLine(JsonSerializer.Serialize(summary, NoticesJson.Default.Summary));
            }
            else
            {
                Show(host.Out, summary, parsed.GetValue(output));
            }

            return book.Missing > 0 ? ExitCodes.Incomplete : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<HashSet<Guid>?> MembersAsync(
        CliHost host, LoadedPlan loaded, Wave? wave, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (wave is null)
        {
            return null;
        }

        await using var connection = await TenantConnection.OpenAsync(
            host, loaded, settings, ApplyTimes.Of(host, null, null, settings.Sandbox is not null), cancellationToken);
        return await WaveMembers.ReadAsync(connection.Tenant, wave, cancellationToken);
    }

    /// <summary>Every text is rendered, also those that nobody gets this time: a template that is broken is found now.</summary>
    private static List<Notice> Notices(Plan plan, Wave? wave, string language, NoticeTexts texts, NoticeBook book)
    {
        var notices = new List<Notice>();
        foreach (var outcome in NoticeRule.InOrder)
        {
            var users = book.Told.Count(entry => entry.Outcomes.HasFlag(outcome));
            var values = new NoticeValues(
                plan.Metadata.Name,
                plan.Metadata.Owner ?? "",
                wave?.Name ?? "",
                users,
                plan.ReRegister?.Deadline is { } deadline ? deadline.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "");
            var rendered = NoticeTexts.Audiences
                .Select(audience => (Name: NoticeTexts.NameOf(outcome, audience, language), Text: texts.Render(outcome, audience, values))).ToList();
            notices.Add(new Notice(new Line(NoticeRule.WordOf(outcome), users, [.. rendered.Select(static text => text.Name)]), rendered));
        }

        return notices;
    }

    /// <summary>Texts that nobody gets are taken away where an earlier run left them.</summary>
    private static void Write(string folder, string language, List<Notice> notices, NoticeBook book, bool reveal)
    {
        Directory.CreateDirectory(folder);
        foreach (var (line, texts) in notices)
        {
            foreach (var (name, text) in texts)
            {
                if (line.Users > 0)
                {
                    ReportFile.Write(Path.Combine(folder, name), text);
                }
                else
                {
                    File.Delete(Path.Combine(folder, name));
                }
            }
        }

        ReportFile.Write(Path.Combine(folder, "recipients.csv"), RecipientsCsv.Render(book.Told, language, reveal), ownerOnly: true);
    }

    private static void Show(TextWriter writer, Summary summary, string? output)
    {
        writer.WriteLine(
            $"Notices for {(summary.Wave is { } wave ? $"the wave {PlainText.Of(wave)}" : "the stage migrate")}, language {summary.Language}, by "
            + $"{string.Join(", ", summary.ChangeSets.Select(static digest => digest[..12]))}");
        foreach (var line in summary.Outcomes)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {line.Outcome,-15} {line.Users,6} {(line.Users == 1 ? "user" : "users")}{(line.Users > 0 && output is not null ? "  " + string.Join(", ", line.Texts) : "")}"));
        }

        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {"not told",-15} {summary.NotTold,6} {(summary.NotTold == 1 ? "user, who is" : "users, who are")} left out or of whom nothing is certain; the preview says why"));
        if (summary.InNoChangeSet > 0)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {"missing",-15} {summary.InNoChangeSet,6} of the wave in no change set: bring their methods over first, then run this again"));
        }

        writer.WriteLine(output is null ? "Nothing was written; --out DIR writes the texts. Nothing is ever sent." : $"Written to {output}. Nothing was sent.");
    }

    private sealed record Notice(Line Line, List<(string Name, string Text)> Texts);

    private sealed record Line(string Outcome, int Users, IReadOnlyList<string> Texts);

    private sealed record Summary(
        int Format, string? Wave, IReadOnlyList<string> ChangeSets, string Language, IReadOnlyList<Line> Outcomes, int NotTold, int InNoChangeSet);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Summary))]
    private sealed partial class NoticesJson : JsonSerializerContext;
}
