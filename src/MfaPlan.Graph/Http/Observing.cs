using System.Text.Json;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;

namespace MfaPlan.Graph.Http;

/// <summary>Turns a read into what was seen or why nothing is known.</summary>
internal static class Observing
{
    /// <summary>Runs a read; a failure of the read is Unknown, any other exception goes on.</summary>
    public static async Task<Observed<T>> SeeAsync<T>(TenantClock clock, Func<Task<T>> read)
    {
        try
        {
            return new Observed<T>.Seen(await read(), clock.Now);
        }
        catch (ReadFailedException failure)
        {
            return new Observed<T>.Unknown(failure.Code);
        }
        catch (TenantReadException failure)
        {
            return new Observed<T>.Unknown(failure.Code);
        }
        catch (JsonException)
        {
            return new Observed<T>.Unknown(TransportCode.InvalidAnswer); // the SDK's parser
        }
    }
}
