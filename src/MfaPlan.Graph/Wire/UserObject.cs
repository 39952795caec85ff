namespace MfaPlan.Graph.Wire;

/// <summary>A user as the directory writes it; everything but the id is null where it was not asked for or may not be read.</summary>
internal sealed record UserObject(Guid Id)
{
    public string? UserPrincipalName { get; init; }

    public bool? AccountEnabled { get; init; }

    public string? UserType { get; init; }

    public bool? OnPremisesSyncEnabled { get; init; }

    public string? OnPremisesSecurityIdentifier { get; init; }

    public string? OnPremisesDomainName { get; init; }

    public string? OnPremisesSamAccountName { get; init; }
}
