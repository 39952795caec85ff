using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>A tenant that runs, and a folder with plan, export and state for it.</summary>
internal sealed class Bench : IDisposable
{
    private readonly Workplace _place;

    private Bench(Workplace place, SandboxProcess sandbox, string folder)
    {
        _place = place;
        Sandbox = sandbox;
        Folder = folder;
    }

    /// <summary>The tenant.</summary>
    public SandboxProcess Sandbox { get; }

    /// <summary>Where plan, export and state are.</summary>
    public string Folder { get; }

    /// <summary>The export.</summary>
    public string Export => Path.Combine(Folder, "users.csv");

    /// <summary>Starts a fresh tenant with a fresh state.</summary>
    public static async Task<Bench> OpenAsync(Workplace place, int users, Action<JsonObject>? edit, CancellationToken cancellationToken)
    {
        var folder = await place.FolderAsync(users, cancellationToken);
        var tenant = await place.TenantAsync(users, edit, cancellationToken);
        return new Bench(place, await SandboxProcess.StartAsync(place.Runner, tenant, cancellationToken), folder);
    }

    /// <summary>Starts a command of the runner on the plan.</summary>
    public Measured Start(string command, params IEnumerable<string> options) => Measured.Start(
        _place.Runner, Folder, [command, "plan.yaml", "--sandbox", Sandbox.Address.ToString(), "--json", .. options]);

    /// <summary>Runs a command of the runner on the plan to its end.</summary>
    public async Task<Finished> RunAsync(string command, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        using var process = Start(command, options);
        return await process.EndAsync(cancellationToken);
    }

    /// <summary>Previews.</summary>
    public Task<Finished> PreviewAsync(CancellationToken cancellationToken) => RunAsync("preview", [], cancellationToken);

    /// <summary>Applies until nothing is left: a sitting that a fault left incomplete is followed by the next.</summary>
    public async Task<(Cost Cost, int Sittings)> ApplyAsync(CancellationToken cancellationToken)
    {
        const int Incomplete = 4;
        const int Most = 10;
        var cost = Cost.None;
        for (var sitting = 1; ; sitting++)
        {
            var finished = await RunAsync("apply", ["--yes"], cancellationToken);
            cost = cost.Then(finished.Cost);
            if (finished.ExitCode != Incomplete || sitting == Most)
            {
                finished.OrFail();
                return (cost, sitting);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Sandbox.Dispose();
}
