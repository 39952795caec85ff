using System.Globalization;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Changes;

/// <summary>A stage of a plan; stages are totally ordered: prepare, migrate, wave 1..n, cut-over, retire.</summary>
public readonly record struct StageId : IComparable<StageId>
{
    private const string WavePrefix = "wave/";
    private const int WaveBase = 2;
    private const int CutOverOrder = 100_000;
    private const int RetireOrder = CutOverOrder + 1;

    private StageId(int order, string name)
    {
        Order = order;
        Name = name;
    }

    /// <summary>Tenant settings that the migration needs.</summary>
    public static StageId Prepare { get; } = new(0, "prepare");

    /// <summary>The users' methods.</summary>
    public static StageId Migrate { get; } = new(1, "migrate");

    /// <summary>The federation switch.</summary>
    public static StageId CutOver { get; } = new(CutOverOrder, "cutOver");

    /// <summary>The end of the staged rollout, which the cut-over makes needless.</summary>
    public static StageId Retire { get; } = new(RetireOrder, "retire");

    /// <summary>The place in the order, from 0.</summary>
    public int Order { get; }

    /// <summary>The name as it stands in files and on the command line: prepare, migrate, wave/NAME, cutOver, retire.</summary>
    public string Name { get; }

    /// <summary>The wave at a place of the plan's list.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="name">The wave's name in the plan.</param>
    public static StageId Wave(int index, string name) => new(WaveBase + index, WavePrefix + name);

    /// <summary>The name of the wave; null for another stage.</summary>
    public string? WaveName => Name.StartsWith(WavePrefix, StringComparison.Ordinal) ? Name[WavePrefix.Length..] : null;

    /// <summary>The stages of a plan, in order: prepare and migrate always, waves, cut-over and retire as the plan has them.</summary>
    public static IEnumerable<StageId> Of(Plan plan)
    {
        yield return Prepare;
        yield return Migrate;
        var waves = plan.Rollout?.Waves ?? [];
        for (var i = 0; i < waves.Length; i++)
        {
            yield return Wave(i, waves[i].Name);
        }

        if (plan.CutOver is not null)
        {
            yield return CutOver;
        }

        if (plan.Rollout?.Retire is { After: RetireAfter.CutOver })
        {
            yield return Retire;
        }
    }

    /// <summary>The stage written as order and name by <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static StageId Parse(string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        return at > 0 && int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var order)
            ? new StageId(order, text[(at + 1)..])
            : throw new FormatException("A stage is written as order, colon, name.");
    }

    /// <summary>The stage as files keep it: order, colon, name.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Order}:{Name}");

    /// <inheritdoc/>
    public int CompareTo(StageId other) => Order.CompareTo(other.Order);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Earlier in the order.</summary>
    public static bool operator <(StageId left, StageId right) => left.CompareTo(right) < 0;

    /// <summary>Later in the order.</summary>
    public static bool operator >(StageId left, StageId right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the order.</summary>
    public static bool operator <=(StageId left, StageId right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the order.</summary>
    public static bool operator >=(StageId left, StageId right) => left.CompareTo(right) >= 0;
}
