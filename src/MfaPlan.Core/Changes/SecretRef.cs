namespace MfaPlan.Core.Changes;

/// <summary>Stands for a token's seed where the seed itself may not stand; whoever sends the change finds the seed by it in the source.</summary>
/// <param name="File">The token file, by the path that the plan gives.</param>
/// <param name="Serial">The serial number, which is no personal data.</param>
/// <param name="Fingerprint">The keyed fingerprint of the seed: another seed under the same serial number is another secret.</param>
public sealed record SecretRef(string File, string Serial, string Fingerprint);
