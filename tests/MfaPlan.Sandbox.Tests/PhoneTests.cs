namespace MfaPlan.Sandbox.Tests;

public sealed class PhoneTests
{
    [Fact]
    public async Task A_phone_is_created_with_its_constant_id_and_shown_afterwards()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var created = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));
        var listed = await sandbox.GetAsync(Tenants.User("ann%40contoso.com") + "/phoneMethods");

        created.ShouldBe(201);
        ((string?)created.Json!["id"]).ShouldBe(Tenants.Mobile);
        ((string?)created.Json["smsSignInState"]).ShouldBe("notAllowedByPolicy");
        ((string?)listed.Value.Single()!["phoneNumber"]).ShouldBe("+1 2065550100");
    }

    [Theory]
    [InlineData("+12065550100")]
    [InlineData("2065550100")]
    [InlineData("+1 206-555-0100")]
    [InlineData("+0 2065550100")]
    public async Task A_number_in_another_format_is_refused(string number)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", number));

        reply.ShouldBe(400);
    }

    [Fact]
    public async Task An_extension_is_part_of_the_number()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync(
            Tenants.User(Tenants.Ann) + "/phoneMethods",
            Tenants.Phone("office", "+1 5555551234x123"));

        reply.ShouldBe(201);
    }

    [Fact]
    public async Task A_second_phone_of_a_type_is_refused()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.PostAsync(Tenants.User(Tenants.Bob) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));

        reply.ShouldBe(400);
    }

    [Fact]
    public async Task An_alternate_needs_a_mobile_and_keeps_it_from_being_deleted()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var early = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("alternateMobile", "+1 2065550101"));
        await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));
        var late = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("alternateMobile", "+1 2065550101"));
        var deleted = await sandbox.DeleteAsync(Tenants.User(Tenants.Ann) + "/phoneMethods/" + Tenants.Mobile);

        early.ShouldBe(400);
        late.ShouldBe(201);
        deleted.ShouldBe(400);
    }

    [Fact]
    public async Task The_number_behind_the_default_method_cannot_be_deleted()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        await sandbox.PatchAsync(
            Tenants.BetaUser(Tenants.Bob) + "/signInPreferences",
            """{ "userPreferredMethodForSecondaryAuthentication": "sms" }""");

        var refused = await sandbox.DeleteAsync(Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile);

        refused.ShouldBe(400);
    }

    [Fact]
    public async Task A_number_is_changed_in_place_and_its_type_is_not()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile;

        var changed = await sandbox.PatchAsync(path, Tenants.Phone("mobile", "+1 2065550100"));
        var retyped = await sandbox.PatchAsync(path, Tenants.Phone("office", "+1 2065550100"));
        var shown = await sandbox.GetAsync(path);

        changed.ShouldBe(204);
        retyped.ShouldBe(400);
        ((string?)shown.Json!["phoneNumber"]).ShouldBe("+1 2065550100");
    }

    [Fact]
    public async Task A_mobile_signs_in_by_SMS_when_the_policy_says_so_and_the_number_is_unique()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small("""
            , "policies": { "authenticationMethodsPolicy": { "authenticationMethodConfigurations": [ { "id": "Sms", "state": "enabled",
              "includeTargets": [ { "id": "all_users", "targetType": "group", "isUsableForSignIn": true } ] } ] } }
            """));

        var first = await sandbox.PostAsync(Tenants.User(Tenants.Ann) + "/phoneMethods", Tenants.Phone("mobile", "+1 2065550100"));
        await sandbox.PatchAsync(Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile, Tenants.Phone("mobile", "+1 2065550100"));
        var second = await sandbox.GetAsync(Tenants.User(Tenants.Bob) + "/phoneMethods/" + Tenants.Mobile);

        ((string?)first.Json!["smsSignInState"]).ShouldBe("ready");
        ((string?)second.Json!["smsSignInState"]).ShouldBe("phoneNumberNotUnique");
    }
}
