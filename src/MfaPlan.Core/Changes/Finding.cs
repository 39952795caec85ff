using System.Collections.Immutable;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Changes;

/// <summary>Something that a person must know about a unit: a code and the values that its sentence names.</summary>
/// <param name="Code">A code of <c>FindingCatalog</c>, MFP3xxx.</param>
/// <param name="Values">In the order of the sentence.</param>
public sealed record Finding(string Code, ImmutableArray<FindingValue> Values)
{
    /// <inheritdoc/>
    public bool Equals(Finding? other) =>
        other is not null && Code == other.Code && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Values.Length);

    /// <summary>A finding that names nothing.</summary>
    public static Finding Of(string code) => new(code, []);

    /// <summary>The same finding with one more plain value.</summary>
    public Finding With(string name, string text) => this with { Values = Values.Add(new(name, text, FindingValueKind.Plain)) };

    /// <summary>The same finding with one more phone number.</summary>
    public Finding With(string name, PhoneNumber number) =>
        this with { Values = Values.Add(new(name, number.Reveal(), FindingValueKind.Phone)) };

    /// <summary>The same finding with one more user name.</summary>
    public Finding With(string name, PersonalName value) =>
        this with { Values = Values.Add(new(name, value.Reveal(), FindingValueKind.Name)) };

    /// <summary>The same finding with one more text that people chose freely.</summary>
    public Finding WithLabel(string name, string text) => this with { Values = Values.Add(new(name, text, FindingValueKind.Label)) };
}
