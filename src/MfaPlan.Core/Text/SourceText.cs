using System.Collections.Immutable;

namespace MfaPlan.Core.Text;

/// <summary>A text with the path it came from; turns offsets into lines and columns.</summary>
public sealed class SourceText
{
    private readonly ImmutableArray<int> _lineStarts;

    /// <summary>Takes a text that was read whole.</summary>
    /// <param name="path">The path as the user gave it; only for messages.</param>
    /// <param name="text">The text, without byte order mark.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        _lineStarts = starts.ToImmutable();
    }

    /// <summary>The path as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Number of lines, at least 1.</summary>
    public int LineCount => _lineStarts.Length;

    /// <summary>The line and column of an offset; an offset behind the end gives the end.</summary>
    public LinePosition PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var index = _lineStarts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The offset of a line and column (from 1); a place outside the text gives the nearest inside.</summary>
    public int OffsetOf(int line, int column)
    {
        var index = Math.Clamp(line, 1, _lineStarts.Length) - 1;
        return Math.Clamp(_lineStarts[index] + Math.Max(column, 1) - 1, 0, Text.Length);
    }

    /// <summary>The text of a line (from 1), without its line ending.</summary>
    public string LineText(int line)
    {
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Length ? _lineStarts[line] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }
}
