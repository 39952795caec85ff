using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>Reads a plan: text, structure, meaning. Reports all that is wrong, not the first; never throws for what an author wrote.</summary>
public static class PlanReader
{
    /// <summary>Bytes of a plan, at most.</summary>
    public const int MaxBytes = YamlDocument.MaxBytes;

    private static readonly YamlDocument Document = new(DocumentKind.Plan);

    /// <summary>Reads the bytes of a plan file.</summary>
    /// <param name="path">The path as the user gave it; only for messages.</param>
    /// <param name="bytes">The file, UTF-8, with or without byte order mark.</param>
    public static Checked<Plan> ReadBytes(string path, ReadOnlySpan<byte> bytes) => Document.ReadBytes<Plan>(path, bytes, first: null, Meaning);

    /// <summary>Reads the text of a plan.</summary>
    public static Checked<Plan> Read(SourceText source) => Document.Read<Plan>(source, first: null, Meaning);

    private static IEnumerable<Diagnostic> Meaning(Places places, JToken root, Plan plan) =>
        new MeaningCheck(places, root, plan).Check().Concat(new NotCarriedOutCheck(places).Check(root));
}
