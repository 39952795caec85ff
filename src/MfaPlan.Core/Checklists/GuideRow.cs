using System.Collections.Immutable;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Checklists;

/// <summary>A row of the guide's tables: a feature of MFA Server and what Microsoft Entra has in its place.</summary>
/// <param name="Id">Names it in answers; never changes its meaning.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The feature, as MFA Server's console names it.</param>
/// <param name="Equivalent">What takes its place.</param>
/// <param name="Used">The verdict where the feature is in use, before the plan is looked at.</param>
/// <param name="Known">How it is known whether the feature is in use.</param>
/// <param name="Ensure">The part of <c>policy.ensure</c> that carries it over: sms, voice, microsoftAuthenticator, or oath for either kind of token.</param>
/// <param name="Dependencies">The kinds under which the plan lists what uses it.</param>
/// <param name="Note">Where this differs from the guide, and why.</param>
public sealed record GuideRow(
    string Id,
    GuideTable Table,
    string Name,
    string Equivalent,
    RowVerdict Used,
    RowKnown Known,
    string? Ensure,
    ImmutableArray<DependencyKind> Dependencies,
    string? Note);
