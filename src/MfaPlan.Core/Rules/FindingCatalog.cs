using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.CutOvers;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Proofs;
using MfaPlan.Core.Waves;

namespace MfaPlan.Core.Rules;

/// <summary>
/// What a preview can find about a user or a policy: codes MFP3000 to MFP3099, and those of <see cref="ProofFindings"/>,
/// <see cref="RoutingFindings"/> and <see cref="CutOverFindings"/>. They do not fail a run unless a limit of the plan says so.
/// </summary>
public static class FindingCatalog
{
    /// <summary>A user in scope has no source record.</summary>
    public static readonly FindingKind NoSourceRecord = FindingKind.Warn("MFP3001", "No source record",
        "No record of the source matches this user, so nothing is brought over. If the user had MFA there, add an override.");

    /// <summary>Same principal name, other SID.</summary>
    public static readonly FindingKind SidMismatch = FindingKind.Refuse("MFP3002", "Same name, other account",
        "Row {row} has this user's name but another SID: the name may have been given to a new person, who must not inherit the old one's phone. If it is the same person, say so in the overrides.");

    /// <summary>Two on one, either way.</summary>
    public static readonly FindingKind Ambiguous = FindingKind.Refuse("MFP3003", "Match not unique",
        "More than one match: {what}. Say in the overrides which is meant.");

    /// <summary>An override names a record that the source does not have.</summary>
    public static readonly FindingKind OverrideWithoutRecord = FindingKind.Refuse("MFP3004", "Override names no record",
        "The override in row {row} names a source record that is not in the source. Correct the name or take the row out.");

    /// <summary>MFA was off for the user in the source.</summary>
    public static readonly FindingKind SourceDisabled = FindingKind.Info("MFP3005", "Disabled in the source",
        "The source record is disabled; by migrate.include.sourceDisabled it is {how}.");

    /// <summary>The account is disabled in Entra.</summary>
    public static readonly FindingKind EntraDisabled = FindingKind.Info("MFP3006", "Disabled in Entra",
        "The account is disabled in Entra; by migrate.include.entraDisabled it is {how}.");

    /// <summary>The account is a guest.</summary>
    public static readonly FindingKind Guest = FindingKind.Info("MFP3007", "Guest",
        "The account is a guest; by migrate.include.guests it is {how}.");

    /// <summary>The account is an administrator.</summary>
    public static readonly FindingKind Administrator = FindingKind.Warn("MFP3008", "Administrator",
        "The account holds or may take an administrator role; by migrate.include.admins it is {how}. The service would not stop an app here, so this guard does.");

    /// <summary>The account is a break-glass account.</summary>
    public static readonly FindingKind BreakGlass = FindingKind.Warn("MFP3009", "Break-glass account in scope",
        "The account is named in protect.breakGlass and is never written. Take it out of the migration groups.");

    /// <summary>The account is in a group that is never written.</summary>
    public static readonly FindingKind NeverWrite = FindingKind.Info("MFP3010", "Protected account",
        "The account is in {group}, named in protect.neverWrite, and is never written.");

    /// <summary>A record of an on-premises account beside an account of the cloud alone.</summary>
    public static readonly FindingKind CloudOnly = FindingKind.Warn("MFP3011", "Cloud-only account",
        "The record in row {row} carries the SID of an on-premises account, and this account is of the cloud alone, so nothing but the name says that both are one person. Check it, or say it in the overrides.");

    /// <summary>A number that cannot be read.</summary>
    public static readonly FindingKind NumberUnreadable = FindingKind.Refuse("MFP3020", "Number refused",
        "The {which} phone {number} is refused: {reason}. Correct it in the source export.");

    /// <summary>A number that was mended.</summary>
    public static readonly FindingKind NumberRepaired = FindingKind.Warn("MFP3021", "Number repaired",
        "The {which} phone {from} is used as {to}: {repair}.");

    /// <summary>A number in no assigned range.</summary>
    public static readonly FindingKind NumberUnassigned = FindingKind.Warn("MFP3022", "Number range not known",
        "The {which} phone {number} has a possible length but lies in no range that the number data knows as assigned. It is used; check it.");

    /// <summary>Text Message by default drops the extension.</summary>
    public static readonly FindingKind ExtensionDropped = FindingKind.Warn("MFP3023", "Extension dropped",
        "The default was Text Message, so {number} goes to the mobile place without its extension.");

    /// <summary>A backup alone becomes the mobile.</summary>
    public static readonly FindingKind BackupBecomesMobile = FindingKind.Info("MFP3024", "Backup becomes the mobile",
        "There is no mobile beside the backup {number}, and an alternate mobile needs one; so it becomes the mobile.");

    /// <summary>Both phones have extensions.</summary>
    public static readonly FindingKind BackupSkipped = FindingKind.Warn("MFP3025", "Backup skipped",
        "Both phones have extensions and there is one office place, so the backup {number} is not brought over.");

    /// <summary>The same number twice.</summary>
    public static readonly FindingKind SameNumberTwice = FindingKind.Info("MFP3026", "Same number twice",
        "{number} is already the user's {slot} phone, so it is not added a second time.");

    /// <summary>Several records of the source have the number.</summary>
    public static readonly FindingKind SharedNumber = FindingKind.Warn("MFP3080", "Number shared",
        "{number} stands in {count} records of the source. A code sent to a shared phone proves no one person; let the user register another method.");

    /// <summary>Entra has another value, which stays.</summary>
    public static readonly FindingKind ValueKept = FindingKind.Warn("MFP3027", "Entra's value kept",
        "The {slot} place holds {entra}; the source (as of {asOf}) says {source}. The value in Entra is kept.");

    /// <summary>Entra has another value, which the plan replaces.</summary>
    public static readonly FindingKind ValueReplaced = FindingKind.Warn("MFP3028", "Entra's value replaced",
        "The {slot} place holds {entra}; the source (as of {asOf}) says {source}. The plan replaces it.");

    /// <summary>A default is set already.</summary>
    public static readonly FindingKind DefaultKept = FindingKind.Info("MFP3030", "Default method kept",
        "The default method is {default} and stays; the source would give {wanted}.");

    /// <summary>The wanted default is not to be had.</summary>
    public static readonly FindingKind DefaultSubstituted = FindingKind.Info("MFP3031", "Another default method",
        "The source's default {wanted} is not registered or not allowed, so the most secure available, {used}, is set.");

    /// <summary>The default will be ignored.</summary>
    public static readonly FindingKind DefaultIgnored = FindingKind.Info("MFP3032", "Default ignored at sign-in",
        "System-preferred authentication is on for this user: the default {default} decides only for the NPS extension and the AD FS adapter.");

    /// <summary>Nothing can be the default.</summary>
    public static readonly FindingKind NoDefaultPossible = FindingKind.Warn("MFP3033", "No default method possible",
        "No registered and allowed method can be the default, so none is set.");

    /// <summary>A token that Entra cannot take.</summary>
    public static readonly FindingKind TokenNotEligible = FindingKind.Warn("MFP3034", "Token cannot be taken",
        "The token {serial} is not brought over: {reason}.");

    /// <summary>A token that is there.</summary>
    public static readonly FindingKind TokenInPlace = FindingKind.Info("MFP3035", "Token already there",
        "The user has the token {serial} in Entra already ({how}); it stays as it is.");

    /// <summary>A token of somebody else.</summary>
    public static readonly FindingKind TokenElsewhere = FindingKind.Warn("MFP3036", "Token held by somebody else",
        "The token {serial} is assigned to another user in Entra, so it is not brought over. Find out who holds it.");

    /// <summary>No room for a token.</summary>
    public static readonly FindingKind DeviceLimit = FindingKind.Warn("MFP3037", "Five devices already",
        "The user has five authenticator apps and tokens, the most that Entra takes, so the token {serial} is not brought over.");

    /// <summary>Tokens are not switched on.</summary>
    public static readonly FindingKind TokenNotAllowed = FindingKind.Warn("MFP3038", "Hardware tokens not allowed",
        "The authentication methods policy does not let this user have hardware OATH tokens, so the token {serial} is not brought over.");

    /// <summary>Nobody proved that the token is in the right hands.</summary>
    public static readonly FindingKind HolderUnproved = FindingKind.Info("MFP3039", "Holder not proved",
        "The token {serial} is activated with a computed code. That the user holds it is proved by the first sign-in with it only.");

    /// <summary>An app that cannot be brought over.</summary>
    public static readonly FindingKind MustRegisterAgain = FindingKind.Warn("MFP3040", "Must register again",
        "The mobile app cannot be brought over by any public interface: the user must register it again{until}{asked}.");

    /// <summary>A token that was not brought over.</summary>
    public static readonly FindingKind TokenNotBrought = FindingKind.Warn("MFP3041", "Token not brought over",
        "The user had an OATH token; its seed is not known here, so the token is not brought over.");

    /// <summary>A PIN that Entra does not keep.</summary>
    public static readonly FindingKind PinLost = FindingKind.Info("MFP3042", "PIN not brought over",
        "The method asked for a PIN. Entra has no such PIN; number matching or a stronger method takes its place.");

    /// <summary>Two-way text messages.</summary>
    public static readonly FindingKind TwoWayText = FindingKind.Info("MFP3043", "Two-way text becomes one-way",
        "The user answered text messages by text. Entra sends a code to type in instead; tell the user.");

    /// <summary>The policy forbids the method.</summary>
    public static readonly FindingKind NotAllowed = FindingKind.Warn("MFP3044", "Not usable under the policy",
        "The {slot} phone is registered but the authentication methods policy lets this user use it neither for text messages nor for calls.");

    /// <summary>Phones alone, which Microsoft stops serving.</summary>
    public static readonly FindingKind PhoneOnly = FindingKind.Warn("MFP3045", "Phone only",
        "After this stage every method of the user is a phone. Microsoft-delivered text messages and calls end on {date}; have the user register another method before.");

    /// <summary>No method, before and after.</summary>
    public static readonly FindingKind NoMethod = FindingKind.Warn("MFP3046", "No usable method",
        "The user has no usable method, before as after. Do not route this user before there is one.");

    /// <summary>The devices whose app must be registered again.</summary>
    public static readonly FindingKind DevicesAgain = FindingKind.Info("MFP3047", "Devices to register again",
        "The source lists devices with the app for this user ({count}: {devices}), newest first. On each that is still in use the app must be registered again.");

    /// <summary>More devices than Entra takes.</summary>
    public static readonly FindingKind DevicesOverLimit = FindingKind.Warn("MFP3048", "More devices than Entra takes",
        "Entra takes {limit} devices of this user ({why}), and the source lists {count} more: {devices}. They are left out; the newest come first.");

    /// <summary>The user could not be read.</summary>
    public static readonly FindingKind Unread = FindingKind.Refuse("MFP3050", "Could not be read",
        "This user's authentication data could not be read ({code}), so nothing is concluded and nothing is written.{remedy} Mend the cause and preview again.");

    /// <summary>The user may be in a damaged row.</summary>
    public static readonly FindingKind PerhapsDamaged = FindingKind.Refuse("MFP3051", "Perhaps in a damaged row",
        "No readable record matches this user, but the source has {count}, and the user may be in one. Mend the rows or take them out.");

    /// <summary>Nothing changed since the last migration.</summary>
    public static readonly FindingKind Unchanged = FindingKind.Info("MFP3052", "Unchanged since the last migration",
        "Source record and settings are as they were when this user was migrated; by migrate.only: changed the user is left alone.");

    /// <summary>A value was changed by others after our write.</summary>
    public static readonly FindingKind ChangedSince = FindingKind.Warn("MFP3060", "Changed by others since",
        "{change} no longer has the value that was written; what somebody set since is never overwritten.");

    /// <summary>The last method is kept.</summary>
    public static readonly FindingKind LastMethodKept = FindingKind.Warn("MFP3061", "Last method kept",
        "Undoing {change} would leave the user with no usable method. It is kept; limits.noMethod says for how many users that is accepted.");

    /// <summary>The default cannot be unset.</summary>
    public static readonly FindingKind DefaultStays = FindingKind.Warn("MFP3062", "Default method cannot be unset",
        "No default was set before, and the interface documents no way to unset one: it {how}.");

    /// <summary>Needed by another value that stays.</summary>
    public static readonly FindingKind NeededByOthers = FindingKind.Warn("MFP3063", "Needed by another value",
        "{change} is needed by {other}, which stays; it is kept.");

    /// <summary>A group to be allowed is excluded.</summary>
    public static readonly FindingKind GroupExcluded = FindingKind.Warn("MFP3064", "Group excluded in the policy",
        "{method}: the group {group} of {part} is excluded in the policy, which outweighs every inclusion. Exclusions are never touched, so nothing is done for it. Take it out of the exclusions by hand, or out of the plan.");

    /// <summary>A method that was off is switched on.</summary>
    public static readonly FindingKind SwitchedOn = FindingKind.Warn("MFP3065", "Method switched on",
        "{method}: the method is off and is switched on for the groups of the plan alone. Whom the policy still names while it is off ({left}) cannot use it today and is not let in unasked.");

    /// <summary>A group could sign in by text message.</summary>
    public static readonly FindingKind SignInForbidden = FindingKind.Warn("MFP3066", "No sign-in by text message any more",
        "{method}: the policy lets {group} sign in with the number alone; by policy.ensure.sms.signIn: forbid it no longer does. Who signs in that way must use another way.");

    /// <summary>The policies of before still count.</summary>
    public static readonly FindingKind LegacyPolicies = FindingKind.Info("MFP3067", "Legacy policies still count",
        "The tenant's policyMigrationState is {state}: what the legacy MFA and self-service password reset policies allow counts beside this policy. It is left as it is.");

    /// <summary>What is written for the whole tenant.</summary>
    public static readonly FindingKind TenantWide = FindingKind.Info("MFP3068", "Tenant-wide write",
        "{method}: {what}. This reaches {users}; {gained} of them can use the method for the first time, {lost} no longer.");

    /// <summary>What is written to the registration campaign, for the whole tenant.</summary>
    public static readonly FindingKind CampaignWide = FindingKind.Info("MFP3069", "Registration campaign written",
        "Registration campaign: {what}. Of {users} concerned it asks {before} today and {after} from then on.");

    /// <summary>A campaign that was off starts.</summary>
    public static readonly FindingKind CampaignSwitchedOn = FindingKind.Warn("MFP3071", "Registration campaign switched on",
        "The registration campaign is off and is switched on for {group} alone. Whom else the policy names while it is off ({left}) is not asked today, and is not asked for the plan's sake.");

    /// <summary>A campaign that Microsoft manages is taken over.</summary>
    public static readonly FindingKind CampaignOfMicrosoft = FindingKind.Warn("MFP3072", "Registration campaign managed by Microsoft",
        "The registration campaign is managed by Microsoft (state default), and whom it asks then is not documented. It is switched on for {group} and for the groups and users that somebody named in it ({left}), not for everybody: the plan names a group, not the whole tenant. A rollback gives it back to Microsoft.");

    /// <summary>The time to put it off stays as others set it.</summary>
    public static readonly FindingKind SnoozeKept = FindingKind.Warn("MFP3073", "Time to put it off kept",
        "The registration campaign may be put off for {kept} days, and the plan says {wanted}. There is one time for all whom it asks, and it asks others too, so it stays. Change it by hand, or write it into the plan.");

    /// <summary>The group is asked for another method.</summary>
    public static readonly FindingKind CampaignForOther = FindingKind.Warn("MFP3074", "Registration campaign for another method",
        "The registration campaign asks {group} to register {method}, not Microsoft Authenticator. What somebody set is left as it is, so nothing is done. Change it by hand, or take the campaign out of the plan.");

    /// <summary>The campaign leads to a method that is not allowed.</summary>
    public static readonly FindingKind CampaignLeadsNowhere = FindingKind.Warn("MFP3075", "Registration campaign leads nowhere",
        "The policy does not let {count} of {users} in {group} have Microsoft Authenticator, and the registration campaign asks nobody for a method that is not allowed. Name the group in policy.ensure.microsoftAuthenticator.groups, or let them in by hand.");

    /// <summary>A user of the cohort whom the campaign does not reach.</summary>
    public static readonly FindingKind NeverAsked = FindingKind.Warn("MFP3076", "Never asked to register again",
        "The registration campaign does not reach this user ({why}), who would never be asked. Mend that, or tell the user.");

    /// <summary>The source does not say which method was in use.</summary>
    public static readonly FindingKind NoMethodNamed = FindingKind.Info("MFP3070", "Source names no method",
        "The source does not say which method the user had in use, so the default method {how}.");

    /// <summary>Every kind, by code.</summary>
    public static FrozenDictionary<string, FindingKind> ByCode { get; } = new[]
    {
        NoSourceRecord, SidMismatch, Ambiguous, OverrideWithoutRecord, SourceDisabled, EntraDisabled, Guest, Administrator, BreakGlass,
        NeverWrite, CloudOnly, NumberUnreadable, NumberRepaired, NumberUnassigned, ExtensionDropped, BackupBecomesMobile, BackupSkipped,
        SameNumberTwice, SharedNumber, ValueKept, ValueReplaced, DefaultKept, DefaultSubstituted, DefaultIgnored, NoDefaultPossible, TokenNotEligible,
        TokenInPlace, TokenElsewhere, DeviceLimit, TokenNotAllowed, HolderUnproved, MustRegisterAgain, TokenNotBrought, PinLost, TwoWayText,
        NotAllowed, PhoneOnly, NoMethod, DevicesAgain, DevicesOverLimit, Unread, PerhapsDamaged, Unchanged, ChangedSince,
        LastMethodKept, DefaultStays, NeededByOthers, GroupExcluded, SwitchedOn, SignInForbidden, LegacyPolicies, TenantWide, CampaignWide, NoMethodNamed,
        CampaignSwitchedOn, CampaignOfMicrosoft, SnoozeKept, CampaignForOther, CampaignLeadsNowhere, NeverAsked,
    }.Concat(ProofFindings.All).Concat(RoutingFindings.All).Concat(CutOverFindings.All).ToFrozenDictionary(static kind => kind.Code, StringComparer.Ordinal);

    /// <summary>Every descriptor, in order of code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        [.. ByCode.Values.Select(static kind => kind.Descriptor).OrderBy(static descriptor => descriptor.Code, StringComparer.Ordinal)];

    /// <summary>The kind of a finding.</summary>
    /// <exception cref="KeyNotFoundException">The code is not of this version.</exception>
    public static FindingKind Of(Finding finding) => ByCode[finding.Code];

    /// <summary>The finding of <see cref="PhoneOnly"/> with the day on which phones end.</summary>
    public static Finding PhonesAlone() => PhoneOnly.Found().With("date", RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
