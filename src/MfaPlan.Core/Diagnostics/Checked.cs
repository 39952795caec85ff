using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace MfaPlan.Core.Diagnostics;

/// <summary>A value together with everything noticed while making it.</summary>
/// <param name="Value">The value; absent when an error stands in the way.</param>
/// <param name="Diagnostics">All that was noticed, in order of place.</param>
public sealed record Checked<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>Whether there is a value to go on with; warnings may accompany it.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;
}
