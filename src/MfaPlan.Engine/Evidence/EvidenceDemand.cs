using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Evidence;

/// <summary>What a pack is held against, beside itself.</summary>
public sealed record EvidenceDemand
{
    /// <summary>The pack digest that somebody wrote down or was told; null where none was given.</summary>
    public string? Digest { get; init; }

    /// <summary>Who may sign packs, by the auditor's own list; null for the one that the pack's plan pins.</summary>
    public ReadOnlyMemory<byte>? AllowedSigners { get; init; }

    /// <summary>The state that it was made from; null where it is not at hand.</summary>
    public IStateStore? State { get; init; }
}

/// <summary>Gives the tool that checks signatures of a purpose as they were at an instant.</summary>
/// <param name="purpose">The namespace of the signatures.</param>
/// <param name="at">By which time the keys are judged.</param>
public delegate ISignatures SignaturesOf(string purpose, DateTimeOffset at);
