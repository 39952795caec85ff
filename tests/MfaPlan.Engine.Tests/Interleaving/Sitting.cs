using System.Collections.Immutable;
using MfaPlan.Core.Changes;

namespace MfaPlan.Engine.Tests.Interleaving;

/// <summary>A change set that is being applied.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Units">What was previewed.</param>
internal sealed record Sitting(ChangeSetHeader Header, ImmutableDictionary<UnitId, ImmutableArray<Change>> Units)
{
    /// <summary>Whether it goes forward, and not back.</summary>
    public bool Forward => Header.Purpose == ChangeSetPurpose.Apply;
}
