namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>Writes a user into a path.</summary>
internal static class UserAddress
{
    /// <summary>The path of a user, below the version.</summary>
    public static string Of(Guid id) => $"/users/{id:D}";

    /// <summary>
    /// The path of a user by principal name, escaped (<c>#</c> of guests among others). A name that begins with <c>$</c> would be taken
    /// for a system word, and one without <c>@</c> could be a dot segment; both go between quotes, where a quote is doubled.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/graph/known-issues"/>
    public static string Of(string principalName) =>
        principalName.StartsWith('$') || !principalName.Contains('@', StringComparison.Ordinal)
            ? $"/users('{Uri.EscapeDataString(principalName.Replace("'", "''", StringComparison.Ordinal))}')"
            : $"/users/{Uri.EscapeDataString(principalName)}";
}
