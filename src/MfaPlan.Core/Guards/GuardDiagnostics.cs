using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rollbacks;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Guards;

/// <summary>Guards over a whole change set, and what of the tenant stands in its way: codes MFP3100 to MFP3199.</summary>
public static class GuardDiagnostics
{
    /// <summary>A group that the plan names is not in the tenant.</summary>
    public static readonly DiagnosticDescriptor GroupNotFound = new("MFP3100", Severity.Error, "Group not found");

    /// <summary>More than one group has the name.</summary>
    public static readonly DiagnosticDescriptor GroupNotUnique = new("MFP3101", Severity.Error, "Group name not unique");

    /// <summary>A user that the plan names is not in the tenant.</summary>
    public static readonly DiagnosticDescriptor UserNotFound = new("MFP3102", Severity.Error, "User not found");

    /// <summary>Something of the tenant could not be read.</summary>
    public static readonly DiagnosticDescriptor TenantUnread = new("MFP3103", Severity.Error, "Tenant could not be read");

    /// <summary>Nobody is in scope.</summary>
    public static readonly DiagnosticDescriptor EmptyScope = new("MFP3104", Severity.Warning, "Nobody in scope");

    /// <summary>A break-glass account is missing or not what it must be.</summary>
    public static readonly DiagnosticDescriptor BreakGlass = new("MFP3110", Severity.Error, "Break-glass accounts");

    /// <summary>Some users could not be read.</summary>
    public static readonly DiagnosticDescriptor UnknownUsers = new("MFP3111", Severity.Error, "Users that could not be read");

    /// <summary>More users change than the plan allows.</summary>
    public static readonly DiagnosticDescriptor UserLimit = new("MFP3112", Severity.Error, "Limit of users");

    /// <summary>More values are replaced than the plan allows.</summary>
    public static readonly DiagnosticDescriptor OverwriteLimit = new("MFP3113", Severity.Error, "Limit of replaced values");

    /// <summary>More administrators change than the plan allows.</summary>
    public static readonly DiagnosticDescriptor AdministratorLimit = new("MFP3114", Severity.Error, "Limit of administrators");

    /// <summary>More users are left without a method than the plan allows.</summary>
    public static readonly DiagnosticDescriptor NoMethodLimit = new("MFP3115", Severity.Error, "Users left without a method");

    /// <summary>More users have no source record than the plan allows.</summary>
    public static readonly DiagnosticDescriptor MissLimit = new("MFP3116", Severity.Error, "Limit of users without a source record");

    /// <summary>A mobile number would become a sign-in name.</summary>
    public static readonly DiagnosticDescriptor SmsSignIn = new("MFP3117", Severity.Error, "Text message sign-in is on");

    /// <summary>Users need a method that the prepare stage allows them.</summary>
    public static readonly DiagnosticDescriptor PrepareFirst = new("MFP3120", Severity.Info, "Prepare stage first");

    /// <summary>Users need a method that neither the policy nor the plan allows them.</summary>
    public static readonly DiagnosticDescriptor NotEnsured = new("MFP3121", Severity.Error, "Method not allowed");

    /// <summary>Users whom a move would lock out, or of whom it cannot be proved that it does not.</summary>
    public static readonly DiagnosticDescriptor Lockout = new("MFP3140", Severity.Error, "Lockout proof");

    /// <summary>Users of whom nothing demands MFA after a move, or of whom it cannot be proved.</summary>
    public static readonly DiagnosticDescriptor Demand = new("MFP3141", Severity.Error, "MFA demanded in Entra for each");

    /// <summary>Beta and v1.0 do not list the same policies.</summary>
    public static readonly DiagnosticDescriptor PolicyListing = new("MFP3142", Severity.Warning, "Policies that one version leaves out");

    /// <summary>A policy that the plan names demands nothing.</summary>
    public static readonly DiagnosticDescriptor NamedPolicy = new("MFP3143", Severity.Error, "Named policy demands no MFA");

    /// <summary>Accounts that the plan keeps out would be moved.</summary>
    public static readonly DiagnosticDescriptor NotToBeMoved = new("MFP3144", Severity.Error, "Accounts that are not to be moved");

    /// <summary>A policy may lock out an emergency account.</summary>
    public static readonly DiagnosticDescriptor BreakGlassPolicy = new("MFP3146", Severity.Warning, "Policy against a break-glass account");

    /// <summary>All of them, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        GroupNotFound, GroupNotUnique, UserNotFound, TenantUnread, EmptyScope, BreakGlass, UnknownUsers, UserLimit, OverwriteLimit,
        AdministratorLimit, NoMethodLimit, MissLimit, SmsSignIn, PrepareFirst, NotEnsured,
        Lockout, Demand, PolicyListing, NamedPolicy, NotToBeMoved, BreakGlassPolicy,
        .. WaveGuards.All, WayBackGuards.DeadEnd, .. RetireGuards.All, RoutingFirst.LaterStage,
    ];
}
