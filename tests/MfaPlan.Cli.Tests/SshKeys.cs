using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MfaPlan.Cli.Tests;

/// <summary>Throw-away keys and the list of who may sign, for the plan of a folder.</summary>
internal static partial class SshKeys
{
    /// <summary>Makes an ed25519 key without a passphrase.</summary>
    public static void Make(Cli cli, string name) => Run(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", cli.PathOf(name)]);

    /// <summary>Signs a file by hand, into FILE.sig.</summary>
    public static void Sign(Cli cli, string key, string purpose, string file) => Run(["-Y", "sign", "-q", "-f", cli.PathOf(key), "-n", purpose, file]);

    /// <summary>Lets a key sign under a name, and pins the list in plan.yaml.</summary>
    public static void Allow(Cli cli, string principal, string key, string purposes = "mfaplan-approval-v1")
    {
        File.AppendAllText(cli.PathOf("allowed_signers"), $"{principal} namespaces=\"{purposes}\" {File.ReadAllText(cli.PathOf(key + ".pub"))}");
        Pin(cli);
    }

    /// <summary>Pins the list as it is in plan.yaml.</summary>
    public static void Pin(Cli cli)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(cli.PathOf("allowed_signers"))));
        var plan = File.ReadAllText(cli.PathOf("plan.yaml"));
        Pinned().Count(plan).ShouldBe(1, "The plan pins a list.");
        File.WriteAllText(cli.PathOf("plan.yaml"), Pinned().Replace(plan, "sha256: " + digest));
    }

    private static void Run(string[] arguments)
    {
        var start = new ProcessStartInfo("ssh-keygen") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, process.StandardError.ReadToEnd());
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException("These tests need ssh-keygen, and it is not installed: run eng/install-test-tools.sh.", error);
        }
    }

    [GeneratedRegex("sha256: [0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();
}
