using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources;

/// <summary>Reads the files of the on-premises side that a plan names.</summary>
public static class OnPremisesFiles
{
    /// <summary>Reads users and overrides; each file is read once, and problems of both are told together.</summary>
    /// <param name="usersPath">The user export of MFA Server.</param>
    /// <param name="overridesPath">The overrides file, if the plan names one.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The data with the paths as given here, or errors about a file as a whole.</returns>
    public static async Task<Checked<SourceData>> ReadAsync(
        string usersPath, string? overridesPath, CancellationToken cancel)
    {
        var users = await MfaServerCsv.ReadAsync(usersPath, cancel);
        var overrides = overridesPath is null ? null : await OverridesCsv.ReadAsync(overridesPath, cancel);
        ImmutableArray<Diagnostic> diagnostics = [.. users.Diagnostics, .. overrides?.Diagnostics ?? []];
        if (!users.Succeeded || overrides is { Succeeded: false })
        {
            return new(null, diagnostics);
        }

        var inputs = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .SetItem(usersPath, users.Value.Sha256);
        return new(
            new SourceData(
                users.Value.Users,
                users.Value.DamagedRows + (overrides?.Value?.DamagedRows ?? 0),
                overrides?.Value?.Overrides ?? [],
                overrides?.Value is { } table ? inputs.SetItem(overridesPath ?? "", table.Sha256) : inputs),
            diagnostics);
    }
}
