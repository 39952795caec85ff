using System.Globalization;

namespace MfaPlan.Core.Matching;

/// <summary>
/// The security identifier of an account, cut into the domain's part and the account's number: half a million accounts share one domain
/// text. Compared without regard to case.
/// </summary>
/// <seealso href="https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861"/>
public readonly record struct SecurityId
{
    private const long None = -1;

    private readonly string? _domain;
    private readonly long _account;

    private SecurityId(string domain, long account)
    {
        _domain = domain;
        _account = account;
    }

    /// <summary>Reads an identifier; a text of another form is kept whole, so that nothing is taken for equal that is not.</summary>
    /// <param name="text">For example S-1-5-21-1004336348-1177238915-682003330-1101.</param>
    /// <param name="before">The one read before, whose domain text is shared where it is the same.</param>
    public static SecurityId Of(string text, SecurityId? before = null)
    {
        var at = text.LastIndexOf('-');
        var domain = text.AsSpan(0, Math.Max(at, 0));
        var account = text.AsSpan(at + 1);
        return at > 0 && account is not ['0', _, ..] && uint.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SecurityId(Shared(domain, before), number)
            : new SecurityId(Shared(text, before), None);
    }

    /// <inheritdoc/>
    public bool Equals(SecurityId other) => _account == other._account && string.Equals(_domain, other._domain, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_account, _domain);

    /// <summary>The identifier as text, in capitals.</summary>
    public override string ToString() =>
        _account == None ? _domain ?? "" : string.Create(CultureInfo.InvariantCulture, $"{_domain}-{_account}");

    private static string Shared(ReadOnlySpan<char> text, SecurityId? before) =>
        before?._domain is { } known && text.Equals(known, StringComparison.OrdinalIgnoreCase) ? known : text.ToString().ToUpperInvariant();
}
