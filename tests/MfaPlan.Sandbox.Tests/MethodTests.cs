namespace MfaPlan.Sandbox.Tests;

public sealed class MethodTests
{
    [Fact]
    public async Task All_methods_are_listed_with_their_types()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var reply = await sandbox.GetAsync(Tenants.User(Tenants.Bob) + "/methods");

        reply.Value.Select(static item => (string?)item!["@odata.type"]).ShouldBe(
        [
            "#microsoft.graph.phoneAuthenticationMethod",
            "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod",
        ]);
    }

    [Fact]
    public async Task An_app_can_be_deleted_and_not_created()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = Tenants.User(Tenants.Bob) + "/microsoftAuthenticatorMethods";
        var id = (string?)(await sandbox.GetAsync(path)).Value.Single()!["id"];

        var created = await sandbox.PostAsync(path, "{}");
        var deleted = await sandbox.DeleteAsync($"{path}/{id}");
        var again = await sandbox.DeleteAsync($"{path}/{id}");

        created.ShouldBe(405);
        deleted.ShouldBe(204);
        again.ShouldBe(404);
    }

    [Fact]
    public async Task A_default_method_is_set_when_the_user_has_it()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = Tenants.BetaUser(Tenants.Bob) + "/signInPreferences";

        var has = await sandbox.PatchAsync(path, """{ "userPreferredMethodForSecondaryAuthentication": "voiceMobile" }""");
        var hasNot = await sandbox.PatchAsync(path, """{ "userPreferredMethodForSecondaryAuthentication": "voiceOffice" }""");
        var none = await sandbox.PatchAsync(path, """{ "userPreferredMethodForSecondaryAuthentication": null }""");
        var shown = await sandbox.GetAsync(path);

        has.ShouldBe(204);
        hasNot.ShouldBe(400);
        none.ShouldBe(400);
        ((string?)shown.Json!["userPreferredMethodForSecondaryAuthentication"]).ShouldBe("voiceMobile");
        ((bool?)shown.Json["isSystemPreferredAuthenticationMethodEnabled"]).ShouldBe(true);
    }

    [Theory]
    [InlineData("signInPreferences")]
    [InlineData("requirements")]
    public async Task Preferences_and_requirements_are_not_on_v1(string path)
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        (await sandbox.GetAsync(Tenants.User(Tenants.Bob) + "/" + path)).ShouldBe(400);
        (await sandbox.GetAsync(Tenants.BetaUser(Tenants.Bob) + "/" + path)).ShouldBe(200);
    }

    [Fact]
    public async Task The_per_user_state_is_set_under_either_spelling_of_its_name()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = Tenants.BetaUser(Tenants.Bob) + "/requirements";

        var set = await sandbox.PatchAsync(path, """{ "perUserMFAstate": "enforced" }""");
        var shown = await sandbox.GetAsync(path);
        var wrong = await sandbox.PatchAsync(path, """{ "perUserMfaState": "on" }""");

        set.ShouldBe(204);
        ((string?)shown.Json!["perUserMfaState"]).ShouldBe("enforced");
        wrong.ShouldBe(400);
    }

    [Fact]
    public async Task A_pass_is_shown_once_and_a_new_one_replaces_it()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        var path = Tenants.User(Tenants.Ann) + "/temporaryAccessPassMethods";

        var first = await sandbox.PostAsync(path, "{}");
        await sandbox.PostAsync(path, """{ "lifetimeInMinutes": 30 }""");
        var listed = await sandbox.GetAsync(path);

        first.ShouldBe(201);
        ((string?)first.Json!["temporaryAccessPass"]).ShouldNotBeNullOrEmpty();
        listed.Value.Count.ShouldBe(1);
        listed.Value[0]!["temporaryAccessPass"].ShouldBeNull();
        ((int?)listed.Value[0]!["lifetimeInMinutes"]).ShouldBe(30);
    }

    [Fact]
    public async Task The_methods_policy_opens_phones_apps_tokens_and_passkeys_unless_the_file_says_otherwise()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());

        var beta = await sandbox.GetAsync("beta/policies/authenticationMethodsPolicy");
        var v1 = await sandbox.GetAsync("v1.0/policies/authenticationMethodsPolicy");

        beta.Json!["authenticationMethodConfigurations"]!.AsArray()
            .Where(static item => (string?)item!["state"] == "enabled")
            .Select(static item => (string?)item!["id"])
            .ShouldBe(["Sms", "Voice", "MicrosoftAuthenticator", "SoftwareOath", "HardwareOath", "Fido2"]);
        beta.Json["systemCredentialPreferences"].ShouldNotBeNull();
        v1.Json!["systemCredentialPreferences"].ShouldBeNull();
        v1.Json["authenticationMethodConfigurations"]!.AsArray()
            .ShouldNotContain(static item => (string?)item!["id"] == "HardwareOath");
    }

    [Fact]
    public async Task A_configuration_is_changed_by_its_id_in_any_case_and_reset_by_delete()
    {
        await using var sandbox = await Sandbox.StartAsync(Tenants.Small());
        const string Path = "beta/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/hardwareOATH";

        var changed = await sandbox.PatchAsync(Path, """{ "state": "disabled", "includeTargets": [ { "id": "g", "targetType": "group" } ] }""");
        var shown = await sandbox.GetAsync(Path);
        var reset = await sandbox.DeleteAsync(Path);
        var after = await sandbox.GetAsync(Path);
        var onV1 = await sandbox.GetAsync(Path.Replace("beta", "v1.0", StringComparison.Ordinal));

        changed.ShouldBe(204);
        ((string?)shown.Json!["state"]).ShouldBe("disabled");
        shown.Json["includeTargets"]!.AsArray().Count.ShouldBe(1);
        reset.ShouldBe(204);
        ((string?)after.Json!["state"]).ShouldBe("enabled");
        onV1.ShouldBe(404);
    }
}
