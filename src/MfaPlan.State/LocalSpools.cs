using System.Collections.Immutable;
using System.Security.Cryptography;
using MfaPlan.Engine.Ports;

namespace MfaPlan.State;

/// <summary>Notes of previews in a folder of the state. A process that writes one holds it alone; a killed one lets go.</summary>
/// <param name="folder">Made where it is missing.</param>
internal sealed class LocalSpools(string folder) : ISpools
{
    private const string Extension = ".mfaspool";
    private const int NameBytes = 16;

    /// <inheritdoc/>
    public Task<Spool> CreateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WholeFile.MakeFolder(folder);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));
        return Task.FromResult(new Spool(name, StateFileStream.Create(PathOf(name))));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<string> names = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
            : [];
        return Task.FromResult(names);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (IOException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            File.Delete(PathOf(name));
        }
        catch (IOException)
        {
            // Another preview reads it and deletes it when it is done.
        }

        return Task.CompletedTask;
    }

    private string PathOf(string name) => Path.Combine(folder, Path.GetFileName(name) + Extension);
}
