using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources;

/// <summary>
/// Something that holds users with their MFA data. Reading never writes, and no diagnostic repeats what stood in the source.
/// </summary>
public interface IUserSource
{
    /// <summary>Reads all users.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The users, or errors about the source as a whole; damaged entries are errors beside a value.</returns>
    Task<Checked<SourceTable>> ReadAsync(CancellationToken cancel);
}
