using System.Collections.Concurrent;
using Scriban;
using Scriban.Runtime;

namespace MfaPlan.Cli.Rendering;

/// <summary>Templates that the program carries, rendered as one HTML file that loads nothing and runs no script.</summary>
internal static class HtmlPage
{
    private static readonly ConcurrentDictionary<string, Template> Templates = new(StringComparer.Ordinal);

    /// <summary>Renders a page.</summary>
    /// <param name="name">The template's file name.</param>
    /// <param name="model">Its values; the template escapes what is text of others.</param>
    public static string Render(string name, ScriptObject model)
    {
        model["style"] = Resource("style.css");
        var context = new TemplateContext(StringComparer.Ordinal) { LoopLimit = int.MaxValue, LimitToString = 0 };
        context.PushGlobal(model);
        return Templates.GetOrAdd(name, static name => Template.Parse(Resource(name), name)).Render(context);
    }

    /// <summary>The text of a file that the program carries.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The template {name} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A list of rows.</summary>
    public static ScriptArray List(IEnumerable<ScriptObject> rows) => [.. rows];

    /// <summary>A row of named values.</summary>
    public static ScriptObject Row(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var row = new ScriptObject(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        return row;
    }
}
