using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Graph.SignIn;
using MfaPlan.State;
using MfaPlan.State.Blobs;

namespace MfaPlan.Cli.Composition;

/// <summary>
/// The container of a plan whose state is in Azure Blob storage. It is reached with the identity of the machine, as the Azure SDK finds it;
/// the plan's own sign-in is for the tenant. The environment variable <c>MFAPLAN_BLOB_CONNECTION</c> names a storage emulator instead.
/// </summary>
internal static class BlobPlaces
{
    /// <summary>The container; null when the plan's state is in a folder.</summary>
    public static BlobPlace? Of(CliHost host, LoadedPlan loaded)
    {
        if (loaded.Plan.State.AzureBlob is not { } blob)
        {
            return null;
        }

        // Part of a host name that a token goes to.
        if (blob.Account.Length is < 3 or > 24 || !blob.Account.All(static character => char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character)))
        {
            throw new CommandFailedException(
                ExitCodes.Refused, StateDiagnostics.StorageRefused.Code,
                "The plan's \"state\" names no storage account: its name is 3 to 24 lower-case letters and digits.");
        }

        return host.Setting("BLOB_CONNECTION") is { Length: > 0 } connection
            ? BlobPlace.Connected(new Secret(connection), blob.Container)
            : BlobPlace.At(
                new Uri($"https://{blob.Account}.blob.{SuffixOf(loaded.Plan.Tenant.Cloud)}"),
                blob.Container,
                GraphSignIn.Create(new SignInSettings.MachineDefault(loaded.Plan.Tenant.Id, SignIns.CloudOf(loaded.Plan).Login)));
    }

    private static string SuffixOf(Cloud cloud) => cloud switch
    {
        Cloud.UsGov or Cloud.UsGovDoD => "core.usgovcloudapi.net",
        Cloud.China => "core.chinacloudapi.cn",
        _ => "core.windows.net",
    };
}
