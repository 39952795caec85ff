using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Sources;

namespace MfaPlan.Core.Rules;

/// <summary>Which of a user's devices with the mobile app count in Entra.</summary>
/// <remarks>
/// The guide's rule: at most five devices, four where the user has a hardware token; of devices with one name only the newest; newest
/// first; over the limit is left out.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-server-migration-utility"/>
public static class DeviceRule
{
    /// <summary>Authenticator devices and hardware tokens that a user can have together.</summary>
    /// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-upload-oath-tokens"/>
    public const int Limit = 5;

    /// <summary>Sorts a user's devices.</summary>
    /// <param name="devices">The devices, in the order of the source.</param>
    /// <param name="hardwareToken">Whether the user has a hardware token, which takes a place.</param>
    /// <returns>The devices that count and those over the limit, both newest first.</returns>
    /// <remarks>
    /// A device is as new as its last use, else as its registration; one without either comes last. Devices that are equally new stay in
    /// the order of the source. A device without a name is nobody's namesake.
    /// </remarks>
    public static (ImmutableArray<SourceDevice> Counted, ImmutableArray<SourceDevice> OverLimit) Decide(
        ImmutableArray<SourceDevice> devices, bool hardwareToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var newestFirst = devices
            .OrderByDescending(static device => device.Newest ?? DateTimeOffset.MinValue)
            .Where(device => device.Name is not { } name || names.Add(name.Reveal().Trim()))
            .ToImmutableArray();
        var places = Math.Min(hardwareToken ? Limit - 1 : Limit, newestFirst.Length);
        return (newestFirst[..places], newestFirst[places..]);
    }

    /// <summary>What a user must be told of devices that cannot be brought over; nothing where the source lists none.</summary>
    /// <param name="devices">The devices, in the order of the source.</param>
    /// <param name="hardwareToken">Whether the user has a hardware token.</param>
    public static ImmutableArray<Finding> Say(ImmutableArray<SourceDevice> devices, bool hardwareToken)
    {
        var (counted, overLimit) = Decide(devices, hardwareToken);
        var findings = ImmutableArray.CreateBuilder<Finding>(2);
        if (!counted.IsEmpty)
        {
            findings.Add(FindingCatalog.DevicesAgain.Found().With("count", Number(counted.Length)).WithLabel("devices", Names(counted)));
        }

        if (!overLimit.IsEmpty)
        {
            findings.Add(FindingCatalog.DevicesOverLimit.Found()
                .With("limit", Number(counted.Length))
                .With("why", hardwareToken ? "five with the hardware token" : "five at most")
                .With("count", Number(overLimit.Length))
                .WithLabel("devices", Names(overLimit)));
        }

        return findings.ToImmutable();
    }

    private static string Names(ImmutableArray<SourceDevice> devices) =>
        string.Join(", ", devices.Select(static device => device.Name?.Reveal() ?? "a device without a name"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
