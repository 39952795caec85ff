using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Plans;

namespace MfaPlan.Core.Tests.Plans;

/// <summary>Random valid plans, every part of the format.</summary>
internal static class PlanGen
{
    private static Gen<Guid> Id { get; } = Gen.Guid.Where(static id => id != Guid.Empty);

    /// <summary>Texts that YAML could take for something else, and letters of many scripts.</summary>
    private static Gen<string> Word { get; } = Gen.OneOf<string>(
        Gen.OneOf(
            "true", "null", "~", "1", "1.5", "2024-01-01", "- a", "a: b", "# c", "'", "\"", "\\", "*a", "&a", "!t", "{", "[", "%", "@", "a\nb", " a ",
            "é", "日本語", "😀", "שלום", "...", "---", "a\tb", "<<", "no", "0x1F", "=", "|", ">", "?", "50%", "24h"),
        Gen.Char["abcXYZ019-_. äß"].Array[1, 20].Select(static letters => new string(letters)).Where(static text => text.Trim().Length > 0));

    private static Gen<ImmutableArray<string>> Words { get; } = List(Word, 0, 3);

    private static Gen<ImmutableArray<string>> SomeWords { get; } = List(Word, 1, 3);

    private static Gen<Duration> Span { get; } = Gen.OneOf<Duration>(
        Gen.Int[0, 600].Select(static seconds => new Duration(TimeSpan.FromSeconds(seconds))),
        Gen.Int[0, 14].Select(static days => new Duration(TimeSpan.FromDays(days))));

    private static Gen<DateOnly> Day { get; } = Gen.Int[0, 1000].Select(static days => new DateOnly(2024, 1, 1).AddDays(days));

    private static Gen<Percent> Share { get; } = Gen.Int[0, 1_000_000].Select(static part => new Percent(part / 10_000.0));

    private static Gen<Limit> Bound { get; } = Gen.OneOf<Limit>(
        Gen.Long[0, 999_999_999].Select(static most => (Limit)new Limit.Count(most)),
        Share.Select(static share => (Limit)new Limit.Share(share.Value)));

    private static Gen<SecretRefPart> Secret { get; } = Gen.Select(Word, Gen.Int[0, 2]).Select(static pick => pick.Item2 switch
    {
        0 => new SecretRefPart { Env = pick.Item1 },
        1 => new SecretRefPart { File = pick.Item1 },
        _ => new SecretRefPart { KeyVault = pick.Item1 },
    });

    private static Gen<ImmutableArray<TokenFile>> TokenFiles { get; } = List(
        Gen.Select(Word, MaybePart(Secret), MaybeText(Word), Maybe(Kind<TokenFileFormat>())).Select(static pick =>
            new TokenFile { File = pick.Item1, Key = pick.Item2, Owners = pick.Item3, Format = pick.Item4 }), 0, 2);

    private static Gen<SourcePart> Source { get; } = Gen.OneOf<SourcePart>(
        Gen.Select(Word, Maybe(Day), MaybeText(Word), TokenFiles).Select(static pick =>
            new SourcePart { MfaServer = new() { Users = pick.Item1, AsOf = pick.Item2, Devices = pick.Item3, Tokens = pick.Item4 } }),
        MaybePart(Secret).Select(static secret => new SourcePart { WebService = new() { Url = new("https://server/PfWsSdk.asmx"), Credential = secret } }),
        Gen.Select(Kind<ExportProduct>(), Word, Maybe(Day)).Select(static (product, file, day) =>
            new SourcePart { Export = new() { Product = product, File = file, AsOf = day } }),
        Gen.Select(Word, TokenFiles).Select(static pick => new SourcePart { Records = pick.Item1, Tokens = pick.Item2 }));

    private static Gen<SignIn> SignIns { get; } = Gen.Select(Gen.Int[0, 4], Word, Secret, Kind<SignInMode>(), List(Kind<StageKind>(), 0, 2)).Select(static pick => new SignIn
    {
        App = pick.Item1 switch
        {
            0 => new() { ClientId = pick.Item2, ClientSecret = pick.Item3 },
            1 => new() { ClientId = pick.Item2, Certificate = new() { File = pick.Item2, Password = pick.Item3 } },
            2 => new() { ClientId = pick.Item2, WorkloadIdentity = true },
            3 => new() { ManagedIdentity = true },
            _ => null,
        },
        Operator = new() { Mode = pick.Item4, Stages = pick.Item5 },
    });

    private static Gen<GateSettings> Gate { get; } = Gen.Select(
        Gen.Select(Maybe(Span), Maybe(Span), Maybe(Gen.Long[0, 1000]), Maybe(Share)),
        Gen.Select(Maybe(Share), Maybe(Gen.Long[0, 9]), List(Kind<Attestation>(), 0, 3), Gen.Int[1, 10])).Select(static pick => new GateSettings
        {
            Propagation = pick.Item1.Item1,
            Soak = pick.Item1.Item2,
            MinUsers = pick.Item1.Item3,
            FreshMfaUsers = pick.Item1.Item4,
            FailedUsers = pick.Item2.Item1,
            PerMethodUsers = pick.Item2.Item2,
            Attest = pick.Item2.Item3,
            Signers = pick.Item2.Item4,
        });

    private static Gen<Rollout> Rollouts { get; } = Gen.Select(Gate, MaybePart(Gate), SomeWords, Gen.Int[1, 4], Gen.Int[1, 500_000], Span).Select(static pick => new Rollout
    {
        GateDefaults = pick.Item1,
        Waves = [.. Enumerable.Range(0, pick.Item4).Select(i => new Wave
        {
            Name = $"wave {i}",
            From = pick.Item3,
            Into = [$"rollout only {i}"],
            Max = pick.Item5,
            Gate = pick.Item2,
        })],
        Retire = new() { Wait = pick.Item6 },
    });

    private static Gen<Migrate> Migrates { get; } = Gen.Select(
        Gen.Select(Words, SomeWords, Kind<MigrateOnly>(), Kind<ExistingValue>()),
        Gen.Select(Kind<ExistingValue>(), Kind<SeedUnknown>(), Kind<DefaultMethodMode>(), Kind<Inclusion>())).Select(static pick => new Migrate
        {
            Groups = pick.Item1.Item1,
            Users = pick.Item1.Item2,
            Only = pick.Item1.Item3,
            Phone = new() { Existing = pick.Item1.Item4 },
            BackupPhone = new() { Existing = pick.Item2.Item1 },
            MobileApp = new() { SeedUnknown = pick.Item2.Item2 },
            DefaultMethod = pick.Item2.Item3,
            Include = new() { Guests = pick.Item2.Item4 },
        });

    private static Gen<Protect> Protects { get; } = Gen.Select(Id, Id, Words, Words, SomeWords).Where(static pick => pick.Item1 != pick.Item2)
        .Select(static pick => new Protect
        {
            BreakGlass = [pick.Item1, pick.Item2],
            NeverWrite = pick.Item3,
            NeverRoute = pick.Item4,
            PhoneOnly = new() { Accept = pick.Item5, Until = new(2027, 1, 15) },
        });

    private static Gen<PolicyPart> Policies { get; } = Gen.Select(SomeWords, Kind<SignInByText>(), Kind<SystemPreferred>(), Kind<CompleteMigration>())
        .Select(static pick => new PolicyPart
        {
            Ensure = new() { Sms = new() { Groups = pick.Item1, SignIn = pick.Item2 }, HardwareOath = new() { Groups = pick.Item1 } },
            SystemPreferred = pick.Item3,
            CompleteMigration = pick.Item4,
        });

    private static Gen<(ImmutableArray<Domain> Domains, CutOver? CutOver)> CutOvers { get; } = Gen.Select(
        Gen.Int[1, 3], Kind<MfaToday>(), Maybe(Kind<DomainKind>()), MaybeText(Word), List(Id, 0, 2), Span, Gen.Int[1, 10]).Select(static pick =>
        {
            ImmutableArray<Domain> domains = [.. Enumerable.Range(0, pick.Item1).Select(i => new Domain
            {
                Name = $"contoso{i}.com",
                MfaToday = pick.Item2,
                Expect = pick.Item3,
                Evidence = pick.Item4,
            })];
            return (domains, pick.Item4 is null ? null : new CutOver
            {
                Domains = [domains[0].Name],
                MfaRequiredBy = pick.Item5,
                NeverSet = (NeverSet)(pick.Item7 % 2),
                Window = "Sat 06:00-10:00 Europe/Berlin",
                Watch = pick.Item6,
                Signers = pick.Item7,
            });
        });

    private static Gen<MatchPart> Matches { get; } = Gen.Select(Gen.Shuffle(Enum.GetValues<MatchRule>()), Gen.Int[1, 5], MaybeText(Word), MaybePart(Bound)).Select(static pick => new MatchPart
    {
        Order = [.. pick.Item1.Take(pick.Item2)],
        Overrides = pick.Item3,
        AdAttribute = "mail",
        Misses = pick.Item4 is null ? null : new() { Max = pick.Item4 },
    });

    private static Gen<ImmutableArray<Dependency>> Dependencies { get; } = Gen.Select(
        Gen.Int[0, 3], Kind<DependencyKind>(), Words, Maybe(Kind<DependencyTarget>()), Kind<DependencyStatus>(), Maybe(Day)).Select(static pick =>
            Enumerable.Range(0, pick.Item1).Select(i => new Dependency
            {
                Id = $"dependency {i}",
                Kind = pick.Item2,
                Users = pick.Item3,
                Target = pick.Item4,
                Status = pick.Item5,
                Due = pick.Item6,
            }).ToImmutableArray());

    private static Gen<(Limits Limits, Sync Sync, Core.Plans.Approvals Approvals)> Rest { get; } = Gen.Select(
        MaybePart(Bound), Bound, Bound, MaybePart(Bound), Span, Words, Maybe(Gen.Int[0, int.MaxValue]), Gen.Int[1, 10]).Select(static pick => (
            new Limits { Users = pick.Item1, Overwrites = pick.Item2, Admins = pick.Item3, Moved = pick.Item4 is null ? null : new() { Users = pick.Item4 } },
            new Sync { Every = pick.Item5, May = pick.Item6, PerDay = pick.Item7, Expires = new(2027, 1, 10) },
            new Core.Plans.Approvals { AllowedSigners = new() { File = "signers", Sha256 = new('a', 64) }, NotAuthor = pick.Item8 > 5, Expire = pick.Item5, Signers = pick.Item8 }));

    /// <summary>A plan that the reader takes.</summary>
    public static Gen<Plan> Plan { get; } = Gen.Select(
        Gen.Select(Word, MaybeText(Word), Id, Kind<Cloud>(), MaybePart(SignIns), Source, Matches, Migrates),
        Gen.Select(MaybePart(Protects), MaybePart(Policies), MaybePart(Rollouts), CutOvers, Dependencies, Rest, MaybeText(Word), Secret)).Select(static pick => new Plan
        {
            ApiVersion = "mfaplan/v1",
            Kind = "MigrationPlan",
            Metadata = new() { Name = pick.Item1.Item1, Owner = pick.Item1.Item2, Author = pick.Item1.Item1 },
            Tenant = new() { Id = pick.Item1.Item3, Cloud = pick.Item1.Item4 },
            SignIn = pick.Item1.Item5,
            Source = pick.Item1.Item6,
            ActiveDirectory = new() { Forests = [new() { Server = "ldaps://gc.contoso.com", Credential = pick.Item2.Item8 }] },
            Match = pick.Item1.Item7,
            Migrate = pick.Item1.Item8,
            ReRegister = new() { Campaign = new() { Group = "MFA-ReRegister" }, Deadline = new(2027, 1, 15) },
            Protect = pick.Item2.Item1,
            Policy = pick.Item2.Item2,
            Rollout = pick.Item2.Item4.CutOver is null && pick.Item2.Item3 is { } rollout ? rollout with { Retire = null } : pick.Item2.Item3, // it ends after a cut-over only
            Domains = pick.Item2.Item4.Domains,
            CutOver = pick.Item2.Item4.CutOver,
            Dependencies = pick.Item2.Item5,
            Limits = pick.Item2.Item6.Limits,
            Sync = pick.Item2.Item6.Sync,
            Approvals = pick.Item2.Item6.Approvals,
            Checklist = pick.Item2.Item7 is { } answers ? new() { Answers = answers } : null,
            State = new() { Key = pick.Item2.Item8 },
        });

    private static Gen<T> Kind<T>()
        where T : struct, Enum => Gen.OneOf(Enum.GetValues<T>());

    private static Gen<ImmutableArray<T>> List<T>(Gen<T> item, int least, int most) => item.Array[least, most].Select(static items => items.ToImmutableArray());

    private static Gen<T?> Maybe<T>(Gen<T> item)
        where T : struct => Gen.Select(Gen.Bool, item).Select(static pick => pick.Item1 ? pick.Item2 : (T?)null);

    private static Gen<T?> MaybePart<T>(Gen<T> item)
        where T : class => Gen.Select(Gen.Bool, item).Select(static pick => pick.Item1 ? pick.Item2 : null);

    private static Gen<string?> MaybeText(Gen<string> item) => MaybePart(item);
}
