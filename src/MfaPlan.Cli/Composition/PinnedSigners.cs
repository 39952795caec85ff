using System.Security.Cryptography;
using MfaPlan.Core.Approvals;

namespace MfaPlan.Cli.Composition;

/// <summary>The plan's allowed_signers, as the plan pins it.</summary>
internal static class PinnedSigners
{
    private const int LongestList = 1 << 20;

    /// <summary>Reads the file, and ends the command where it is not the one that the plan pins.</summary>
    public static byte[] Read(LoadedPlan loaded)
    {
        if (loaded.Plan.Approvals is not { AllowedSigners: { } pinned })
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5033", "The plan demands no approvals, so there is nobody whose signature would count. Add the part approvals to it.");
        }

        byte[] bytes;
        try
        {
            using var stream = File.OpenRead(loaded.Resolve(pinned.File));
            bytes = stream.Length <= LongestList ? new byte[stream.Length] : throw new IOException("It is too large for such a file.");
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCodes.Refused, "MFP5032", $"The plan's {pinned.File} cannot be read, so no signature can be checked. {error.Message}");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return digest.Equals(pinned.Sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new CommandFailedException(
                ExitCodes.Refused, ApprovalDiagnostics.SignersChanged.Code,
                $"{pinned.File} is not the file that the plan pins: its sha256 is {digest}. Put it back, or have the plan with the new one reviewed; "
                + "what was approved before is then to be approved again.");
    }
}
