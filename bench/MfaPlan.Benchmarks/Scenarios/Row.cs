namespace MfaPlan.Benchmarks.Scenarios;

/// <summary>One line of the table.</summary>
/// <param name="Scenario">Its name; rows of one name and growing size are compared.</param>
/// <param name="Users">Users of the tenant that are in scope.</param>
/// <param name="Cost">What the runner cost.</param>
/// <param name="Counts">What the tenant saw.</param>
internal sealed record Row(string Scenario, int Users, Cost Cost, Counts Counts);
