using System.ComponentModel;

namespace MfaPlan.Core.Plans;

/// <summary>Who may sign, pinned.</summary>
public sealed record AllowedSigners
{
    /// <summary>An allowed_signers file of ssh-keygen.</summary>
    [Description("An allowed_signers file of ssh-keygen.")]
    public required string File { get; init; }

    /// <summary>The SHA-256 of the file, 64 hex digits.</summary>
    [Description("The SHA-256 of the file, 64 hex digits.")]
    public required string Sha256 { get; init; }
}
