using System.Security.Cryptography;
using System.Text;

namespace MfaPlan.Sandbox.Tenant;

/// <summary>Object ids made from what they name, so that a run can be repeated.</summary>
internal static class Ids
{
    private static long _next;

    /// <summary>The id that belongs to these parts.</summary>
    public static string From(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }

    /// <summary>An id for a new object: never given twice, not even to the same name created again.</summary>
    public static string New(string name, DateTimeOffset now) => From(
        name,
        now.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Interlocked.Increment(ref _next).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
