using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Plans;

/// <summary>Problems in the structure and meaning of a plan: codes MFP2000 to MFP2999.</summary>
public static class PlanDiagnostics
{
    /// <summary>A key that the plan format does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownKey = Error("MFP2001", "Unknown key");

    /// <summary>A value of another type.</summary>
    public static readonly DiagnosticDescriptor WrongType = Error("MFP2002", "Wrong type");

    /// <summary>A word that is none of those allowed.</summary>
    public static readonly DiagnosticDescriptor UnknownWord = Error("MFP2003", "Unknown word");

    /// <summary>A key that must be there.</summary>
    public static readonly DiagnosticDescriptor MissingKey = Error("MFP2004", "Missing key");

    /// <summary>A text that has not the form asked for.</summary>
    public static readonly DiagnosticDescriptor WrongForm = Error("MFP2005", "Wrong form");

    /// <summary>Not exactly one of several members.</summary>
    public static readonly DiagnosticDescriptor ExactlyOne = Error("MFP2010", "Exactly one is needed");

    /// <summary>Neither groups nor users.</summary>
    public static readonly DiagnosticDescriptor NothingToMigrate = Error("MFP2011", "Nobody to migrate");

    /// <summary>Fewer than two break-glass accounts, or one twice.</summary>
    public static readonly DiagnosticDescriptor BreakGlassCount = Error("MFP2012", "Two break-glass accounts");

    /// <summary>No break-glass accounts named.</summary>
    public static readonly DiagnosticDescriptor NoBreakGlass = Warning("MFP2013", "No break-glass accounts named");

    /// <summary>A name used twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error("MFP2014", "Name used twice");

    /// <summary>A number out of its range.</summary>
    public static readonly DiagnosticDescriptor OutOfRange = Error("MFP2015", "Out of range");

    /// <summary>A rule without what it needs.</summary>
    public static readonly DiagnosticDescriptor RuleIncomplete = Error("MFP2016", "Match rule incomplete");

    /// <summary>A domain that the plan does not list.</summary>
    public static readonly DiagnosticDescriptor UnknownDomain = Error("MFP2017", "Domain not in the plan");

    /// <summary>A date when phones no longer work.</summary>
    public static readonly DiagnosticDescriptor AfterPhonesEnd = Error("MFP2018", "After phones end");

    /// <summary>Sync without an end.</summary>
    public static readonly DiagnosticDescriptor SyncWithoutEnd = Error("MFP2019", "Sync without an end");

    /// <summary>Something that looks like a secret.</summary>
    public static readonly DiagnosticDescriptor SecretInPlan = Error("MFP2020", "Secret in the plan");

    /// <summary>One group for data and for rollout.</summary>
    public static readonly DiagnosticDescriptor SameGroup = Error("MFP2021", "One group for migration and rollout");

    /// <summary>A change window that cannot be read.</summary>
    public static readonly DiagnosticDescriptor WrongWindow = Error("MFP2022", "Change window not readable");

    /// <summary>A tenant id of zeros.</summary>
    public static readonly DiagnosticDescriptor NoTenant = Error("MFP2023", "Tenant id missing");

    /// <summary>The state outside the plan's folder.</summary>
    public static readonly DiagnosticDescriptor StateElsewhere = Warning("MFP2024", "State outside the plan's folder");

    /// <summary>A cut-over whose signers are not named.</summary>
    public static readonly DiagnosticDescriptor NobodySigns = Warning("MFP2040", "Nobody may sign the cut-over");

    /// <summary>A rollout that would end without a cut-over to Entra MFA.</summary>
    public static readonly DiagnosticDescriptor RetireWithoutCutOver = Error("MFP2041", "Rollout ends without a cut-over");

    /// <summary>A part that this version does not carry out.</summary>
    public static readonly DiagnosticDescriptor NotCarriedOut = Warning("MFP2900", "Not carried out yet");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnknownKey, WrongType, UnknownWord, MissingKey, WrongForm, ExactlyOne, NothingToMigrate, BreakGlassCount, NoBreakGlass, DuplicateName,
        OutOfRange, RuleIncomplete, UnknownDomain, AfterPhonesEnd, SyncWithoutEnd, SecretInPlan, SameGroup, WrongWindow, NoTenant,
        StateElsewhere, NobodySigns, RetireWithoutCutOver, NotCarriedOut,
    ];

    private static DiagnosticDescriptor Error(string code, string title) => new(code, Severity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, Severity.Warning, title);
}
