using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Tenants;

/// <summary>A line of the tenant's audit log about a user.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Activity">What was done, in the service's words.</param>
/// <param name="Person">Who did it; null when it was no person.</param>
/// <param name="App">The application that did it; null when it was a person.</param>
public sealed record AuditEntry(DateTimeOffset At, string Activity, PersonalName? Person, string? App);
