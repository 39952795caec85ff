using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Matching;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tests.Planning;

namespace MfaPlan.Core.Tests.Guide;

/// <summary>The planner beside a second reading of the same tables, <see cref="NaivePlanner"/>.</summary>
public sealed class PlannerAgainstTablesTests
{
    private static readonly Plan Base = Cases.Plan();
    private static readonly Guid Somebody = new(2, 0, 0, new byte[8]);

    private static Gen<string> Phones { get; } = Gen.Frequency(
        (3, Gen.Const("")), (5, Gen.OneOf("2065550101", "2065550102", "2065550103")), (3, Gen.OneOf("2065550101x7", "2065550102x8", "2065550102x7")));

    private static Gen<string> Letters(string letters, int of) => Gen.Select(
        Gen.Int[0, of - 1].Array[letters.Length], draws => string.Concat(letters.Where((_, i) => draws[i] == 0)));

    private static Gen<NaiveCase> Users { get; } = Gen.Select(
        Gen.Select(Gen.OneOf("", "call", "text", "app", "oath"), Gen.Bool, Gen.Bool, Phones, Phones, Gen.Char["abcdef."].Array[0, 7]),
        Gen.Select(Letters("degabn", 12), Letters("dega", 2)),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.OneOf("always", "ifNotSet", "mostSecureIfNotSet", "leave"), Gen.Bool, Gen.OneOf("", "", "other", "same")),
        Gen.Select(Phones, Phones, Phones, Gen.OneOf("", "", "push", "oath", "sms", "voiceMobile", "voiceOffice", "voiceAlternateMobile", "hologram")),
        Gen.Select(Gen.OneOf(0, 0, 1), Gen.OneOf(0, 0, 1), Gen.OneOf(0, 0, 1), Gen.OneOf(0, 0, 0, 1), Gen.Bool, Letters("svoath", 4)))
        .Select(static draw => new NaiveCase
        {
            Mode = draw.Item1.Item1,
            Pin = draw.Item1.Item2,
            TwoWay = draw.Item1.Item3,
            Primary = draw.Item1.Item4,
            Backup = draw.Item1.Item5,
            Devices = new string(draw.Item1.Item6),
            Facts = draw.Item2.Item1,
            Included = draw.Item2.Item2,
            ReplacePhone = draw.Item3.Item1,
            ReplaceBackup = draw.Item3.Item2,
            DefaultMode = draw.Item3.Item3,
            OnlyChanged = draw.Item3.Item4,
            Migrated = draw.Item3.Item5,

            // What Entra itself ensures: extensions in the office place alone, and no alternate mobile without a mobile.
            Mobile = draw.Item4.Item1.Split('x')[0],
            Alternate = draw.Item4.Item1.Length > 0 ? draw.Item4.Item2.Split('x')[0] : "",
            Office = draw.Item4.Item3,
            Default = draw.Item4.Item4,
            Apps = draw.Item5.Item1,
            Software = draw.Item5.Item2,
            Hardware = draw.Item5.Item3,
            Passkeys = draw.Item5.Item4,
            SystemPreferred = draw.Item5.Item5,

            // The letters drawn are what the policy forbids, so that most is allowed.
            Allowed = string.Concat("svoath".Where(letter => !draw.Item5.Item6.Contains(letter))),
        });

    [Fact]
    public void Both_readings_of_the_tables_agree() => Users.Sample(
        static user => Planned(user).ShouldBe(NaivePlanner.Plan(user)), iter: 100_000);

    /// <summary>The comparison has seen every finding that the second reading models, and changes of every kind.</summary>
    [Fact]
    public void The_second_reading_is_asked_about_everything_it_models()
    {
        var met = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        Users.Sample(
            user =>
            {
                var (changes, codes) = NaivePlanner.Plan(user);
                foreach (var word in codes.Split(' ').Concat(changes.Split(' ').Select(static change => change.Split('=')[0])))
                {
                    met[word] = true;
                }
            },
            iter: 20_000);

        met.Keys.Where(static word => word.Length > 0).Order(StringComparer.Ordinal).ShouldBe([
            "MFP3005", "MFP3006", "MFP3007", "MFP3008", "MFP3009", "MFP3010", "MFP3023", "MFP3024", "MFP3025", "MFP3026", "MFP3027", "MFP3028", "MFP3030",
            "MFP3031", "MFP3032", "MFP3033", "MFP3040", "MFP3041", "MFP3042", "MFP3043", "MFP3044", "MFP3045", "MFP3046", "MFP3047", "MFP3048", "MFP3052",
            "MFP3070", "alternateMobile", "default", "mobile", "office"]);
    }

    private static (string Changes, string Codes) Planned(NaiveCase user)
    {
        var migrate = Base.Migrate with
        {
            Only = user.OnlyChanged ? MigrateOnly.Changed : MigrateOnly.All,
            Phone = new ExistingPart { Existing = user.ReplacePhone ? ExistingValue.Replace : ExistingValue.Keep },
            BackupPhone = new ExistingPart { Existing = user.ReplaceBackup ? ExistingValue.Replace : ExistingValue.Keep },
            DefaultMethod = Enum.Parse<DefaultMethodMode>(user.DefaultMode, ignoreCase: true),
            Include = new Include
            {
                SourceDisabled = user.Included.Contains('d') ? Inclusion.Include : Inclusion.Skip,
                EntraDisabled = user.Included.Contains('e') ? Inclusion.Include : Inclusion.List,
                Guests = user.Included.Contains('g') ? Inclusion.Include : Inclusion.Refuse,
                Admins = user.Included.Contains('a') ? Inclusion.Include : Inclusion.Refuse,
            },
        };
        var context = Cases.Context(Base with { Migrate = migrate }, Policy(user.Allowed)) with
        {
            Administrators = user.Facts.Contains('a') ? [Cases.User] : [],
            BreakGlass = user.Facts.Contains('b') ? [Cases.User] : [],
            NeverWrite = [("Services", user.Facts.Contains('n') ? [Cases.User] : [])],
        };
        var source = new SourceUser(
            2,
            new PersonalName("alice@contoso.com"),
            user.Mode switch { "call" => SourceMode.PhoneCall, "text" => SourceMode.TextMessage, "app" => SourceMode.MobileApp, "oath" => SourceMode.OathToken, _ => SourceMode.None },
            user.TwoWay,
            user.Pin,
            Guided.Phone(user.Primary),
            Guided.Phone(user.Backup),
            !user.Facts.Contains('d'),
            Sid: null)
        {
            Devices = [.. user.Devices.Select(static name => new SourceDevice(name == '.' ? null : new PersonalName(name.ToString()), null, null))],
        };
        var scope = new ScopeUser(
            new DirectoryUser(Cases.User, new PersonalName("alice@contoso.com"), !user.Facts.Contains('e'), user.Facts.Contains('g'), Synced: true, null, null, null),
            new Match.Found(source, MatchRule.Upn));
        var seen = new UserMethods(MethodParts.Methods | MethodParts.Preferences)
        {
            Mobile = Number(user.Mobile),
            AlternateMobile = Number(user.Alternate),
            Office = Number(user.Office),
            Default = user.Default.Length > 0 ? new DefaultMethod(user.Default) : null,
            SystemPreferred = user.SystemPreferred,
            Authenticators = user.Apps,
            SoftwareTokens = user.Software,
            HardwareTokens = user.Hardware,
            PhishingResistant = user.Passkeys,
        };
        var last = user.Migrated switch
        {
            "same" => SourceFingerprint.Of(source, [], migrate, context.FingerprintKey),
            "other" => SourceFingerprint.Of(source with { WithPin = !source.WithPin }, [], migrate, context.FingerprintKey),
            _ => null,
        };

        var unit = Planner.ForUser(
            context, scope, Planner.NeedsMethods(context, scope, last) ? new Observed<UserMethods>.Seen(seen, DateTimeOffset.UnixEpoch) : null, last);

        return (unit.Text(), string.Join(' ', unit.Findings.Select(static finding => finding.Code).Order(StringComparer.Ordinal)));
    }

    private static PhoneNumber? Number(string text) => text.Length > 0 ? new PhoneNumber("+1 " + text) : null;

    /// <summary>A kind of method is forbidden by being off, by naming somebody else, or by excluding the user.</summary>
    private static MethodsPolicy Policy(string allowed)
    {
        MethodTarget everybody = new(null, IsUser: false, UsableForSignIn: false);
        MethodTarget somebody = new(Somebody, IsUser: true, UsableForSignIn: false);
        MethodTarget user = new(Cases.User, IsUser: true, UsableForSignIn: false);
        return new MethodsPolicy(
            new Dictionary<MethodKind, MethodConfiguration>
            {
                [MethodKind.Sms] = allowed.Contains('s') ? new(Enabled: true, [everybody], []) : new(Enabled: true, [somebody], []),
                [MethodKind.Voice] = new(allowed.Contains('v'), [everybody], [], OfficePhoneAllowed: allowed.Contains('o')),
                [MethodKind.Authenticator] = allowed.Contains('a') ? new(Enabled: true, [user], []) : new(Enabled: true, [everybody], [user]),
                [MethodKind.SoftwareOath] = new(allowed.Contains('t'), [everybody], [somebody]),
                [MethodKind.HardwareOath] = new(Enabled: true, allowed.Contains('h') ? [somebody, user] : [somebody], []),
            }.ToImmutableSortedDictionary(),
            ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
            null);
    }
}
