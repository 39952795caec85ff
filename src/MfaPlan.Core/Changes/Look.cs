using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Changes;

/// <summary>What a look at the target of a unit sees.</summary>
public abstract record Look
{
    private Look()
    {
    }

    /// <summary>A user's authentication data.</summary>
    /// <param name="Methods">As far as it was asked for.</param>
    public sealed record OfUser(UserMethods Methods) : Look;

    /// <summary>The authentication methods policy.</summary>
    /// <param name="Configurations">By kind; one that is not listed is off.</param>
    public sealed record OfPolicy(ImmutableSortedDictionary<MethodKind, MethodConfiguration> Configurations) : Look
    {
        /// <summary>The registration campaign; null where it was not looked at.</summary>
        public RegistrationCampaign? Campaign { get; init; }

        /// <summary>The configuration of a kind of method.</summary>
        public MethodConfiguration Of(MethodKind method) => Configurations.GetValueOrDefault(method, MethodConfiguration.Off);
    }
}
