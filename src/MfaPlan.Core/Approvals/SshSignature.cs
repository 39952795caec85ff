using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MfaPlan.Core.Approvals;

/// <summary>
/// The form of a detached SSH signature: what is in it, not whether it holds. Read strictly, since <c>ssh-keygen</c> overlooks much around
/// the signature, and a file that was touched is not to be passed.
/// </summary>
/// <param name="Key">The fingerprint of the key that made it, <c>SHA256:…</c>.</param>
/// <seealso href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig"/>
public sealed record SshSignature(string Key)
{
    /// <summary>A signature has no more bytes than that.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Begin = "-----BEGIN SSH SIGNATURE-----\n";
    private const string End = "-----END SSH SIGNATURE-----\n";
    private const int LineLength = 70;
    private const int Version = 1;

    /// <summary>Reads a signature file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="purpose">The namespace that it must have been made under.</param>
    /// <exception cref="FormatException">It is no signature as ssh-keygen writes it, or one of another namespace; the message says why.</exception>
    public static SshSignature Read(ReadOnlySpan<byte> file, string purpose = ApprovalText.Namespace)
    {
        if (file.Length > MaxBytes || !Ascii.IsValid(file))
        {
            throw new FormatException("it is no SSH signature");
        }

        var text = Encoding.ASCII.GetString(file);
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal) || text.Length < Begin.Length + End.Length)
        {
            throw new FormatException("it is no SSH signature");
        }

        var blob = Blob(text[Begin.Length..^End.Length]);
        if (Armour(blob) != text)
        {
            throw new FormatException("it is not written as ssh-keygen writes it");
        }

        return Of(blob, purpose);
    }

    private static byte[] Blob(string lines)
    {
        try
        {
            return Convert.FromBase64String(lines);
        }
        catch (FormatException error)
        {
            throw new FormatException("it is no SSH signature", error);
        }
    }

    private static string Armour(byte[] blob)
    {
        var text = new StringBuilder(Begin);
        foreach (var line in Convert.ToBase64String(blob).Chunk(LineLength))
        {
            text.Append(line).Append('\n');
        }

        return text.Append(End).ToString();
    }

    private static SshSignature Of(ReadOnlySpan<byte> blob, string expected)
    {
        if (!blob.StartsWith("SSHSIG"u8))
        {
            throw new FormatException("it is no SSH signature");
        }

        var rest = blob["SSHSIG"u8.Length..];
        if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(rest) != Version)
        {
            throw new FormatException("it is of another version");
        }

        rest = rest[sizeof(uint)..];
        var key = Take(ref rest);
        var purpose = Take(ref rest);
        var reserved = Take(ref rest);
        var hash = Take(ref rest);
        var signature = Take(ref rest);
        if (!purpose.SequenceEqual(Encoding.ASCII.GetBytes(expected)))
        {
            throw new FormatException("it was made for another purpose");
        }

        return key.Length > 0 && reserved.IsEmpty && rest.IsEmpty && signature.Length > 0 && (hash.SequenceEqual("sha512"u8) || hash.SequenceEqual("sha256"u8))
            ? new SshSignature("SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('='))
            : throw new FormatException("it is no SSH signature");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - sizeof(uint))
        {
            throw new FormatException("it is cut off");
        }

        var taken = rest.Slice(sizeof(uint), (int)length);
        rest = rest[(sizeof(uint) + (int)length)..];
        return taken;
    }
}
