using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MfaPlan.Core.Approvals;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Engine.Approving;

/// <summary>Signed documents of one kind in a state: made, kept and read with their signatures.</summary>
/// <param name="files">Where they are kept.</param>
/// <param name="signatures">Makes and checks signatures.</param>
/// <param name="allowedSigners">The plan's allowed_signers, of which it is known that it is the pinned one.</param>
/// <param name="documentExtension">How a document's file name ends.</param>
/// <param name="signatureExtension">How its signature's does.</param>
internal sealed class SignedFiles(
    IApprovals files, ISignatures signatures, ReadOnlyMemory<byte> allowedSigners, string documentExtension, string signatureExtension)
{
    private const int NameBytes = 8;

    /// <summary>Signs a document; keeps nothing.</summary>
    /// <returns>The name of its files, and the signature.</returns>
    public async Task<(string Name, ReadOnlyMemory<byte> Signature)> SignAsync(byte[] document, string keyFile, CancellationToken cancellationToken)
    {
        var signature = await signatures.SignAsync(document, keyFile, cancellationToken);
        return (Convert.ToHexStringLower(SHA256.HashData([.. document, .. signature.Span]).AsSpan(0, NameBytes)), signature);
    }

    /// <summary>Keeps a document. The signature first: a document without one would be a flaw to whoever looks in between.</summary>
    public async Task KeepAsync(
        string place, string name, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        await files.AddAsync(place, name + signatureExtension, signature, cancellationToken);
        await files.AddAsync(place, name + documentExtension, document, cancellationToken);
    }

    /// <summary>The documents of a place with their signatures; null for one that is not there.</summary>
    public async IAsyncEnumerable<(string Name, ReadOnlyMemory<byte>? Document, ReadOnlyMemory<byte>? Signature)> ReadAsync(
        string place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in await files.ListAsync(place, cancellationToken))
        {
            if (file.EndsWith(documentExtension, StringComparison.Ordinal))
            {
                var name = file[..^documentExtension.Length];
                yield return (
                    name, await files.ReadAsync(place, file, cancellationToken), await files.ReadAsync(place, name + signatureExtension, cancellationToken));
            }
        }
    }

    /// <summary>What is wrong with files that are not both there; null where they are.</summary>
    public static string? Missing(ReadOnlyMemory<byte>? document, ReadOnlyMemory<byte>? signature) => (document, signature) switch
    {
        (null, _) => "it is gone",
        (_, null) => "there is no signature beside it",
        _ => null,
    };

    /// <summary>Checks a signature.</summary>
    public Task<SignatureCheck> CheckAsync(
        ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature, ImmutableArray<string> identities, CancellationToken cancellationToken) =>
        signatures.CheckAsync(document, signature, allowedSigners, identities, cancellationToken);

    /// <summary>The principals under which the allowed signers have a key. It signs something that is thrown away.</summary>
    public async Task<ImmutableArray<string>> PrincipalsOfAsync(string keyFile, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> nothing = new byte[] { (byte)'\n' };
        var signature = await signatures.SignAsync(nothing, keyFile, cancellationToken);
        return await CheckAsync(nothing, signature, [], cancellationToken) is SignatureCheck.Good good ? good.Principals : [];
    }
}
