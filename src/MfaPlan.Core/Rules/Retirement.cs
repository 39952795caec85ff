using System.Collections.Immutable;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Rules;

/// <summary>A change that Microsoft announced for methods, with the day it begins.</summary>
/// <param name="Methods">The kinds of method it is about.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="Ends">Whether the methods answer no MFA demand from that day on; else they go on and something about them changes.</param>
/// <param name="What">What happens, for people: the rest of a sentence that begins with the day.</param>
public sealed record Retirement(ImmutableArray<MethodKind> Methods, DateOnly From, bool Ends, string What);
