using System.Text;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Engine.Previewing;

/// <summary>
/// What the reads of a note are good for: the same tenant and parts, and nothing written by us since. The plan does not matter, since
/// nothing is noted that depends on it.
/// </summary>
internal static class SpoolHead
{
    /// <summary>The kind of the sealed file.</summary>
    public const string Kind = "mfaspool";

    private const int Format = 1;

    /// <summary>The first line of a note.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="parts">What was read of each user.</param>
    /// <param name="journal">The hash of the journal's last line.</param>
    public static byte[] Of(Guid tenant, MethodParts parts, string journal) =>
        Encoding.UTF8.GetBytes($$"""{"format":{{Format}},"tenant":"{{tenant:D}}","parts":{{(int)parts}},"journal":"{{journal}}"}""");
}
