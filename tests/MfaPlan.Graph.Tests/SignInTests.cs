using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Identity;
using MfaPlan.Core.Privacy;
using MfaPlan.Graph.SignIn;

namespace MfaPlan.Graph.Tests;

public sealed class SignInTests : IDisposable
{
    private static readonly Uri Login = new("https://login.microsoftonline.us");
    private static readonly Guid Tenant = World.Id(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mfaplan-graph").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SignInSettings.Certificate Certificate(string path, string? password = null) =>
        new(Tenant, Login, "app", path, password is null ? null : new Secret(password));

    private string Write(string name, Func<X509Certificate2, byte[]> bytes)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mfaplan", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes(certificate));
        return path;
    }

    [Fact]
    public void A_certificate_is_read_from_pfx_with_its_password_and_from_pem()
    {
        var pfx = Write("app.pfx", static certificate => certificate.Export(X509ContentType.Pfx, "pass"));
        var pem = Write("app.pem", static certificate => System.Text.Encoding.ASCII.GetBytes(
            certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()));

        GraphSignIn.Create(Certificate(pfx, "pass")).ShouldBeOfType<ClientCertificateCredential>();
        GraphSignIn.Create(Certificate(pem)).ShouldBeOfType<ClientCertificateCredential>();
    }

    [Fact]
    public void A_wrong_password_is_said_so_and_not_repeated()
    {
        var pfx = Write("app.pfx", static certificate => certificate.Export(X509ContentType.Pfx, "pass"));

        var failure = Should.Throw<SignInException>(() => GraphSignIn.Create(Certificate(pfx, "wr0ng")));

        failure.Code.ShouldBe("CertificateUnreadable");
        failure.ToString().ShouldNotContain("wr0ng");
    }

    [Theory]
    [InlineData("missing.pfx")]
    [InlineData("missing.pem")]
    public void A_file_that_does_not_exist_is_said_so(string name)
    {
        Should.Throw<SignInException>(() => GraphSignIn.Create(Certificate(Path.Combine(_folder, name)))).Code.ShouldBe("CertificateUnreadable");
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused()
    {
        var pfx = Write("app.pfx", static certificate =>
        {
            using var publicOnly = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
            return publicOnly.Export(X509ContentType.Pfx);
        });

        Should.Throw<SignInException>(() => GraphSignIn.Create(Certificate(pfx))).Code.ShouldBe("CertificateWithoutKey");
    }

    [Fact]
    public void Every_setting_has_its_credential()
    {
        GraphSignIn.Create(new SignInSettings.MachineDefault(Tenant, Login)).ShouldBeOfType<DefaultAzureCredential>();
        GraphSignIn.Create(new SignInSettings.ClientSecret(Tenant, Login, "app", new Secret("s"))).ShouldBeOfType<ClientSecretCredential>();
        GraphSignIn.Create(new SignInSettings.ManagedIdentity(Tenant, Login, null)).ShouldBeOfType<ManagedIdentityCredential>();
        GraphSignIn.Create(new SignInSettings.ManagedIdentity(Tenant, Login, "id")).ShouldBeOfType<ManagedIdentityCredential>();
        GraphSignIn.Create(new SignInSettings.WorkloadIdentity(Tenant, Login, "app", "/token")).ShouldBeOfType<WorkloadIdentityCredential>();
    }

    [Fact]
    public void Settings_do_not_show_their_secret()
    {
        new SignInSettings.ClientSecret(Tenant, Login, "app", new Secret("s3cr3t")).ToString().ShouldNotContain("s3cr3t");
    }
}
