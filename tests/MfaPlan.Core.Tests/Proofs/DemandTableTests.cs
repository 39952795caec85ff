using MfaPlan.Core.Proofs;
using MfaPlan.Core.Tenants;
using MfaPlan.Core.Tenants.Access;
using static MfaPlan.Core.Tests.Proofs.AccessCases;

namespace MfaPlan.Core.Tests.Proofs;

/// <summary>Every value of every part of a Conditional Access policy: whether the policy still proves a demand, and what is told where not.</summary>
public sealed class DemandTableTests
{
    private static readonly Dictionary<string, (AccessPolicy Policy, string Word, string Why)> Rows = new(StringComparer.Ordinal)
    {
        ["as it is"] = (MfaForAll, "proved", ""),

        ["state disabled"] = (MfaForAll with { State = AccessState.Disabled }, "gap", "is disabled"),
        ["state report-only"] = (MfaForAll with { State = AccessState.ReportOnly }, "gap", "is report-only, so it demands nothing"),
        ["state unknown"] = (MfaForAll with { State = AccessState.Unknown }, "unknown", "a state that this version does not know"),

        ["include nobody"] = (MfaForAll with { Include = AccessUsers.Nobody }, "gap", "does not include the user"),
        ["include the user"] = (MfaForAll with { Include = AccessUsers.Nobody with { Users = [User] } }, "proved", ""),
        ["include another user"] = (MfaForAll with { Include = AccessUsers.Nobody with { Users = [Group] } }, "gap", "does not include the user"),
        ["include a group of the user"] = (MfaForAll with { Include = Groups(Empty, Group) }, "proved", ""),
        ["include a group of others"] = (MfaForAll with { Include = Groups(Empty) }, "gap", "does not include the user"),
        ["include a group that was not read"] = (MfaForAll with { Include = Groups(Unread) }, "unknown", "includes the group 00000034"),
        ["include a group that nobody asked for"] = (MfaForAll with { Include = Groups(Role) }, "unknown", "includes the group"),
        ["include a role of the user"] = (MfaForAll with { Include = Roles(Role) }, "proved", ""),
        ["include a role by group or eligible"] = (MfaForAll with { Include = Roles(RoleByGroup) }, "unknown", "includes the role 0000003d"),
        ["include a role of others"] = (MfaForAll with { Include = Roles(RoleOfOthers) }, "gap", "does not include the user"),
        ["include a role that was not read"] = (MfaForAll with { Include = Roles(UnreadRole) }, "unknown", "includes the role"),
        ["include guests"] = (MfaForAll with { Include = AccessUsers.Nobody with { Guests = GuestScope.AllOfThem } }, "gap", "does not include the user"),

        ["exclude the user"] = (MfaForAll with { Exclude = AccessUsers.Nobody with { Users = [User] } }, "gap", "excludes the user by name"),
        ["exclude another user"] = (MfaForAll with { Exclude = AccessUsers.Nobody with { Users = [Group] } }, "proved", ""),
        ["exclude a group of the user"] = (MfaForAll with { Exclude = Groups(Empty, Group) }, "gap", "excludes the group 00000032"),
        ["exclude a group of others"] = (MfaForAll with { Exclude = Groups(Empty) }, "proved", ""),
        ["exclude a group that was not read"] = (MfaForAll with { Exclude = Groups(Unread) }, "unknown", "excludes the group 00000034"),
        ["exclude a role of the user"] = (MfaForAll with { Exclude = Roles(Role) }, "gap", "excludes the role"),
        ["exclude a role by group or eligible"] = (MfaForAll with { Exclude = Roles(RoleByGroup) }, "unknown", "excludes the role"),
        ["exclude a role of others"] = (MfaForAll with { Exclude = Roles(RoleOfOthers) }, "proved", ""),
        ["exclude guests"] = (MfaForAll with { Exclude = AccessUsers.Nobody with { Guests = GuestScope.AllOfThem } }, "proved", ""),

        ["apps None"] = (MfaForAll with { Resources = AccessResources.None with { Include = ["None"] } }, "gap", "applies to no resource"),
        ["apps nothing"] = (MfaForAll with { Resources = AccessResources.None }, "gap", "applies to no resource"),
        ["apps Office365"] = (MfaForAll with { Resources = AccessResources.None with { Include = ["Office365"] } }, "gap", "applies only to Office365"),
        ["apps MicrosoftAdminPortals"] =
            (MfaForAll with { Resources = AccessResources.None with { Include = ["MicrosoftAdminPortals"] } }, "gap", "applies only to MicrosoftAdminPortals"),
        ["apps one"] = (MfaForAll with { Resources = AccessResources.None with { Include = ["a1"] } }, "gap", "applies only to a1"),
        ["apps All but one"] = (MfaForAll with { Resources = AccessResources.All with { Exclude = ["a1"] } }, "gap", "applies not to a1"),
        ["apps filter"] = (MfaForAll with { Resources = AccessResources.All with { Filtered = true } }, "gap", "a filter picks"),
        ["user action register security info"] = (MfaForAll with { Resources = AccessResources.None with { UserActions = ["urn:user:registersecurityinfo"] } },
            "gap", "only to the user action urn:user:registersecurityinfo"),
        ["user action register device"] = (MfaForAll with { Resources = AccessResources.None with { UserActions = ["urn:user:registerdevice"] } },
            "gap", "only to the user action urn:user:registerdevice"),
        ["authentication context"] = (MfaForAll with { Resources = AccessResources.None with { Contexts = ["c1"] } }, "gap", "authentication context c1"),

        ["client apps none"] = (With(MfaForAll.Conditions with { ClientApps = [] }), "gap", "client apps that are not named"),
        ["client apps browser"] = (With(MfaForAll.Conditions with { ClientApps = ["browser"] }), "gap", "only to the client apps browser"),
        ["client apps modern"] = (With(MfaForAll.Conditions with { ClientApps = ["browser", "mobileAppsAndDesktopClients"] }), "gap", "only to the client apps"),
        ["client apps legacy"] = (With(MfaForAll.Conditions with { ClientApps = ["exchangeActiveSync", "other"] }), "gap", "only to the client apps"),
        ["client apps easSupported"] = (With(MfaForAll.Conditions with { ClientApps = ["easSupported"] }), "gap", "only to the client apps"),

        ["platforms all"] = (With(MfaForAll.Conditions with { Platforms = ["all"] }), "proved", ""),
        ["platforms one"] = (With(MfaForAll.Conditions with { Platforms = ["linux"] }), "gap", "only at the platforms linux"),
        ["platforms all but one"] =
            (With(MfaForAll.Conditions with { Platforms = ["all"], NotPlatforms = ["iOS"] }), "gap", "only at the platforms all but not iOS"),

        ["locations All"] = (With(MfaForAll.Conditions with { Locations = ["All"] }), "proved", ""),
        ["locations one"] = (With(MfaForAll.Conditions with { Locations = ["l1"] }), "gap", "only at the locations \"Head office\""),
        ["locations unknown"] = (With(MfaForAll.Conditions with { Locations = ["00000000-0000-0000-0000-000000000000"] }), "gap", "only at the locations 00000000"),
        ["locations AllTrusted"] = (With(MfaForAll.Conditions with { Locations = ["AllTrusted"] }), "gap", "AllTrusted"),
        ["locations but trusted"] = (With(MfaForAll.Conditions with { Locations = ["All"], NotLocations = ["AllTrusted"] }), "gap", "All but not AllTrusted"),

        ["sign-in risk"] = (With(MfaForAll.Conditions with { Risks = ["signInRiskLevels high"] }), "gap", "only at signInRiskLevels high"),
        ["user risk"] = (With(MfaForAll.Conditions with { Risks = ["userRiskLevels low"] }), "gap", "only at userRiskLevels low"),
        ["insider risk"] = (With(MfaForAll.Conditions with { Risks = ["insiderRiskLevels elevated"] }), "gap", "only at insiderRiskLevels elevated"),
        ["devices"] = (With(MfaForAll.Conditions with { Devices = "a filter (exclude: x)" }), "gap", "only to devices by a filter (exclude: x)"),
        ["flow"] = (With(MfaForAll.Conditions with { Flows = ["deviceCodeFlow"] }), "gap", "authentication flow deviceCodeFlow"),
        ["workloads"] = (With(MfaForAll.Conditions with { Workloads = true }), "gap", "only to workload identities"),
        ["unknown condition"] = (MfaForAll with { UnjudgedConditions = ["conditions.times"] }, "unknown", "does not know (conditions.times)"),

        ["control none"] = (Granting("OR"), "gap", "no Conditional Access policy demands MFA"),
        ["control block"] = (Granting("OR", "block"), "gap", "no Conditional Access policy demands MFA"),
        ["control block and mfa"] = (Granting("AND", "block", "mfa"), "gap", "blocks, it does not demand MFA"),
        ["control mfa AND device"] = (Granting("AND", "mfa", "compliantDevice"), "proved", ""),
        ["control mfa OR device"] = (Granting("OR", "mfa", "compliantDevice"), "gap", "is content with one of 2 controls"),
        ["control mfa OR joined"] = (Granting("OR", "domainJoinedDevice", "mfa"), "gap", "is content with one of 2 controls"),
        ["control mfa, operator missing"] = (Granting("", "mfa"), "proved", ""),
        ["control two, operator missing"] = (Granting("", "mfa", "compliantDevice"), "gap", "is content with one of 2 controls"),
        ["control mfa AND password"] = (Granting("AND", "mfa", "passwordChange"), "proved", ""),
        ["control mfa AND risk"] = (Granting("AND", "mfa", "riskRemediation"), "proved", ""),
        ["control mfa AND unknown"] = (Granting("AND", "mfa", "unknownFutureValue"), "unknown", "the control unknownFutureValue"),
        ["control app"] = (Granting("OR", "approvedApplication"), "gap", "no Conditional Access policy demands MFA"),
        ["control terms OR mfa"] = (MfaForAll with { Controls = new("OR", ["mfa"], 1, null) }, "gap", "is content with one of 2 controls"),
        ["control terms AND mfa"] = (MfaForAll with { Controls = new("AND", ["mfa"], 1, null) }, "proved", ""),
        ["control custom alone"] = (MfaForAll with { Controls = new("OR", [], 1, null) }, "gap", "no Conditional Access policy demands MFA"),
        ["control strength"] = (Demanding("s2"), "proved", ""),
        ["control strength by another case"] = (Demanding("S2"), "proved", ""),
        ["control strength that is no MFA"] = (Demanding("sNone"), "gap", "which is not one of MFA"),
        ["control strength not known"] = (Demanding("s9"), "unknown", "the authentication strength s9, which could not be read"),
        ["control strength OR device"] = (MfaForAll with { Controls = new("OR", ["compliantDevice"], 0, "s2") }, "gap", "is content with one of 2 controls"),
        ["unknown control"] = (MfaForAll with { UnjudgedControls = ["grantControls.tea"] }, "unknown", "does not know (grantControls.tea)"),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_policy_proves_what_its_parts_allow(string row)
    {
        var (policy, word, why) = Rows[row];

        var proof = Judge(policy);

        Word(proof).ShouldBe(word);
        Why(proof).ShouldContain(why);
    }

    [Theory]
    [InlineData(true, false, "", "proved")]
    [InlineData(true, false, "internalGuest,b2bCollaborationGuest", "proved")]
    [InlineData(true, false, "internalGuest", "unknown")]
    [InlineData(true, false, "serviceProvider", "unknown")]
    [InlineData(false, true, "", "gap")]
    [InlineData(false, true, "b2bCollaborationMember", "gap")]
    [InlineData(false, false, "b2bCollaborationMember", "unknown")]
    [InlineData(false, false, "b2bCollaborationGuest", "gap")]
    public void Guests_are_included_as_far_as_their_kind_can_be_told(bool guest, bool synced, string types, string word)
    {
        var scope = new GuestScope(types.Length == 0 ? [] : [.. types.Split(',')], AllTenants: true);
        var policy = MfaForAll with { Include = AccessUsers.Nobody with { Guests = scope } };

        Word(Judge(View(policy), Account(guest, synced))).ShouldBe(word);
    }

    [Fact]
    public void A_member_with_the_mark_of_an_external_user_cannot_be_judged_by_guest_types() =>
        Word(Judge(
            View(MfaForAll with { Exclude = AccessUsers.Nobody with { Guests = GuestScope.AllOfThem } }),
            Account(synced: false, name: "alice_fabrikam.com#EXT#@contoso.com"))).ShouldBe("unknown");

    [Fact]
    public void Guests_of_listed_tenants_alone_cannot_be_judged() =>
        Word(Judge(
            View(MfaForAll with { Include = AccessUsers.Nobody with { Guests = new(["internalGuest", "b2bCollaborationGuest"], AllTenants: false) } }),
            Account(guest: true, synced: false))).ShouldBe("unknown");

    [Fact]
    public void Policies_that_could_not_be_read_prove_nothing()
    {
        var proof = MoveProof.Of(new ProofContext(FakeTenant.AllAllowed, new Observed<AccessView>.Unknown("HTTP403"), Now))
            .Judge(new ProofUser(Account(), Federated: true), Seen(App), null);

        (Word(proof), proof.Lockout, proof.Holds, proof.IsUnknown).ShouldBe(("unknown", LockoutVerdict.Unknown, false, true));
    }

    [Theory]
    [InlineData(PerUserMfa.Enforced, "per-user MFA is enforced, and trusted IPs and remembered devices escape it")]
    [InlineData(PerUserMfa.Enabled, "the tenant has no Conditional Access policy")]
    public void Per_user_MFA_is_told_and_proves_nothing(PerUserMfa state, string why)
    {
        var proof = Judge(View(), methods: App with { PerUserMfa = state });

        Word(proof).ShouldBe("gap");
        Why(proof).ShouldEndWith(why);
    }

    [Fact]
    public void Security_defaults_prove_nothing()
    {
        var proof = Judge(View() with { SecurityDefaults = Seen(value: true) });

        Word(proof).ShouldBe("gap");
        Why(proof).ShouldContain("security defaults are on and ask when Microsoft decides");
    }

    [Fact]
    public void Of_several_policies_the_one_that_lacks_least_is_told()
    {
        var excluding = MfaForAll with { Id = "c2", DisplayName = "Nearest", Exclude = Groups(Group) };
        var far = MfaForAll with { Id = "c1", DisplayName = "Far", State = AccessState.Disabled, Include = AccessUsers.Nobody };

        Why(Judge(View(far, excluding))).ShouldBe($"the policy \"Nearest\" (c2) comes nearest, but it excludes the group {Group:D}");
    }

    [Fact]
    public void A_policy_that_might_do_leaves_it_open_though_another_lacks_as_little()
    {
        var open = MfaForAll with { Id = "c2", Exclude = Groups(Unread) };
        var gap = MfaForAll with { Id = "c1", Exclude = Groups(Group) };

        Word(Judge(View(gap, open))).ShouldBe("unknown");
    }

    [Fact]
    public void Where_the_plan_names_policies_only_these_count()
    {
        var context = Context(View(MfaForAll)) with { RequiredBy = [new Guid("00000000-0000-0000-0000-0000000000c9")] };
        var named = context with { RequiredBy = [Guid.Parse(MfaForAll.Id)] };

        UserProof Of(ProofContext by) => MoveProof.Of(by).Judge(new ProofUser(Account(), Federated: true), Seen(App), null);

        Why(Of(context)).ShouldContain("is not named in cutOver.mfaRequiredBy");
        Word(Of(named)).ShouldBe("proved");
    }

    private static AccessPolicy With(AccessConditions conditions) => MfaForAll with { Conditions = conditions };

    private static AccessPolicy Granting(string op, params string[] controls) => MfaForAll with { Controls = new(op, [.. controls], 0, null) };

    private static AccessPolicy Demanding(string strength) => MfaForAll with { Controls = new("OR", [], 0, strength) };
}
