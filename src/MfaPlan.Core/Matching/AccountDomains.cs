using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Matching;

/// <summary>The on-premises domains of the users in scope: which of them a name such as <c>CONTOSO\alice</c> speaks of.</summary>
/// <remarks>
/// The directory keeps a domain's DNS name only. A NetBIOS name is taken to be the first label of it, as Windows proposes, and only where
/// no other domain in scope begins so. A bare account name is unique within its domain only, and so is taken where there is just one.
/// </remarks>
internal sealed class AccountDomains
{
    private const int LongestNetBiosName = 15;

    private readonly HashSet<string> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _labels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes the domains of all users in scope.</summary>
    public AccountDomains(IEnumerable<DirectoryUser> users)
    {
        foreach (var user in users)
        {
            if (user.Domain is { } domain && _domains.Add(domain))
            {
                _labels[LabelOf(domain)] = _labels.GetValueOrDefault(LabelOf(domain)) + 1;
            }
        }
    }

    /// <summary>Domain and account of a source's username; no domain for a bare name; null for a principal name.</summary>
    public static (string Domain, string Account)? Split(string username)
    {
        var name = username.Trim();
        return name.IndexOf('\\', StringComparison.Ordinal) is >= 0 and var slash
            ? slash > 0 && slash + 1 < name.Length ? (name[..slash], name[(slash + 1)..]) : null
            : name.Length > 0 && !name.Contains('@', StringComparison.Ordinal) ? ("", name) : null;
    }

    /// <summary>Whether a domain that a source names is the user's own.</summary>
    /// <param name="domain">DNS or NetBIOS name; empty for a bare account name.</param>
    /// <param name="user">A user in scope.</param>
    public bool Fits(string domain, DirectoryUser user) => user.Domain switch
    {
        null => false,
        _ when domain.Length == 0 => _domains.Count == 1,
        var own when domain.Contains('.', StringComparison.Ordinal) => own.Equals(domain, StringComparison.OrdinalIgnoreCase),
        var own => LabelOf(own).Equals(domain, StringComparison.OrdinalIgnoreCase) && _labels[LabelOf(own)] == 1,
    };

    private static string LabelOf(string domain)
    {
        var label = domain.Split('.', 2)[0];
        return label.Length > LongestNetBiosName ? label[..LongestNetBiosName] : label;
    }
}
