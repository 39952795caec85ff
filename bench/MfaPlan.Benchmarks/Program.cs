using System.Runtime.InteropServices;
using BenchmarkDotNet.Running;
using MfaPlan.Benchmarks.Micro;
using MfaPlan.Benchmarks.Peer;
using MfaPlan.Benchmarks.Scenarios;
using MfaPlan.Cli;

namespace MfaPlan.Benchmarks;

/// <summary>The process: the one place that knows the console.</summary>
internal static class Program
{
    private const string Usage = """
        micro [BenchmarkDotNet's options]
        scenarios [--sizes 1000,10000] [--only preview,apply,peer,distance,limits,pace,faults,kill,journal] [--out FILE.md]
                  [--runner PATH] [--data DIR] [--time-factor N] [--lines N]
        peer URL USERS.csv
        """;

    public static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
#pragma warning disable RS0030 // The console is known here and nowhere else.
        var output = Console.Out;
        var error = Console.Error;
        var measure = Environment.GetEnvironmentVariable(Measurement.Variable);
#pragma warning restore RS0030
        switch (arguments)
        {
            case ["micro", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest is [] ? ["--filter", "*"] : rest, MicroConfig.Create());
                return 0;
            case ["scenarios", .. var rest] when ScenarioOptions.Parse(rest) is { } options:
                return await ScenarioSuite.RunAsync(options, output, error, stop.Token);
            case ["peer", var address, var users]:
                await ScriptedPeer.RunAsync(new Uri(address), users, output, stop.Token);
                Measurement.Append(measure);
                return 0;
            default:
                await error.WriteLineAsync(Usage);
                return 64;
        }
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        // The processes that were started are ended on the way out.
        context.Cancel = true;
        stop.Cancel();
    }
}
