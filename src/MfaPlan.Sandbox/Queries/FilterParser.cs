using System.Text;

namespace MfaPlan.Sandbox.Queries;

/// <summary>Reads the part of OData's filter language that Graph's directory uses.</summary>
internal sealed class FilterParser
{
    private static readonly string[] Operators = ["eq", "ne", "gt", "ge", "lt", "le"];

    private readonly List<(string Text, bool IsQuoted)> _tokens = [];
    private int _next;

    private FilterParser(string text) => Tokenize(text);

    /// <summary>Parses a filter.</summary>
    /// <exception cref="FormatException">The text is no filter.</exception>
    public static Filter Parse(string text)
    {
        var parser = new FilterParser(text);
        var filter = parser.Disjunction();
        return parser._next == parser._tokens.Count
            ? filter
            : throw new FormatException($"Invalid filter clause: unexpected '{parser._tokens[parser._next].Text}'.");
    }

    private void Tokenize(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] == '\'')
            {
                i = Quoted(text, i + 1);
            }
            else if (text[i] is '(' or ')' or ',')
            {
                _tokens.Add((text[i++].ToString(), false));
            }
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('(' or ')' or ',' or '\''))
                {
                    i++;
                }

                _tokens.Add((text[start..i], false));
            }
        }
    }

    private int Quoted(string text, int i)
    {
        var value = new StringBuilder();
        while (i < text.Length)
        {
            if (text[i] != '\'')
            {
                value.Append(text[i++]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '\'')
            {
                value.Append('\'');
                i += 2;
            }
            else
            {
                _tokens.Add((value.ToString(), true));
                return i + 1;
            }
        }

        throw new FormatException("Invalid filter clause: a quote is not closed.");
    }

    private Filter Disjunction()
    {
        var left = Conjunction();
        while (TryTake("or"))
        {
            left = new Filter.Or(left, Conjunction());
        }

        return left;
    }

    private Filter Conjunction()
    {
        var left = Term();
        while (TryTake("and"))
        {
            left = new Filter.And(left, Term());
        }

        return left;
    }

    private Filter Term()
    {
        if (TryTake("not"))
        {
            return new Filter.Not(Term());
        }

        if (TryTake("("))
        {
            var inner = Disjunction();
            Take(")");
            return inner;
        }

        var word = Word();
        if (TryTake("("))
        {
            return word.EndsWith("/any", StringComparison.OrdinalIgnoreCase) ? Lambda(word[..^4]) : Function(word);
        }

        if (TryTake("in"))
        {
            return Membership(word);
        }

        var operation = Word();
        return Operators.Contains(operation, StringComparer.Ordinal)
            ? new Filter.Compare(word, operation, Literal())
            : throw new FormatException($"Invalid filter clause: '{operation}' is no operator.");
    }

    private Filter.Text Function(string name)
    {
        // Upper case is what the analyzers want; the cases of the filter are in lower case.
        var function = name.ToUpperInvariant() switch
        {
            "STARTSWITH" => "startswith",
            "ENDSWITH" => "endswith",
            "CONTAINS" => "contains",
            _ => throw new FormatException($"Invalid filter clause: '{name}' is no known function."),
        };
        var path = Word();
        Take(",");
        var value = Literal().Text;
        Take(")");
        if (TryTake("eq"))
        {
            Take("true");
        }

        return new Filter.Text(function, path, value);
    }

    private Filter.In Membership(string path)
    {
        Take("(");
        var values = new List<FilterLiteral> { Literal() };
        while (TryTake(","))
        {
            values.Add(Literal());
        }

        Take(")");
        return new Filter.In(path, values);
    }

    private Filter.Any Lambda(string path)
    {
        var head = Word();
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new FormatException("Invalid filter clause: any() needs a variable and a colon.");
        }

        var variable = head[..colon];
        if (colon + 1 < head.Length)
        {
            _tokens.Insert(_next, (head[(colon + 1)..], false));
        }

        for (var i = _next; i < _tokens.Count; i++)
        {
            var (text, isQuoted) = _tokens[i];
            if (!isQuoted && text == variable)
            {
                _tokens[i] = ("/", false);
            }
            else if (!isQuoted && text.StartsWith(variable + "/", StringComparison.Ordinal))
            {
                _tokens[i] = (text[variable.Length..], false);
            }
        }

        var inner = Disjunction();
        Take(")");
        return new Filter.Any(path, inner);
    }

    private FilterLiteral Literal()
    {
        if (_next >= _tokens.Count)
        {
            throw new FormatException("Invalid filter clause: a value is missing at the end.");
        }

        var (text, isQuoted) = _tokens[_next++];
        return isQuoted || text is not ("(" or ")" or ",")
            ? new FilterLiteral(text, isQuoted)
            : throw new FormatException($"Invalid filter clause: a value is missing before '{text}'.");
    }

    private string Word()
    {
        if (_next >= _tokens.Count || _tokens[_next].IsQuoted || _tokens[_next].Text is "(" or ")" or ",")
        {
            throw new FormatException("Invalid filter clause: a property or operator is missing.");
        }

        return _tokens[_next++].Text;
    }

    private bool TryTake(string text)
    {
        var found = _next < _tokens.Count && !_tokens[_next].IsQuoted && _tokens[_next].Text == text;
        if (found)
        {
            _next++;
        }

        return found;
    }

    private void Take(string text)
    {
        if (!TryTake(text))
        {
            throw new FormatException($"Invalid filter clause: '{text}' is missing.");
        }
    }
}
