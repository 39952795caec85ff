using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Proofs;

/// <summary>A user who is to be moved, before its methods are looked at.</summary>
/// <param name="Account">The account.</param>
/// <param name="Federated">
/// Whether the first factor is answered by the federated identity provider, as it goes on to be in a staged rollout and after a cut-over of
/// MFA alone; null where the domain is not known.
/// </param>
public readonly record struct ProofUser(DirectoryUser Account, bool? Federated);
