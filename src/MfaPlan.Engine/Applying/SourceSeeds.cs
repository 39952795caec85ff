using MfaPlan.Core.Changes;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Applying;

/// <summary>The seeds of the source that was read for this command.</summary>
/// <param name="tokens">The source's tokens.</param>
public sealed class SourceSeeds(TokenBook tokens) : ITokenSeeds
{
    /// <inheritdoc/>
    public TokenSeed? Find(SecretRef token) => tokens.Find(token);
}
