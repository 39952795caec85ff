using System.Collections.Immutable;
using System.Globalization;

namespace MfaPlan.State.Journals;

/// <summary>The names of segments: <c>000001.jsonl</c> and so on.</summary>
internal static class SegmentName
{
    /// <summary>How they end.</summary>
    public const string Extension = ".jsonl";

    /// <summary>The name of a segment.</summary>
    /// <param name="number">From 1.</param>
    public static string Of(int number) => number.ToString("D6", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The numbers among some names, in order; what is no segment's name is passed over.</summary>
    /// <exception cref="StateException">One is missing between others.</exception>
    public static ImmutableArray<int> Numbers(IEnumerable<string> names)
    {
        ImmutableArray<int> numbers = [.. names.Select(NumberOf).Where(static number => number > 0).Order()];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (numbers[index] != index + 1)
            {
                throw DamagedSegment.At(index + 1, 0, 0, "The segment is missing.", null);
            }
        }

        return numbers;
    }

    private static int NumberOf(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
