using System.Globalization;
using System.Text;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>Rows, and claims that hold or do not; prints them as Markdown.</summary>
internal sealed class Report(TextWriter progress)
{
    private const double Base = 200_000_000;
    private readonly List<Row> _rows = [];
    private readonly List<(bool Holds, string Claim)> _claims = [];

    /// <summary>Whether all claims hold.</summary>
    public bool Holds => _claims.TrueForAll(static claim => claim.Holds);

    /// <summary>Takes a row in.</summary>
    public void Add(Row row)
    {
        _rows.Add(row);
        progress.WriteLine(Line(row, null));
    }

    /// <summary>Takes a claim in, with what was measured.</summary>
    public void Claim(bool holds, string claim)
    {
        _claims.Add((holds, claim));
        progress.WriteLine((holds ? "holds: " : "FAILS: ") + claim);
    }

    /// <summary>The table and the claims.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("| scenario | users | users/s | requests/user | writes | allocated B/user | peak MB | B/user above 200 MB | CPU s | wall s | throttled | growth B/user |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var row in _rows)
        {
            text.Append(Line(row, _rows.LastOrDefault(other => other.Scenario == row.Scenario && other.Users < row.Users))).Append('\n');
        }

        text.Append('\n');
        foreach (var (holds, claim) in _claims)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {(holds ? "holds" : "**fails**")}: {claim}\n");
        }

        return text.ToString();
    }

    private static string Line(Row row, Row? smaller)
    {
        var (cost, counts, users) = (row.Cost, row.Counts, (double)row.Users);
        var growth = smaller is null
            ? "–"
            : string.Create(CultureInfo.InvariantCulture, $"{(cost.Peak - smaller.Cost.Peak) / (users - smaller.Users):n0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Scenario} | {row.Users:n0} | {users / cost.Wall.TotalSeconds:n0} | {counts.Requests / users:0.000} | {counts.Writes:n0} "
            + $"| {cost.Allocated / users:n0} | {cost.Peak / 1e6:n0} | {Math.Max(0, cost.Peak - Base) / users:n0} | {cost.Cpu.TotalSeconds:0.0} "
            + $"| {cost.Wall.TotalSeconds:0.0} | {counts.ThrottledShare:0.00%} | {growth} |");
    }
}
