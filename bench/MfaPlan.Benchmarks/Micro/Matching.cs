using BenchmarkDotNet.Attributes;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Benchmarks.Micro;

/// <summary>Everybody matched at once; numbers are per user.</summary>
public class Matching
{
    private const int Users = 10_000;
    private DirectoryUser[] _users = [];
    private SourceData? _source;

    /// <summary>Makes both sides.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _users = [.. Enumerable.Range(0, Users).Select(Sample.User)];
        _source = new SourceData([.. Enumerable.Range(0, Users).Select(Sample.Source)], 0, [], System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>Matches by name and SID.</summary>
    [Benchmark(OperationsPerInvoke = Users)]
    public int Match() => Matcher.Match(Sample.Plan.Match, _users, _source!).Matches.Length;
}
