using System.Globalization;
using MfaPlan.Core.Notices;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MfaPlan.Cli.Rendering;

/// <summary>The texts of notices: the program's own templates, or a folder's in their place. A template that cannot be carried out ends the command.</summary>
/// <param name="language">en or de.</param>
/// <param name="folder">A folder with templates of the same names, full path; null for none.</param>
internal sealed class NoticeTexts(string language, string? folder)
{
    private const int MostCharacters = 64 * 1024;

    /// <summary>The languages that are shipped.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    /// <summary>For whom there is a text.</summary>
    public static IReadOnlyList<string> Audiences { get; } = ["users", "helpdesk"];

    /// <summary>The name of a text's file, and of its template.</summary>
    public static string NameOf(NoticeOutcomes outcome, string audience, string language) => $"{NoticeRule.WordOf(outcome)}.{audience}.{language}.txt";

    /// <summary>Refuses a folder that is not there, or that holds texts under names that would never be used.</summary>
    public void CheckFolder()
    {
        if (folder is null)
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5274", $"There is no folder {PlainText.Of(folder)} with templates.");
        }

        var known = NoticeRule.InOrder.SelectMany(outcome => Audiences.SelectMany(audience => Languages.Select(one => NameOf(outcome, audience, one)))).ToList();
        foreach (var name in Directory.EnumerateFiles(folder, "*.txt").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var hint = Nearest.To(name, known) is { } near ? $"Did you mean {near}?" : $"Names are such as {known[0]}.";
                throw new CommandFailedException(ExitCodes.WrongUsage, "MFP5274", $"The template {PlainText.Of(name)} would never be used. {hint}");
            }
        }
    }

    /// <summary>Renders a text.</summary>
    /// <param name="outcome">What it is about.</param>
    /// <param name="audience">users or helpdesk.</param>
    /// <param name="values">What the template may name.</param>
    public string Render(NoticeOutcomes outcome, string audience, NoticeValues values)
    {
        var name = NameOf(outcome, audience, language);
        var (path, text) = Source(name);
        var template = Template.Parse(text, path);
        if (template.HasErrors)
        {
            var first = template.Messages.First(static message => message.Type == ParserMessageType.Error);
            throw Broken(path, first.Span, first.Message);
        }

        var context = new TemplateContext(StringComparer.Ordinal) { StrictVariables = true, LimitToString = MostCharacters };
        context.PushGlobal(values.ToModel());
        try
        {
            return template.Render(context).ReplaceLineEndings("\n").TrimEnd() + "\n";
        }
        catch (ScriptRuntimeException error)
        {
            throw Broken(path, error.Span, error.OriginalMessage);
        }
    }

    private (string Path, string Text) Source(string name)
    {
        if (folder is null || Path.Combine(folder, name) is var path && !File.Exists(path))
        {
            return (name, HtmlPage.Resource(name));
        }

        var text = File.ReadAllText(path);
        return text.Length <= MostCharacters
            ? (name, text)
            : throw new CommandFailedException(ExitCodes.Failed, "MFP5273", $"The template {name} is longer than {MostCharacters} characters.");
    }

    private static CommandFailedException Broken(string name, SourceSpan span, string message) => new(
        ExitCodes.Failed, "MFP5273", string.Create(
            CultureInfo.InvariantCulture,
            $"The template {name} cannot be carried out, line {span.Start.Line + 1}, column {span.Start.Column + 1}: {message.TrimEnd('.')}. "
            + $"It may name {string.Join(", ", NoticeValues.Names)}."));
}

/// <summary>What a template may name: nothing about a single person.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Owner">Who answers for the plan; empty for nobody.</param>
/// <param name="Wave">The wave; empty for none.</param>
/// <param name="Users">How many users get the text.</param>
/// <param name="Deadline">Until when to register again; empty for no day.</param>
internal sealed record NoticeValues(string Plan, string Owner, string Wave, int Users, string Deadline)
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["plan", "owner", "wave", "users", "deadline", "phones_end", "page"];

    /// <summary>The values by name.</summary>
    public ScriptObject ToModel() => new(StringComparer.Ordinal)
    {
        ["plan"] = PlainText.Of(Plan),
        ["owner"] = PlainText.Of(Owner),
        ["wave"] = PlainText.Of(Wave),
        ["users"] = Users,
        ["deadline"] = Deadline,
        ["phones_end"] = RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["page"] = "https://aka.ms/mfasetup",
    };
}
