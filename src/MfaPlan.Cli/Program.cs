using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MfaPlan.Cli;

/// <summary>The process: the one place that knows the console and the environment.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
#pragma warning disable RS0030 // The console is known here and nowhere else.
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 16384) { AutoFlush = !Console.IsOutputRedirected };
        await using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        var host = new CliHost
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            In = Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToImmutableDictionary(static pair => (string)pair.Key, static pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Random = RandomNumberGenerator.GetBytes,
        };
#pragma warning restore RS0030
        var exitCode = await CommandLine.RunAsync(arguments, host, stop.Token);
        Measurement.Append(host.Environment.GetValueOrDefault(Measurement.Variable));
        return exitCode;
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        // The first time: no new units, the open ones are seen through. The second time the process ends as it would without us.
        if (!stop.IsCancellationRequested)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
