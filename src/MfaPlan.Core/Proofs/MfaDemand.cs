using MfaPlan.Core.Tenants.Access;

namespace MfaPlan.Core.Proofs;

/// <summary>What demands MFA of a user in Entra, at every sign-in to every resource.</summary>
public abstract record MfaDemand
{
    private MfaDemand()
    {
    }

    /// <summary>A policy does.</summary>
    /// <param name="Policy">The first that does, in order of id.</param>
    public sealed record By(AccessPolicy Policy) : MfaDemand;

    /// <summary>Nothing does.</summary>
    /// <param name="Why">What comes nearest, and what it lacks.</param>
    public sealed record Gap(string Why) : MfaDemand;

    /// <summary>It cannot be judged.</summary>
    /// <param name="Why">What could not.</param>
    public sealed record Unknown(string Why) : MfaDemand;
}
