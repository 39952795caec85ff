using System.Globalization;
using System.Text.RegularExpressions;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MfaPlan.Core.Plans;

/// <summary>
/// Hands YAML parser events out as JSON tokens whose line information is the YAML position, so that the schema check speaks of the plan's own
/// lines. Takes plain YAML only: no anchors, aliases, tags, merge keys, duplicate keys or second documents.
/// </summary>
internal sealed partial class YamlTokens : JsonReader, IJsonLineInfo
{
    private const int DeepestNesting = 64;
    private readonly SourceText _source;
    private readonly Parser _parser;
    private readonly Stack<Frame> _open = new();
    private readonly Dictionary<(int Line, int Column), int> _lengths = [];
    private Mark _mark;
    private bool _documentSeen;

    public YamlTokens(SourceText source)
    {
        _source = source;
        _parser = new Parser(new StringReader(source.Text));
        MaxDepth = null;
        DateParseHandling = DateParseHandling.None;
    }

    private enum Expect
    {
        Item,
        Key,
        Value,
    }

    public int LineNumber => (int)_mark.Line;

    public int LinePosition => (int)_mark.Column;

    /// <summary>Length of the token that starts at a place; 0 where none does.</summary>
    public int LengthAt(int line, int column) => _lengths.GetValueOrDefault((line, column));

    public bool HasLineInfo() => true;

    public override bool Read()
    {
        while (Next())
        {
            var current = _parser.Current!;
            _mark = current.Start;
            switch (current)
            {
                case DocumentStart when _documentSeen:
                    throw Refuse(SyntaxDiagnostics.SeveralDocuments, current, "A file holds one document. Put the second into a file of its own.");
                case DocumentStart:
                    _documentSeen = true;
                    break;
                case AnchorAlias:
                    throw Refuse(SyntaxDiagnostics.NotPlain, current, "Aliases are not taken: a plan says everything where it stands, so that a reviewer sees it. Write the value out.");
                case NodeEvent { Anchor.IsEmpty: false }:
                    throw Refuse(SyntaxDiagnostics.NotPlain, current, "Anchors are not taken: a plan says everything where it stands, so that a reviewer sees it. Take it out.");
                case NodeEvent { Tag.IsEmpty: false } and not Scalar { Style: not ScalarStyle.Plain, Tag.IsNonSpecific: true }:
                    throw Refuse(SyntaxDiagnostics.NotPlain, current, "Tags are not taken. Take the tag out; quote the value if it is to be text.");
                case MappingStart:
                    BeginValue();
                    Open(Expect.Key, current);
                    SetToken(JsonToken.StartObject);
                    return true;
                case MappingEnd:
                    _open.Pop();
                    SetToken(JsonToken.EndObject);
                    return true;
                case SequenceStart:
                    BeginValue();
                    Open(Expect.Item, current);
                    SetToken(JsonToken.StartArray);
                    return true;
                case SequenceEnd:
                    _open.Pop();
                    SetToken(JsonToken.EndArray);
                    return true;
                case Scalar key when _open.TryPeek(out var frame) && frame.Expect == Expect.Key:
                    Note(key);
                    TakeKey(frame, key);
                    SetToken(JsonToken.PropertyName, key.Value);
                    return true;
                case Scalar scalar:
                    Note(scalar);
                    BeginValue();
                    SetScalar(scalar);
                    return true;
            }
        }

        SetToken(JsonToken.None);
        return false;
    }

    private bool Next()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException error)
        {
            var line = _source.LineText(Math.Clamp((int)error.Start.Line, 1, _source.LineCount));
            var indent = line[..(line.Length - line.TrimStart().Length)];
            throw indent.Contains('\t', StringComparison.Ordinal) || TabLine() is not null
                ? TabRefused()
                : Refused(SyntaxDiagnostics.NotYaml, error.Start, Sentence(error.Message));
        }
        catch (ArgumentException)
        {
            // YamlDotNet 18.1 throws this for a tag such as !!4$+, without a position.
            throw Refused(SyntaxDiagnostics.NotPlain, _mark, "Tags are not taken, and one that is none stands here or just below. Quote the value if it is to be text.");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18.1 throws this for some broken flow sequences, without a position.
            throw Refused(SyntaxDiagnostics.NotYaml, _mark, "A bracket or brace that opens here or just above is not closed, or something stands between that does not belong.");
        }
    }

    private void Open(Expect expect, ParsingEvent current)
    {
        if (_open.Count >= DeepestNesting)
        {
            throw Refuse(SyntaxDiagnostics.TooDeep, current, $"No plan nests deeper than {DeepestNesting} levels.");
        }

        _open.Push(new Frame(expect));
    }

    private void TakeKey(Frame frame, Scalar key)
    {
        if (key is { Value: "", Style: ScalarStyle.Plain })
        {
            // No plan needs one, and YamlDotNet 18.1 loses the value behind it in a nested mapping.
            throw Refuse(SyntaxDiagnostics.NotYaml, key, "There is no key before this colon. Write one, or take the colon out.");
        }

        if (key.Value == "<<")
        {
            throw Refuse(SyntaxDiagnostics.NotPlain, key, "Merge keys are not taken. Write the values out.");
        }

        if (!frame.Keys.TryAdd(key.Value, (int)key.Start.Line))
        {
            throw Refuse(SyntaxDiagnostics.DuplicateKey, key,
                string.Create(CultureInfo.InvariantCulture, $"\"{key.Value}\" stands already in line {frame.Keys[key.Value]}, and only one of them could count. Take one out."));
        }

        frame.Expect = Expect.Value;
    }

    private void BeginValue()
    {
        if (_open.TryPeek(out var frame) && frame.Expect != Expect.Item)
        {
            frame.Expect = frame.Expect == Expect.Value
                ? Expect.Key
                : throw Refuse(SyntaxDiagnostics.NotYaml, _parser.Current!, "A key is a plain word here, not a list or a mapping.");
        }
    }

    private void Note(Scalar scalar)
    {
        if (HiddenCharacters.First(scalar.Value) is var (_, _, why))
        {
            throw Refuse(SyntaxDiagnostics.ControlCharacter, scalar, why);
        }

        _lengths[((int)scalar.Start.Line, (int)scalar.Start.Column)] = (int)Math.Max(0, scalar.End.Index - scalar.Start.Index);
    }

    /// <summary>The YAML 1.2 core schema; what is quoted is text, and so are more digits than any count of a plan has: they are a hash or a token's number.</summary>
    private void SetScalar(Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            SetToken(JsonToken.String, text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            SetToken(JsonToken.Null);
        }
        else if (text is "true" or "True" or "TRUE")
        {
            SetToken(JsonToken.Boolean, true);
        }
        else if (text is "false" or "False" or "FALSE")
        {
            SetToken(JsonToken.Boolean, false);
        }
        else if (WholeNumber().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            SetToken(JsonToken.Integer, whole);
        }
        else if (Fraction().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)
            && double.IsFinite(fraction))
        {
            SetToken(JsonToken.Float, fraction);
        }
        else
        {
            SetToken(JsonToken.String, text);
        }
    }

    private PlanTextException Refuse(DiagnosticDescriptor descriptor, ParsingEvent at, string message) =>
        new(SyntaxDiagnostics.At(descriptor, _source, SpanOf(at.Start, at.End), message));

    private PlanTextException Refused(DiagnosticDescriptor descriptor, Mark at, string message) =>
        new(SyntaxDiagnostics.At(descriptor, _source, new TextSpan(_source.OffsetOf((int)at.Line, (int)at.Column), 0), message));

    private PlanTextException TabRefused()
    {
        var line = TabLine() ?? 1;
        return new(SyntaxDiagnostics.At(
            SyntaxDiagnostics.Tab, _source, new TextSpan(_source.OffsetOf(line, _source.LineText(line).IndexOf('\t', StringComparison.Ordinal) + 1), 1),
            "YAML indents by spaces only. Replace the tab by spaces."));
    }

    /// <summary>The first line that is indented by a tab.</summary>
    private int? TabLine()
    {
        for (var line = 1; line <= _source.LineCount; line++)
        {
            var text = _source.LineText(line);
            if (text[..(text.Length - text.TrimStart().Length)].Contains('\t', StringComparison.Ordinal) && text.TrimStart().Length > 0)
            {
                return line;
            }
        }

        return null;
    }

    private TextSpan SpanOf(Mark start, Mark end)
    {
        var from = _source.OffsetOf((int)start.Line, (int)start.Column);
        var to = _source.OffsetOf((int)end.Line, (int)end.Column);
        return new TextSpan(from, Math.Clamp(to - from, 0, 200));
    }

    /// <summary>The parser's finding in the author's words; its own where it is none of the common ones.</summary>
    private static string Sentence(string message)
    {
        var first = message.Split('\n')[0].Trim().TrimEnd('.');
        return first switch
        {
            _ when Says("hexadecimal") || Says("escape") =>
                "A backslash inside double quotes begins an escape, and this is none. Write a path with slashes or inside single quotes.",
            _ when Says("quoted scalar") => "A quotation mark opens here and is not closed where it should be.",
            _ when Says("flow mapping") => "Inside { } a comma or the closing brace is expected here.",
            _ when Says("flow sequence") => "Inside [ ] a comma or the closing bracket is expected here.",
            _ when Says("block mapping") || Says("simple key") =>
                "A key, a colon and a space are expected here, indented like the keys above.",
            _ when Says("block collection") || Says("block sequence") => "A list item is expected here: a dash and a space, indented like the items above.",
            _ when Says("directive") => "A line that begins with % is not taken. Put the text in quotes.",
            _ => $"{(first.Length == 0 ? "This is no YAML" : first)}. Check brackets, quotes, colons and indentation here and just above.",
        };

        bool Says(string words) => first.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^[-+]?[0-9]{1,18}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fraction();

    private sealed class Frame(Expect expect)
    {
        public Expect Expect { get; set; } = expect;

        public Dictionary<string, int> Keys { get; } = new(StringComparer.Ordinal);
    }
}
