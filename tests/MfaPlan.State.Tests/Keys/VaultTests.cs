using System.Net;
using MfaPlan.Core.Privacy;
using MfaPlan.State.Keys;

namespace MfaPlan.State.Tests.Keys;

public sealed class VaultTests
{
    [Fact]
    public void A_state_wrapped_by_a_vault_opens_with_the_version_that_wrapped_it()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        var made = LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time).Keys;
        var wrappedBy = vault.Newest;
        vault.AddVersion();

        var opened = folder.Open(Vaults.Source(vault)).Keys;

        opened.Values.ToArray().ShouldBe(made.Values.ToArray());
        vault.Requests[^1].ShouldStartWith($"POST {Vaults.Key}/{wrappedBy}/unwrapkey?api-version=7.4 Bearer https://vault.azure.net/.default");
        vault.Requests.Count(static request => request.Contains("/wrapkey?", StringComparison.Ordinal)).ShouldBe(1);
        File.ReadAllText(folder.StateJson).ShouldContain($"{Vaults.Key}/{wrappedBy}");
    }

    [Fact]
    public void The_vault_is_asked_once_and_only_for_what_needs_a_key()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time);
        vault.Requests.Clear();

        var state = folder.Open(Vaults.Source(vault));

        vault.Requests.ShouldBeEmpty();
        state.Keys.ShouldBe(state.Keys);
        vault.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "ForbiddenByRbac", "MFP5212")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "AccessDenied", "MFP5212")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "ForbiddenByFirewall", "MFP5212")]
    [InlineData(HttpStatusCode.Unauthorized, "Unauthorized", null, "MFP5212")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "KeyDisabled", "MFP5213")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "KeyExpired", "MFP5213")]
    [InlineData(HttpStatusCode.NotFound, "KeyNotFound", null, "MFP5213")]
    [InlineData(HttpStatusCode.BadRequest, "BadParameter", null, "MFP5213")]
    [InlineData(HttpStatusCode.TooManyRequests, "Throttled", null, "MFP5211")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Unavailable", null, "MFP5211")]
    public void What_the_vault_refuses_has_a_code_and_a_remedy_and_says_what_still_works(HttpStatusCode status, string code, string? inner, string expected)
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time);
        vault.Refusal = (status, code, inner);

        var thrown = Should.Throw<StateException>(() => folder.Open(Vaults.Source(vault)).Keys);

        thrown.Code.ShouldBe(expected);
        thrown.Remedy.ShouldContain("\"status\"");
        if (expected != "MFP5211")
        {
            thrown.Message.ShouldContain(inner ?? (status == HttpStatusCode.Unauthorized ? "Unauthorized" : code));
        }

        thrown.ToString().ShouldNotContain("alice");
        vault.Refusal = null;
        folder.Open(Vaults.Source(vault)).Keys.Seal.Id.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_vault_out_of_reach_is_tried_again_and_then_told_by_its_code()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        vault.Unreachable = true;

        Should.Throw<StateException>(() => LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time))
            .Code.ShouldBe(StateDiagnostics.VaultUnreachable.Code);

        vault.Requests.Count.ShouldBe(4);
        LocalState.Exists(folder.Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData("kid")]
    [InlineData("value")]
    public void An_answer_that_lacks_a_member_is_none_of_the_vault(string member)
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time);
        vault.Lacking.Add(member);

        var thrown = Should.Throw<StateException>(() => folder.Open(Vaults.Source(vault)).Keys);

        thrown.Code.ShouldBe(StateDiagnostics.VaultUnreachable.Code);
        thrown.Message.ShouldContain("not one of Key Vault");
    }

    [Theory]
    [InlineData("https://login.microsoftonline.us/")]
    [InlineData("https://login.chinacloudapi.cn/")]
    public void The_identity_of_this_machine_signs_in_where_the_plans_cloud_does(string login) =>
        AzureKeyVault.Identity(new Uri(login)).AuthorityHost.ShouldBe(new Uri(login));

    [Fact]
    public void A_deleted_version_is_named()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var folder = new StateFolder(init: false);
        LocalState.Init(folder.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), folder.Time);
        var version = vault.Newest;
        vault.AddVersion();
        vault.Remove(version);

        var thrown = Should.Throw<StateException>(() => folder.Open(Vaults.Source(vault)).Keys);

        thrown.Code.ShouldBe(StateDiagnostics.VaultKeyUnusable.Code);
        thrown.Message.ShouldContain(version);
    }

    [Fact]
    public void A_key_of_another_kind_or_another_vault_is_told_from_the_right_one_and_nobody_is_asked()
    {
        using var vault = new FakeVault(Vaults.Key);
        using var wrapped = new StateFolder(init: false);
        using var plain = new StateFolder();
        LocalState.Init(wrapped.Path, StateFolder.Tenant, sandbox: false, Vaults.Source(vault), wrapped.Time);
        vault.Requests.Clear();

        Should.Throw<StateException>(() => wrapped.Open(StateFolder.Key).Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        Should.Throw<StateException>(() => plain.Open(Vaults.Source(vault)).Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        Should.Throw<StateException>(() => wrapped.Open(Vaults.Source(vault, Vaults.Key + "2")).Keys).Code.ShouldBe(StateDiagnostics.KeyWrong.Code);
        Should.Throw<StateException>(() => wrapped.Open(new KeySource.Env("K", new Secret("x"))).Keys).Message.ShouldContain(Vaults.Key);
        vault.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://contoso.vault.azure.net/keys/mfaplan", null)]
    [InlineData("https://contoso.vault.azure.net/keys/mfaplan/", null)]
    [InlineData("https://contoso.managedhsm.azure.net/keys/a-b/00112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff")]
    public void An_identifier_reads(string text, string? version) => VaultKeyId.Parse(text).Version.ShouldBe(version);

    [Theory]
    [InlineData("http://contoso.vault.azure.net/keys/mfaplan")]
    [InlineData("https://vault.azure.net.example.com/keys/mfaplan")]
    [InlineData("https://vault.azure.net/keys/mfaplan")]
    [InlineData("https://contoso.vault.azure.net:8443/keys/mfaplan")]
    [InlineData("https://contoso.vault.azure.net/secrets/mfaplan")]
    [InlineData("https://contoso.vault.azure.net/keys/")]
    [InlineData("https://contoso.vault.azure.net/keys/a/b/c")]
    [InlineData("https://contoso.vault.azure.net/keys/a?b")]
    [InlineData("https://me@contoso.vault.azure.net/keys/a")]
    [InlineData("mfaplan")]
    public void Whoever_is_no_vault_gets_no_token(string text) =>
        Should.Throw<StateException>(() => VaultKeyId.Parse(text)).Code.ShouldBe(StateDiagnostics.VaultKeyUnusable.Code);
}
