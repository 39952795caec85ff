using MfaPlan.Core.Changes;

namespace MfaPlan.Core.Journals;

/// <summary>What became of one change of a unit.</summary>
/// <param name="Id">The change's id.</param>
/// <param name="Is">Its outcome.</param>
public readonly record struct ChangeSettled(string Id, ChangeOutcome Is)
{
    /// <summary>The keyed fingerprint of the value that was written, as <see cref="WrittenValues.Of"/> makes it; null where none was, and in older journals.</summary>
    public string? Value { get; init; }
}
