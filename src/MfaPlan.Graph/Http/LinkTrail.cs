namespace MfaPlan.Graph.Http;

/// <summary>Follows the links of one collection's pages: verbatim, to allowed hosts only, and never to the same place twice.</summary>
internal sealed class LinkTrail(HostGuard guard)
{
    // The link is opaque; canonicalising it could change a token in it.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The next page's address; null at the end.</summary>
    /// <exception cref="ReadFailedException">The link leads nowhere, elsewhere, or round in a circle.</exception>
    public Uri? Follow(string? link)
    {
        if (link is null)
        {
            return null;
        }

        if (!Uri.TryCreate(link, Verbatim, out var address) || !address.IsAbsoluteUri)
        {
            throw new ReadFailedException("InvalidNextLink", 0);
        }

        try
        {
            guard.Check(address);
        }
        catch (HostNotAllowedException elsewhere)
        {
            throw new ReadFailedException("HostNotAllowed", 0, elsewhere);
        }

        return _seen.Add(link) ? address : throw new ReadFailedException("RepeatedNextLink", 0);
    }
}
