using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>A whole plan, from text to meaning.</summary>
public class PlanReading
{
    private SourceText _text = new("plan.yaml", "");

    /// <summary>Writes the plan out.</summary>
    [GlobalSetup]
    public void Setup() => _text = new SourceText("plan.yaml", PlanWriter.Write(Sample.Plan));

    /// <summary>Reads it.</summary>
    [Benchmark]
    public Checked<Plan> Read() => PlanReader.Read(_text);
}
