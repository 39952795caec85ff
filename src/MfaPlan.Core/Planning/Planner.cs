using System.Collections.Immutable;
using System.Globalization;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Guards;
using MfaPlan.Core.Journals;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Sources.Tokens;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Planning;

/// <summary>From one user's source record and observed methods to that user's unit. Pure; one user at a time.</summary>
public static class Planner
{
    /// <summary>
    /// Whether a user's methods must be read: not where a rule leaves the user out before any method matters. Asked before the reading,
    /// so that nothing is read that no rule needs.
    /// </summary>
    public static bool NeedsMethods(PlanningContext context, ScopeUser user, string? lastMigrated) =>
        Claim(context, user, lastMigrated, findings: null) is not null;

    /// <summary>The serial numbers for which planning a user asks the tenant's inventory of hardware tokens.</summary>
    public static ImmutableArray<string> SerialsOf(PlanningContext context, ScopeUser user) => user.Match is Match.Found { Source: var source }
        ? [.. TokensOf(context, source, user.User).Where(static token => token.Against is null).Select(static token => token.Token.Serial)]
        : [];

    /// <summary>Plans one user.</summary>
    /// <param name="context">What planning depends on besides the user.</param>
    /// <param name="user">The user with its match.</param>
    /// <param name="methods">
    /// The user's methods, with the inventory's devices for <see cref="SerialsOf"/>; null where <see cref="NeedsMethods"/> says that they do
    /// not matter.
    /// </param>
    /// <param name="lastMigrated">The fingerprint of the user's last migration, from the journal; null when there was none.</param>
    /// <param name="written">What we wrote last to the user, from the journal; empty when nothing was.</param>
    public static Unit ForUser(
        PlanningContext context, ScopeUser user, Observed<UserMethods>? methods, string? lastMigrated, WrittenValues written = default)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var source = Claim(context, user, lastMigrated, findings);
        var unit = new Unit(UnitId.ForUser(user.User.Id), StageId.Migrate, [], [])
        {
            Name = user.User.PrincipalName,
            Administrator = context.Administrators.Contains(user.User.Id),
            Guest = user.User.Guest,
            SourceRow = (user.Match as Match.Found)?.Source.Row ?? 0,
            MatchedBy = user.Match is Match.Found found ? Word(found.Rule) : null,
        };

        if (user.Match is Match.Miss && context.DamagedRows > 0)
        {
            findings.Add(FindingCatalog.PerhapsDamaged.Found().With("count", Counted.Of(context.DamagedRows, "damaged row")));
            return unit with { Unknown = FindingCatalog.PerhapsDamaged.Code, Findings = findings.ToImmutable() };
        }

        if (source is null)
        {
            return unit with { Findings = findings.ToImmutable() };
        }

        switch (methods)
        {
            case Observed<UserMethods>.Seen seen:
                return Plan(context, unit, source, TokensOf(context, source, user.User), seen.Value, written, findings);
            case Observed<UserMethods>.Unknown unknown:
                findings.Add(FindingCatalog.Unread.Found()
                    .With("code", unknown.Code).With("remedy", Denial.Remedy(unknown.Code, Denial.Methods)));
                return unit with { Unknown = unknown.Code, Findings = findings.ToImmutable() };
            default:
                throw new ArgumentException("This user's methods were needed and not given.", nameof(methods));
        }
    }

    private static Unit Plan(
        PlanningContext context,
        Unit unit,
        SourceUser source,
        ImmutableArray<OwnedToken> owned,
        UserMethods seen,
        WrittenValues written,
        ImmutableArray<Finding>.Builder findings)
    {
        var own = new OwnWrites(context.FingerprintKey, unit.Id, written);
        var migrate = context.Plan.Migrate;
        var user = unit.Id.User;
        if (!seen.Parts.HasFlag(MethodParts.Tokens) && owned.Any(static token => token.Against is null))
        {
            throw new ArgumentException("The inventory of this user's tokens was needed and not given.", nameof(seen));
        }

        var (tokens, tokenFindings, brought, waits) = TokenRule.Decide(owned, user, unit.Guest, seen, context.Policy);
        SayWhatIsLost(context, unit.Id.User, source, seen, owned, brought, findings);

        var (phones, phoneFindings, primary) = PhoneRule.Decide(migrate, source, seen, context.AsOf(source), own);
        findings.AddRange(phoneFindings);
        var changes = phones.ToBuilder();
        var after = phones.Aggregate(seen, Compare.With);
        foreach (var change in phones.OfType<Change.SetPhone>())
        {
            if (!UsabilityRule.SlotUsable(change.Slot, user, after, context.Policy))
            {
                findings.Add(FindingCatalog.NotAllowed.Found().With("slot", WantedPhones.SlotName(change.Slot)));
            }
        }

        SayWhatIsShared(context.Shared, source, phones, findings);
        changes.AddRange(tokens);
        findings.AddRange(tokenFindings);
        after = tokens.Aggregate(after, Compare.With);

        var (method, methodFindings) =
            DefaultMethodRule.Decide(migrate.DefaultMethod, user, source, seen, after, primary, context.Policy, own);
        findings.AddRange(methodFindings);
        if (method is not null)
        {
            changes.Add(method);
            after = Compare.With(after, method);
        }

        var usability = UsabilityRule.Judge(user, seen, after, context.Policy);
        if (!usability.After && !usability.Now)
        {
            findings.Add(FindingCatalog.NoMethod.Found());
        }
        else if (usability is { After: true, Survives: false })
        {
            findings.Add(FindingCatalog.PhoneOnly.Found()
                .With("date", RuleData.PhonesEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return unit with
        {
            Changes = changes.ToImmutable(),
            Findings = findings.ToImmutable(),
            Usability = usability,
            SourceFingerprint = waits ? null : SourceFingerprint.Of(source, owned, migrate, context.FingerprintKey),
        };
    }

    /// <summary>The record to migrate, or null where a rule leaves the user out; the reasons are added to the findings.</summary>
    private static SourceUser? Claim(
        PlanningContext context, ScopeUser scope, string? lastMigrated, ImmutableArray<Finding>.Builder? findings)
    {
        var (user, match) = scope;
        var leftOut = LeftOutByAccount(context, user, findings);
        switch (match)
        {
            case Match.Found found:
                if (!user.Synced && found is { Rule: not MatchRule.Override, Source.Sid: not null })
                {
                    findings?.Add(FindingCatalog.CloudOnly.Found().With("row", found.Source.Row.ToString(CultureInfo.InvariantCulture)));
                }

                leftOut |= AccountRules.Judge(context.Plan.Migrate.Include.SourceDisabled, !found.Source.Enabled, FindingCatalog.SourceDisabled, findings);
                if (leftOut)
                {
                    return null;
                }

                if (context.Plan.Migrate.Only == MigrateOnly.Changed && lastMigrated is not null
                    && lastMigrated == SourceFingerprint.Of(
                        found.Source, TokensOf(context, found.Source, user), context.Plan.Migrate, context.FingerprintKey))
                {
                    findings?.Add(FindingCatalog.Unchanged.Found());
                    return null;
                }

                return found.Source;
            case Match.OtherSid other:
                findings?.Add(FindingCatalog.SidMismatch.Found().With("row", other.Source.Row.ToString(CultureInfo.InvariantCulture)));
                return null;
            case Match.NotUnique many:
                findings?.Add(FindingCatalog.Ambiguous.Found().With("what", Describe(many)));
                return null;
            case Match.OverrideWithoutRecord over:
                findings?.Add(FindingCatalog.OverrideWithoutRecord.Found()
                    .With("row", over.OverrideRow.ToString(CultureInfo.InvariantCulture)));
                return null;
            default:
                if (!leftOut && context.DamagedRows == 0)
                {
                    findings?.Add(FindingCatalog.NoSourceRecord.Found());
                }

                return null;
        }
    }

    private static ImmutableArray<OwnedToken> TokensOf(PlanningContext context, SourceUser source, DirectoryUser user) =>
        context.Tokens.Held(source.Username, user.PrincipalName);

    private static bool LeftOutByAccount(PlanningContext context, DirectoryUser user, ImmutableArray<Finding>.Builder? findings)
    {
        var include = context.Plan.Migrate.Include;
        var leftOut = false;
        if (context.BreakGlass.Contains(user.Id))
        {
            findings?.Add(FindingCatalog.BreakGlass.Found());
            leftOut = true;
        }

        foreach (var (group, members) in context.NeverWrite)
        {
            if (members.Contains(user.Id))
            {
                findings?.Add(FindingCatalog.NeverWrite.Found().With("group", group));
                leftOut = true;
            }
        }

        leftOut |= AccountRules.Judge(include.EntraDisabled, !user.Enabled, FindingCatalog.EntraDisabled, findings);
        leftOut |= AccountRules.Judge(include.Guests, user.Guest, FindingCatalog.Guest, findings);
        leftOut |= AccountRules.Judge(include.Admins, context.Administrators.Contains(user.Id), FindingCatalog.Administrator, findings);
        return leftOut;
    }

    private static void SayWhatIsShared(
        SharedNumbers shared, SourceUser source, ImmutableArray<Change> phones, ImmutableArray<Finding>.Builder findings)
    {
        if (phones.IsEmpty)
        {
            return;
        }

        SourcePhone[] numbers = SharedNumbers.AreOne(source.Primary, source.Backup) ? [source.Primary] : [source.Primary, source.Backup];
        foreach (var phone in numbers)
        {
            if (shared.CountOf(phone) is > 1 and var count)
            {
                findings.Add(FindingCatalog.SharedNumber.Found()
                    .With("number", new PhoneNumber($"+{phone.CountryCode.TrimStart('+', '0')} {phone.Number}"))
                    .With("count", count.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static void SayWhatIsLost(
        PlanningContext context,
        Guid user,
        SourceUser source,
        UserMethods seen,
        ImmutableArray<OwnedToken> owned,
        bool brought,
        ImmutableArray<Finding>.Builder findings)
    {
        switch (source.Mode)
        {
            case SourceMode.OathToken when seen.HardwareTokens + seen.SoftwareTokens == 0 && owned.IsEmpty:
                findings.Add(FindingCatalog.TokenNotBrought.Found());
                break;
            case SourceMode.TextMessage when source.TwoWay:
                findings.Add(FindingCatalog.TwoWayText.Found());
                break;
        }

        if ((source.Mode == SourceMode.MobileApp || !source.Devices.IsEmpty) && seen.Authenticators == 0 && !brought)
        {
            findings.AddRange(ReRegisterRule.Say(context.Plan.ReRegister, user, context.Policy));
            findings.AddRange(DeviceRule.Say(source.Devices, seen.HardwareTokens > 0));
        }

        if (source.WithPin)
        {
            findings.Add(FindingCatalog.PinLost.Found());
        }
    }

    private static string Describe(Match.NotUnique many) => many.Users.IsEmpty
        ? $"rows {string.Join(", ", many.Rows)} fit this user"
        : $"row {string.Join(", ", many.Rows)} fits the users {string.Join(", ", many.Users.Select(static id => id.ToString("D")))}";

    private static string Word(MatchRule rule) => rule switch
    {
        MatchRule.Override => "override",
        MatchRule.Upn => "upn",
        MatchRule.Sid => "sid",
        MatchRule.DomainSam => "domainSam",
        _ => "adAttribute",
    };
}
