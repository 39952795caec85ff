using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MfaPlan.Architecture.Tests;

/// <summary>Holds the table of docs/architecture.md against the references that the compiler wrote.</summary>
public sealed class DependencyTests
{
    /// <summary>What each assembly may reference besides the framework; assemblies that a package brings along stand with it.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["MfaPlan.Core"] = ["YamlDotNet", "NJsonSchema", "NJsonSchema.Annotations", "Newtonsoft.Json", "PhoneNumbers", "Otp.NET"],
        ["MfaPlan.Engine"] = ["MfaPlan.Core"],
        ["MfaPlan.Graph"] =
        [
            "MfaPlan.Core", "MfaPlan.Engine", "Microsoft.Graph", "Microsoft.Graph.Core", "Microsoft.Kiota.Abstractions",
            "Microsoft.Kiota.Http.HttpClientLibrary", "Microsoft.Kiota.Serialization.Json", "Azure.Core", "Azure.Identity",
        ],
        ["MfaPlan.Sources"] = ["MfaPlan.Core", "MfaPlan.Engine", "CsvHelper"],
        ["MfaPlan.State"] =
        [
            "MfaPlan.Core", "MfaPlan.Engine", "Azure.Core", "Azure.Identity", "Azure.Storage.Blobs", "Azure.Storage.Common", "System.Memory.Data",
        ],
        ["MfaPlan.Sandbox"] = [],
        ["mfaplan"] =
        [
            "MfaPlan.Core", "MfaPlan.Engine", "MfaPlan.Graph", "MfaPlan.Sources", "MfaPlan.State", "MfaPlan.Sandbox", "Azure.Core",
            "Scriban.Signed", "Scriban", "Spectre.Console", "Spectre.Console.Ansi", "System.CommandLine",
        ],
    };

    public static TheoryData<string> Assemblies => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_references_only_what_its_row_allows(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();

        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(static name => !IsFramework(name))
            .Except(Allowed[assembly], StringComparer.Ordinal);

        references.ShouldBeEmpty();
    }

    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" || name == "System" || File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"))
        || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Net.Http.", StringComparison.Ordinal);
}
