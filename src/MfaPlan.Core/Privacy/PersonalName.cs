using System.Diagnostics;

namespace MfaPlan.Core.Privacy;

/// <summary>A user name, principal name or mail address. Shows itself masked; <see cref="Reveal"/> gives the whole.</summary>
/// <param name="value">The name as it was read.</param>
[DebuggerDisplay("{ToString()}")]
public readonly struct PersonalName(string value) : IEquatable<PersonalName>
{
    private readonly string? _value = value;

    /// <summary>The name in clear, for a request or for a person who asked.</summary>
    public string Reveal() => _value ?? "";

    /// <summary>The domain of a user principal name: what stands behind its last @, which is nobody's secret; a name without one is its own.</summary>
    public string Domain => Reveal()[(Reveal().LastIndexOf('@') + 1)..];

    /// <summary>The masked name.</summary>
    public override string ToString() => Mask.Name(_value ?? "");

    /// <inheritdoc/>
    public bool Equals(PersonalName other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PersonalName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_value ?? "", StringComparison.Ordinal);

    /// <summary>Ordinal equality.</summary>
    public static bool operator ==(PersonalName left, PersonalName right) => left.Equals(right);

    /// <summary>Ordinal inequality.</summary>
    public static bool operator !=(PersonalName left, PersonalName right) => !left.Equals(right);
}
