using System.Collections.Immutable;
using System.Globalization;

namespace MfaPlan.Graph.Http;

/// <summary>Knows where requests may go.</summary>
internal sealed class HostGuard(Uri baseAddress, ImmutableArray<string> allowedHosts)
{
    /// <summary>Passes the base address's own origin, and https on the usual port of the allowed hosts.</summary>
    /// <exception cref="HostNotAllowedException">Any other place.</exception>
    public void Check(Uri? address)
    {
        if (address is null || !address.IsAbsoluteUri)
        {
            throw new HostNotAllowedException("(no host)");
        }

        var own = address.Scheme == baseAddress.Scheme && address.Host == baseAddress.Host && address.Port == baseAddress.Port;
        var allowed = address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort
            && allowedHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
        if (!own && !allowed)
        {
            throw new HostNotAllowedException(string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{address.Host}:{address.Port}"));
        }
    }
}
