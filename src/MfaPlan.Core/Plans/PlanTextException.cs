using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Plans;

/// <summary>Reading a document's text stops here; caught by <see cref="YamlDocument"/>, which hands the diagnostic out.</summary>
/// <param name="diagnostic">What is wrong.</param>
#pragma warning disable CA1032, CA1064 // It never leaves the reader.
internal sealed class PlanTextException(Diagnostic diagnostic) : Exception(diagnostic.Message)
#pragma warning restore CA1032, CA1064
{
    /// <summary>What is wrong.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
