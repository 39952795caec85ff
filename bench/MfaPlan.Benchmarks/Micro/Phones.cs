using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>The rules of phones.</summary>
public class Phones
{
    private readonly SourcePhone _phone = new("1", "(206) 555-0101", "");
    private readonly SourceUser _source = Sample.Source(1);

    /// <summary>One number, read and judged.</summary>
    [Benchmark]
    public NumberReading Read() => NumberReader.Read(_phone);

    /// <summary>Both numbers of a user beside what Entra has.</summary>
    [Benchmark]
    public int Decide() => PhoneRule.Decide(Sample.Plan.Migrate, _source, Sample.Nothing, "2024-09-27", own: default).Changes.Length;
}
