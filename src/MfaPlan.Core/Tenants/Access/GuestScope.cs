using System.Collections.Immutable;

namespace MfaPlan.Core.Tenants.Access;

/// <summary>Which guests and external users are meant.</summary>
/// <param name="Types">Words of guestOrExternalUserTypes; empty for the word GuestsOrExternalUsers, which means all of them.</param>
/// <param name="AllTenants">Whether it is about users of all other tenants; else of those listed.</param>
public sealed record GuestScope(ImmutableArray<string> Types, bool AllTenants)
{
    /// <summary>The word GuestsOrExternalUsers.</summary>
    public static GuestScope AllOfThem { get; } = new([], AllTenants: true);
}
