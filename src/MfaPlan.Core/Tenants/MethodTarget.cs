namespace MfaPlan.Core.Tenants;

/// <summary>A group or user that a configuration or the registration campaign names.</summary>
/// <param name="Id">Object id; null stands for everybody (<c>all_users</c>).</param>
/// <param name="IsUser">The target is a single user, not a group.</param>
/// <param name="UsableForSignIn">Sms only: whether the number becomes a sign-in name; where the service does not say, true, its documented default.</param>
public sealed record MethodTarget(Guid? Id, bool IsUser, bool UsableForSignIn)
{
    /// <summary>Registration campaign only: the method that is to be registered, targetedAuthenticationMethod; null when the service does not say.</summary>
    public string? Asks { get; init; }

    /// <summary>
    /// All else that the service said of the target, as the text of a JSON object whose members are sorted; null when nothing. Not read, but
    /// written back with the target, since targets are replaced as a whole.
    /// </summary>
    public string? Others { get; init; }

    /// <summary>Whether both name the same group or user.</summary>
    public bool NamesSame(MethodTarget other) => Id == other.Id && IsUser == other.IsUser;
}
