using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>One user, from both sides to its unit: two phones and a default.</summary>
public class Planning
{
    private readonly ScopeUser _user = Sample.Scope(1);

    /// <summary>Plans.</summary>
    [Benchmark]
    public Unit Plan() => Planner.ForUser(Sample.Context, _user, Sample.Seen, lastMigrated: null);
}
