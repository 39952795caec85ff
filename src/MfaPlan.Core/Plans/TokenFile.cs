using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>An inventory of OATH tokens.</summary>
public sealed record TokenFile
{
    /// <summary>PSKC, CSV or otpauth file.</summary>
    [Description("PSKC, CSV or otpauth file.")]
    public required string File { get; init; }

    /// <summary>The kind of file; by its name where it is left out.</summary>
    [Description("The kind of file; by its name where it is left out.")]
    public TokenFileFormat? Format { get; init; }

    /// <summary>The key or password of an encrypted file.</summary>
    [Description("The key or password of an encrypted file.")]
    public SecretRefPart? Key { get; init; }

    /// <summary>A CSV that gives the owner of each serial number.</summary>
    [Description("A CSV that gives the owner of each serial number.")]
    public string? Owners { get; init; }
}
