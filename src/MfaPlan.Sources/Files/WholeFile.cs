using System.Security.Cryptography;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Files;

/// <summary>The bytes of a small file, wiped when done with.</summary>
/// <param name="bytes">All bytes of the file.</param>
internal sealed class WholeFile(byte[] bytes) : IDisposable
{
    /// <summary>The most bytes of a file that is read whole.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>All bytes of the file.</summary>
    public byte[] Bytes => bytes;

    /// <summary>Their hash, in lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads a file whole; null when the log says why not.</summary>
    public static async Task<WholeFile?> ReadAsync(RowLog log, CancellationToken cancel)
    {
        await using var stream = SourceFile.Open(log.File, out var problem);
        try
        {
            problem ??= stream is null or { CanSeek: false }
                ? SourceDiagnostics.UnreadableAt(log.Path, "not a regular file")
                : stream.Length == 0 ? SourceDiagnostics.EmptyAt(log.Path)
                : stream.Length > MaxBytes ? SourceDiagnostics.UnreadableAt(log.Path, "larger than 64 MiB")
                : null;
            if (stream is null || problem is not null)
            {
                log.OfFile(problem ?? SourceDiagnostics.MissingAt(log.Path));
                return null;
            }

            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancel);
            return new WholeFile(bytes);
        }
        catch (IOException broken)
        {
            log.OfFile(SourceDiagnostics.UnreadableAt(log.Path, broken.GetType().Name));
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
}
