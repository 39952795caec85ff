using System.Globalization;
using System.Text;

namespace MfaPlan.Cli.Tests.Traps;

/// <summary>The figures of companies: of each trap how many were planted and found, of everybody else how many were refused.</summary>
internal sealed class Figures
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (bool Trap, int People, int Hits)> _rows = new(StringComparer.Ordinal);

    /// <summary>Every miss and every false refusal, in words.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>How many people the companies have.</summary>
    public int People { get; set; }

    /// <summary>Counts a planted trap.</summary>
    public void Planted(string trap, bool found, string otherwise) => Count(trap, isTrap: true, found, found ? null : $"missed: {trap}: {otherwise}");

    /// <summary>Counts a person in no trap.</summary>
    public void Clean(string kind, string? refused) => Count(kind, isTrap: false, refused is not null, refused is null ? null : $"refused: {kind}: {refused}");

    /// <summary>Adds another company's.</summary>
    public void Add(Figures other)
    {
        People += other.People;
        Wrong.AddRange(other.Wrong);
        foreach (var name in other._order)
        {
            var (isTrap, people, hits) = other._rows[name];
            var (_, before, hitsBefore) = Row(name, isTrap);
            _rows[name] = (isTrap, before + people, hitsBefore + hits);
        }
    }

    /// <summary>How many traps there are, and how many were found.</summary>
    public (int Planted, int Found) Recall => Sum(isTrap: true);

    /// <summary>How many are in no trap, and how many of them were refused.</summary>
    public (int People, int Refused) Refusals => Sum(isTrap: false);

    /// <summary>The table for readers.</summary>
    /// <param name="title">What it is about.</param>
    public string Table(string title)
    {
        var text = new StringBuilder(title).Append("\n\n");
        Rows(text, isTrap: true, "trap", "planted", "found");
        text.Append('\n');
        Rows(text, isTrap: false, "in no trap", "people", "refused");
        return text.ToString();
    }

    private void Rows(StringBuilder text, bool isTrap, string what, string people, string hits)
    {
        text.Append(CultureInfo.InvariantCulture, $"{what,-52}{people,8}{hits,8}\n");
        foreach (var name in _order.Where(name => _rows[name].Trap == isTrap))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-52}{_rows[name].People,8}{_rows[name].Hits,8}\n");
        }

        var (all, sum) = Sum(isTrap);
        text.Append(CultureInfo.InvariantCulture, $"{"all",-52}{all,8}{sum,8}{(isTrap ? $"   recall {Percent(sum, all)}" : $"   false refusals {Percent(sum, all)}")}\n");
    }

    private static string Percent(int part, int all) => string.Create(CultureInfo.InvariantCulture, $"{(all == 0 ? 0 : 100.0 * part / all):0.##} %");

    private (int All, int Hits) Sum(bool isTrap)
    {
        var rows = _rows.Values.Where(row => row.Trap == isTrap).ToList();
        return (rows.Sum(static row => row.People), rows.Sum(static row => row.Hits));
    }

    private void Count(string name, bool isTrap, bool hit, string? wrong)
    {
        var (_, people, hits) = Row(name, isTrap);
        _rows[name] = (isTrap, people + 1, hits + (hit ? 1 : 0));
        Wrong.AddRange(wrong is null ? [] : [wrong]);
    }

    private (bool Trap, int People, int Hits) Row(string name, bool isTrap)
    {
        if (_rows.TryGetValue(name, out var row))
        {
            return row;
        }

        _order.Add(name);
        return (isTrap, 0, 0);
    }
}
