using MfaPlan.Core.Changes;
using MfaPlan.Core.Sources.Tokens;

namespace MfaPlan.Engine.Ports;

/// <summary>Gives the seeds that changes refer to. Only whoever sends a change asks, and keeps nothing.</summary>
public interface ITokenSeeds
{
    /// <summary>The token with its seed; null when the source has none of this serial number whose seed has this fingerprint.</summary>
    TokenSeed? Find(SecretRef token);
}
