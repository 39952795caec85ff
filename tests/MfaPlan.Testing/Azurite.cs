using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MfaPlan.Testing;

/// <summary>
/// Microsoft's emulator of Blob storage on this machine, one for all tests of a process. It keeps everything in memory and ends with the
/// process that started it, however that ends.
/// </summary>
public sealed class Azurite
{
    private const string Account = "mfaplan";
    private const string HowToInstall = "Azurite is not installed in artifacts/azurite: run eng/install-test-tools.sh, which needs node and npm.";

    // Its input is a pipe from us; when we are gone, however we went, it ends.
    private const string Main = "process.stdin.on('end', () => process.exit(0)).resume(); require(process.argv[1]);";

    private static readonly Lazy<Task<Azurite>> TheOne = new(StartAsync);

    private readonly Process _process;

    private Azurite(Process process, string connection)
    {
        _process = process;
        Connection = connection;
    }

    /// <summary>Why tests with storage are passed over; null when they are not. In CI they never are.</summary>
    public static string? WhyNot =>
        File.Exists(Script) || Environment.GetEnvironmentVariable("CI") is "true" or "1" ? null : HowToInstall;

    /// <summary>The connection string.</summary>
    public string Connection { get; }

    private static string Script => Path.Combine(Golden.RepositoryRoot, "artifacts/azurite/node_modules/azurite/dist/src/blob/main.js");

    /// <summary>The one of this process; started on first use.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or ends at once.</exception>
    public static Task<Azurite> SharedAsync() => TheOne.Value;

    private static async Task<Azurite> StartAsync()
    {
        if (!File.Exists(Script))
        {
            throw new InvalidOperationException(HowToInstall);
        }

        var port = FreePort();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                "-e", Main, Script, "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
                "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry",
            },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        var process = Process.Start(start) ?? throw new InvalidOperationException("node cannot be started.");
        process.BeginOutputReadLine(); // so that what it says fills no pipe
        while (!await AnswersAsync(port))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("Azurite ended at once.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return new Azurite(
            process,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{port}/{Account};");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
