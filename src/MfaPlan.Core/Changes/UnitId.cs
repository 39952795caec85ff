namespace MfaPlan.Core.Changes;

/// <summary>
/// The id of a unit: <c>user/{object id}</c>, <c>policy/{name}</c>, <c>wave/{name}</c>, <c>domain/{name}</c>. No personal data. Compared
/// as its text is, ordinally. A value, because half a million of them are held.
/// </summary>
public readonly record struct UnitId : IComparable<UnitId>
{
    private readonly string? _name;

    private UnitId(UnitKind kind, Guid id, string? name)
    {
        Kind = kind;
        User = id;
        _name = name;
    }

    /// <summary>What the unit is about.</summary>
    public UnitKind Kind { get; }

    /// <summary>The user's object id; empty for other kinds.</summary>
    public Guid User { get; }

    /// <summary>The name of a policy, wave or domain; empty for a user.</summary>
    public string Name => _name ?? "";

    /// <summary>A user's unit.</summary>
    public static UnitId ForUser(Guid id) => new(UnitKind.User, id, null);

    /// <summary>The unit of a named thing.</summary>
    public static UnitId Named(UnitKind kind, string name) => new(kind, Guid.Empty, name);

    /// <summary>Reads an id from its text.</summary>
    /// <exception cref="FormatException">The text names no unit.</exception>
    public static UnitId Parse(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('/');
        if (at < 0)
        {
            throw new FormatException("A unit id has a kind, a slash and a name.");
        }

        var rest = text[(at + 1)..];
        return text[..at] switch
        {
            "user" => new UnitId(UnitKind.User, Guid.ParseExact(rest, "D"), null),
            "policy" => new UnitId(UnitKind.Policy, Guid.Empty, rest.ToString()),
            "wave" => new UnitId(UnitKind.Wave, Guid.Empty, rest.ToString()),
            "domain" => new UnitId(UnitKind.Domain, Guid.Empty, rest.ToString()),
            _ => throw new FormatException("A unit is a user, policy, wave or domain."),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(UnitId other) => Kind == UnitKind.User && other.Kind == UnitKind.User
        ? User.CompareTo(other.User)
        : string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        UnitKind.User => $"user/{User:D}",
        UnitKind.Policy => $"policy/{_name}",
        UnitKind.Wave => $"wave/{_name}",
        _ => $"domain/{_name}",
    };

    /// <summary>Before in text order.</summary>
    public static bool operator <(UnitId left, UnitId right) => left.CompareTo(right) < 0;

    /// <summary>Behind in text order.</summary>
    public static bool operator >(UnitId left, UnitId right) => left.CompareTo(right) > 0;

    /// <summary>Not behind in text order.</summary>
    public static bool operator <=(UnitId left, UnitId right) => left.CompareTo(right) <= 0;

    /// <summary>Not before in text order.</summary>
    public static bool operator >=(UnitId left, UnitId right) => left.CompareTo(right) >= 0;
}
