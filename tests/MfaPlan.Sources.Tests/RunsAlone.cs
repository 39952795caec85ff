namespace MfaPlan.Sources.Tests;

/// <summary>Tests that measure the process, and so run after all others, one at a time.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
