using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;

namespace MfaPlan.Graph.SignIn;

/// <summary>Makes the credential that a plan asks for.</summary>
public static class GraphSignIn
{
    /// <summary>Makes the credential; asks nobody for a token yet.</summary>
    /// <exception cref="SignInException">The certificate file cannot be read.</exception>
    public static TokenCredential Create(SignInSettings settings)
    {
        var tenant = settings.Tenant.ToString("D");
        return settings switch
        {
#pragma warning disable CA2000 // the credential keeps the certificate for as long as it lives
            SignInSettings.Certificate certificate => new ClientCertificateCredential(
                tenant, certificate.ClientId, Load(certificate), new ClientCertificateCredentialOptions { AuthorityHost = settings.Login }),

#pragma warning restore CA2000
            SignInSettings.ClientSecret secret => secret.Value.Reveal(value => new ClientSecretCredential(
                tenant, secret.ClientId, value, new ClientSecretCredentialOptions { AuthorityHost = settings.Login })),

            SignInSettings.ManagedIdentity identity => new ManagedIdentityCredential(
                identity.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),

            SignInSettings.WorkloadIdentity identity => new WorkloadIdentityCredential(WorkloadOptions(identity, tenant)),

            _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                AuthorityHost = settings.Login,
                TenantId = tenant,
                ExcludeInteractiveBrowserCredential = true,
            }),
        };
    }

    private static WorkloadIdentityCredentialOptions WorkloadOptions(SignInSettings.WorkloadIdentity identity, string tenant)
    {
        var options = new WorkloadIdentityCredentialOptions
        {
            AuthorityHost = identity.Login,
            TenantId = tenant,
            ClientId = identity.ClientId,
        };
        if (identity.TokenFile is { } file)
        {
            options.TokenFilePath = file;
        }

        return options;
    }

    private static X509Certificate2 Load(SignInSettings.Certificate settings)
    {
        try
        {
            var certificate = settings.Password is { } password
                ? password.Reveal(value => Load(settings.Path, value))
                : Load(settings.Path, null);
            return certificate.HasPrivateKey
                ? certificate
                : throw new SignInException(
                    "CertificateWithoutKey", "The certificate file holds no private key. Export the certificate with its key.");
        }
        catch (CryptographicException)
        {
            throw new SignInException("CertificateUnreadable", "The certificate file or its password is wrong, or the file does not exist.");
        }
        catch (IOException)
        {
            throw new SignInException("CertificateUnreadable", "The certificate file cannot be opened. Check its path.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SignInException("CertificateUnreadable", "The certificate file may not be read by this user. Check its permissions.");
        }
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        if (!path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }

        return password is null
            ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password);
    }
}
