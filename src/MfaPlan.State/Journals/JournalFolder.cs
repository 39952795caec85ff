using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Journals;

namespace MfaPlan.State.Journals;

/// <summary>Where the segments are: <c>000001.jsonl</c> and so on.</summary>
internal sealed class JournalFolder(string path)
{
    private const string Extension = ".jsonl";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The file of a segment.</summary>
    /// <param name="number">From 1.</param>
    public string PathOf(int number) => System.IO.Path.Combine(path, NameOf(number));

    /// <summary>The numbers of the segments that there are.</summary>
    /// <exception cref="StateException">One is missing between others.</exception>
    public ImmutableArray<int> Segments()
    {
        if (!Directory.Exists(path))
        {
            return [];
        }

        ImmutableArray<int> numbers =
        [
            .. Directory.EnumerateFiles(path, "*" + Extension)
                .Select(static file => NumberOf(System.IO.Path.GetFileNameWithoutExtension(file)))
                .Where(static number => number > 0)
                .Order(),
        ];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (numbers[index] != index + 1)
            {
                throw Damaged(index + 1, 0, 0, "The segment is missing.", null);
            }
        }

        return numbers;
    }

    /// <summary>A line that cannot be passed over.</summary>
    public static StateException Damaged(int segment, int line, long at, string what, JournalDamagedException? inner)
    {
        if (inner?.Damage == JournalDamage.NewerFormat)
        {
            return new StateException(
                StateDiagnostics.NewerFormat, what, "Nothing was changed. The newer version reads what this one wrote.", inner);
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"in segment {NameOf(segment)}, line {line}, at byte {at}");
        return new StateException(
            StateDiagnostics.JournalDamaged,
            $"The journal is damaged {where}. {what}",
            "Nothing was changed. Put the segment back from a backup; without it nobody can tell what was sent to the tenant.",
            inner);
    }

    private static int NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string NameOf(int number) => number.ToString("D6", CultureInfo.InvariantCulture) + Extension;
}
