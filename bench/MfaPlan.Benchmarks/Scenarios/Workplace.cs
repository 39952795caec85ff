using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>The runner, generated tenants, and folders to run in. Deletes what it made.</summary>
internal sealed class Workplace : IDisposable
{
    private const string TenantName = "tenant.json";
    private readonly string _root = Directory.CreateTempSubdirectory("mfaplan-bench-").FullName;
    private readonly string _data;
    private int _folders;

    /// <summary>Finds the runner.</summary>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public Workplace(ScenarioOptions options)
    {
        Runner = options.Runner ?? Path.Combine(
            Root(), "artifacts", "bin", "MfaPlan.Cli", "release", OperatingSystem.IsWindows() ? "mfaplan.exe" : "mfaplan");
        if (!File.Exists(Runner))
        {
            throw new FileNotFoundException($"{Runner} is not there. Build it: dotnet build -c Release src/MfaPlan.Cli, or name it with --runner.");
        }

        _data = options.Data ?? Path.Combine(_root, "data");
    }

    /// <summary>The runner's executable.</summary>
    public string Runner { get; }

    /// <summary>A fresh folder with a plan and an export for so many users, without state.</summary>
    public async Task<string> FolderAsync(int users, CancellationToken cancellationToken)
    {
        var from = await DataAsync(users, cancellationToken);
        var folder = Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"run-{++_folders}"));
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(from).Where(static file => Path.GetFileName(file) != TenantName))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>The tenant file for so many users.</summary>
    /// <param name="users">How many.</param>
    /// <param name="edit">Gives it limits or faults; null for one without.</param>
    /// <param name="cancellationToken">Stops the making.</param>
    public async Task<string> TenantAsync(int users, Action<JsonObject>? edit, CancellationToken cancellationToken)
    {
        var file = Path.Combine(await DataAsync(users, cancellationToken), TenantName);
        if (edit is null)
        {
            return file;
        }

        var tenant = JsonNode.Parse(await File.ReadAllBytesAsync(file, cancellationToken))!.AsObject();
        edit(tenant);
        var edited = Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"tenant-{++_folders}.json"));
        await File.WriteAllTextAsync(edited, tenant.ToJsonString(), cancellationToken);
        return edited;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Root() => typeof(Workplace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(static attribute => attribute.Key == "RepositoryRoot").Value!;

    private async Task<string> DataAsync(int users, CancellationToken cancellationToken)
    {
        var count = users.ToString(CultureInfo.InvariantCulture);
        var folder = Path.Combine(_data, count);
        if (!File.Exists(Path.Combine(folder, TenantName)))
        {
            Directory.CreateDirectory(folder);
            (await Measured.RunAsync(
                Runner, _root, ["sandbox", "generate", "--users", count, "--seed", "1", "--out", folder], cancellationToken)).OrFail();
        }

        return folder;
    }
}
