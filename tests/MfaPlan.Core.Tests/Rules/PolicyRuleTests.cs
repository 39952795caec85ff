using System.Collections.Immutable;
using CsCheck;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Planning;
using MfaPlan.Core.Rules;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Rules;

public sealed class PolicyRuleTests
{
    private static readonly MethodTarget All = new(null, IsUser: false, UsableForSignIn: false);
    private static readonly MethodTarget AllSignIn = All with { UsableForSignIn = true };

    private static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 7]);

    private static MethodTarget Group(int n, bool signIn = false) => new(Id(n), IsUser: false, signIn);

    /// <summary>Group n has the users with numbers 10n and 10n + 1.</summary>
    private static EnsuredGroup Ensured(int n) => new($"G{n}", Id(n), [Id(10 * n), Id((10 * n) + 1)]);

    private static EnsuredMethod Sms(params int[] groups) => new(MethodKind.Sms, [.. groups.Select(Ensured)], ForbidSignIn: true);

    private static (MethodConfiguration After, string[] Findings) Decide(EnsuredMethod ensured, MethodConfiguration seen)
    {
        var (change, findings) = PolicyRule.Decide(ensured, seen);
        return (change?.After ?? seen, [.. findings.Select(static finding => finding.Code)]);
    }

    [Fact]
    public void A_method_that_is_off_opens_to_the_ensured_groups_alone()
    {
        var (after, findings) = Decide(Sms(1, 2), new MethodConfiguration(Enabled: false, [AllSignIn], []));

        after.ShouldBe(new MethodConfiguration(Enabled: true, [Group(1), Group(2)], []));
        findings.ShouldBe([FindingCatalog.SwitchedOn.Code]);
    }

    [Fact]
    public void A_method_that_is_on_keeps_every_target_with_all_that_was_said_of_it()
    {
        var kept = Group(5) with { Others = """{"isRegistrationRequired":true}""" };
        var user = new MethodTarget(Id(99), IsUser: true, UsableForSignIn: true);

        var (after, findings) = Decide(Sms(1), new MethodConfiguration(Enabled: true, [kept, user], [Group(8)]));

        after.ShouldBe(new MethodConfiguration(Enabled: true, [kept, user, Group(1)], [Group(8)]));
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Where_everybody_has_the_method_nothing_is_added()
    {
        PolicyRule.Decide(Sms(1), new MethodConfiguration(Enabled: true, [AllSignIn], [])).Change.ShouldBeNull();
    }

    [Fact]
    public void A_group_that_is_there_is_not_added_again()
    {
        PolicyRule.Decide(Sms(1), new MethodConfiguration(Enabled: true, [Group(1)], [])).Change.ShouldBeNull();
    }

    [Fact]
    public void An_excluded_group_is_named_and_nothing_is_done_for_it()
    {
        var (after, findings) = Decide(Sms(1, 2), new MethodConfiguration(Enabled: false, [], [Group(1)]));

        after.ShouldBe(new MethodConfiguration(Enabled: true, [Group(2)], [Group(1)]));
        findings.ShouldBe([FindingCatalog.GroupExcluded.Code, FindingCatalog.SwitchedOn.Code]);
    }

    [Fact]
    public void A_method_is_not_switched_on_for_nobody()
    {
        var (change, findings) = PolicyRule.Decide(Sms(1), new MethodConfiguration(Enabled: false, [All], [Group(1)]));

        change.ShouldBeNull();
        findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCatalog.GroupExcluded.Code);
    }

    [Fact]
    public void Sign_in_by_number_is_taken_from_ensured_groups_and_from_no_others()
    {
        var seen = new MethodConfiguration(Enabled: true, [Group(1, signIn: true), Group(2, signIn: true)], []);

        var (change, findings) = PolicyRule.Decide(Sms(1), seen);

        change.ShouldNotBeNull().After.ShouldBe(new MethodConfiguration(Enabled: true, [Group(1), Group(2, signIn: true)], []));
        change.Destroys.ShouldBeTrue();
        findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCatalog.SignInForbidden.Code);
    }

    [Fact]
    public void Sign_in_by_number_of_everybody_is_left_to_the_guard()
    {
        PolicyRule.Decide(Sms(1), new MethodConfiguration(Enabled: true, [AllSignIn], [])).Change.ShouldBeNull();
    }

    [Fact]
    public void Where_sign_in_is_left_as_it_is_an_existing_target_keeps_it_and_a_new_one_does_not_get_it()
    {
        var left = Sms(1, 2) with { ForbidSignIn = false };

        var (after, _) = Decide(left, new MethodConfiguration(Enabled: true, [Group(1, signIn: true)], []));

        after.Include.ShouldBe([Group(1, signIn: true), Group(2)]);
    }

    [Fact]
    public void Adding_a_group_destroys_nothing_and_taking_it_back_does()
    {
        var change = PolicyRule.Decide(Sms(1), new MethodConfiguration(Enabled: true, [Group(5)], [])).Change.ShouldNotBeNull();

        change.Destroys.ShouldBeFalse();
        change.Inverse("undo").Destroys.ShouldBeTrue();
    }

    /// <summary>For any policy and any plan: nobody who could use a method cannot use it afterwards, and whoever is asked for and not excluded can.</summary>
    [Fact]
    public void Whoever_was_allowed_before_is_allowed_after() => Gen.Select(GenPolicy, GenEnsured).Sample((seen, ensured) =>
    {
        var unit = PolicyPlanner.Forward(ensured, seen);
        var after = PolicyPlanner.After(seen, unit, ensured);
        return Enum.GetValues<MethodKind>().All(kind => Users.All(user => !seen.Allows(kind, user) || after.Allows(kind, user)))
            && Users.All(user => !after.SmsSignInReaches(user) || seen.SmsSignInReaches(user))
            && unit.Changes.OfType<Change.AllowMethod>().All(static change => SameTargets(change.Before.Exclude, change.After.Exclude));
    });

    [Fact]
    public void What_was_done_once_is_not_to_be_done_again() => Gen.Select(GenPolicy, GenEnsured).Sample((seen, ensured) =>
        PolicyPlanner.Forward(ensured, PolicyPlanner.After(seen, PolicyPlanner.Forward(ensured, seen), ensured)).Changes.IsEmpty);

    [Fact]
    public void The_way_back_restores_every_configuration() => Gen.Select(GenPolicy, GenEnsured).Sample((seen, ensured) =>
    {
        var unit = PolicyPlanner.Forward(ensured, seen);
        var after = PolicyPlanner.After(seen, unit, ensured);
        var back = PolicyPlanner.Back(unit, [.. unit.Changes.Select(static change => change.Id)], after);
        var restored = PolicyPlanner.After(after, back, []);
        return Enum.GetValues<MethodKind>().All(kind => restored.Configurations.GetValueOrDefault(kind, MethodConfiguration.Off)
            .Equals(seen.Configurations.GetValueOrDefault(kind, MethodConfiguration.Off)));
    });

    private static bool SameTargets(ImmutableArray<MethodTarget> left, ImmutableArray<MethodTarget> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static readonly ImmutableArray<Guid> Users = [.. Enumerable.Range(1, 4).SelectMany(static n => Ensured(n).Members)];

    private static readonly Gen<MethodTarget> GenTarget = Gen.Select(Gen.Int[0, 4], Gen.Bool, static (n, signIn) =>
        n == 0 ? All with { UsableForSignIn = signIn } : Group(n, signIn));

    private static readonly Gen<MethodConfiguration> GenConfiguration = Gen.Select(
        Gen.Bool, GenTarget.Array[0, 4], Gen.Int[1, 4].Array[0, 2],
        static (on, include, exclude) => new MethodConfiguration(
            on, [.. include.DistinctBy(static target => target.Id)], [.. exclude.Distinct().Select(static n => Group(n))]));

    private static readonly Gen<MethodsPolicy> GenPolicy = GenConfiguration.Array[5].Select(static configurations => new MethodsPolicy(
        configurations.Select(static (configuration, i) => KeyValuePair.Create((MethodKind)i, configuration)).ToImmutableSortedDictionary(),
        Enumerable.Range(1, 4).ToImmutableDictionary(Id, static n => Ensured(n).Members),
        null));

    private static readonly Gen<ImmutableArray<EnsuredMethod>> GenEnsured = Gen.Select(Gen.Int[1, 4].Array[0, 3].Array[5], Gen.Bool, static (kinds, forbid) =>
        kinds.Select((groups, i) => new EnsuredMethod((MethodKind)i, [.. groups.Distinct().Select(Ensured)], forbid && i == 0))
            .Where(static method => !method.Groups.IsEmpty).ToImmutableArray());
}
