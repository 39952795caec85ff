using MfaPlan.Core.Sealing;

namespace MfaPlan.Engine.Ports;

/// <summary>The keys of a state, derived from its data keys.</summary>
/// <param name="Values">For the HMACs of personal values.</param>
/// <param name="Seal">For files that are written now.</param>
/// <param name="FindSeal">For files that are read: the key of an id, null when the state has none of that id.</param>
public sealed record StateKeys(ValueKey Values, SealKey Seal, Func<string, SealKey?> FindSeal);
