using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources.Tokens;

/// <summary>
/// Something that holds token seeds. Reading never writes, and no diagnostic repeats a seed, an owner or a key.
/// </summary>
public interface ITokenSource
{
    /// <summary>Reads all tokens.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The tokens, or errors about the source as a whole; damaged entries are errors beside a value.</returns>
    Task<Checked<TokenTable>> ReadAsync(CancellationToken cancel);
}
