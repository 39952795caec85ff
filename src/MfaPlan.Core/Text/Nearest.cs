namespace MfaPlan.Core.Text;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The known word nearest to one that is not known; null when none is near. Case does not count.</summary>
    public static string? To(string word, IEnumerable<string> known) => known
        .Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.distance <= Math.Max(1, Math.Min(pair.candidate.Length, word.Length) / 3))
        .OrderBy(static pair => pair.distance).ThenBy(static pair => pair.candidate, StringComparer.Ordinal)
        .Select(static pair => pair.candidate).FirstOrDefault();

    /// <summary>Edits from one word to another: letters put in, taken out, or replaced.</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
