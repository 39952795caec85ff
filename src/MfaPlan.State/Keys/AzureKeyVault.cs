using System.Buffers.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace MfaPlan.State.Keys;

/// <summary>
/// Azure Key Vault and Managed HSM: two requests of its REST interface, <c>wrapkey</c> and <c>unwrapkey</c> by RSA-OAEP-256, over the pipeline of
/// Azure.Core.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/keyvault/keys/wrap-key/wrap-key"/>
/// <seealso href="https://learn.microsoft.com/azure/key-vault/general/rest-error-codes"/>
public sealed class AzureKeyVault : IKeyVault
{
    private const string Algorithm = "RSA-OAEP-256";
    private const string Version = "7.4";
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int TooMany = 429;
    private const int ServerError = 500;

    private readonly TokenCredential _credential;
    private readonly VaultOptions _options;

    /// <summary>Asks as this identity.</summary>
    /// <param name="credential">Whose permissions count.</param>
    public AzureKeyVault(TokenCredential credential)
        : this(credential, new VaultOptions())
    {
    }

    /// <summary>Asks another way; tests put a transport in.</summary>
    internal AzureKeyVault(TokenCredential credential, VaultOptions options)
    {
        _credential = credential;
        _options = options;
    }

    /// <summary>Asks as whoever this machine is signed in as: environment, workload or managed identity, Azure CLI.</summary>
    /// <param name="login">Where the cloud of the vault signs in, for example <c>https://login.microsoftonline.us</c>.</param>
    public static AzureKeyVault AsThisMachine(Uri login) => new(new DefaultAzureCredential(Identity(login)));

    /// <summary>How that identity is found.</summary>
    internal static DefaultAzureCredentialOptions Identity(Uri login) => new() { AuthorityHost = login, ExcludeInteractiveBrowserCredential = true };

    /// <inheritdoc/>
    public VaultWrapped Wrap(VaultKeyId key, ReadOnlySpan<byte> plain)
    {
        var (used, bytes) = Ask(key, "wrapkey", plain);
        return new VaultWrapped(used, bytes);
    }

    /// <inheritdoc/>
    public byte[] Unwrap(VaultWrapped wrapped) => Ask(wrapped.Key, "unwrapkey", wrapped.Bytes.Span).Bytes;

    private (VaultKeyId Key, byte[] Bytes) Ask(VaultKeyId key, string verb, ReadOnlySpan<byte> value)
    {
        var pipeline = HttpPipelineBuilder.Build(_options, new BearerTokenAuthenticationPolicy(_credential, $"https://{key.Service}/.default"));
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri($"{key.Address.AbsoluteUri}/{verb}?api-version={Version}"));
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Content = RequestContent.Create(
            JsonSerializer.SerializeToUtf8Bytes(new VaultRequest(Algorithm, Base64Url.EncodeToString(value)), VaultJson.Default.VaultRequest));
        try
        {
            pipeline.Send(message, CancellationToken.None);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new StateException(
                StateDiagnostics.VaultRefuses,
                $"Nobody is signed in who could ask {key.Address.Host}.",
                "Sign in (az login), or give the job an identity (AZURE_CLIENT_ID and its companions, or a managed identity)." + Meanwhile,
                exception);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException or IOException)
        {
            throw Unreachable(key, "it gave no answer", exception);
        }

        return message.Response.Status is >= 200 and < 300 ? Read(key, message.Response) : throw Refusal(key, message.Response);
    }

    private const string Meanwhile = StateRemedies.WithoutKey;

    private static (VaultKeyId Key, byte[] Bytes) Read(VaultKeyId key, Response response)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(response.Content, VaultJson.Default.VaultAnswer) ?? throw new JsonException();
            var used = VaultKeyId.Parse(answer.Kid);
            return used.IsSameKey(key) && used.Version is not null
                ? (used, Base64Url.DecodeFromChars(answer.Value))
                : throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or StateException)
        {
            throw Unreachable(key, "its answer is not one of Key Vault", exception);
        }
    }

    private static StateException Refusal(VaultKeyId key, Response response)
    {
        var code = CodeOf(response);
        return response.Status switch
        {
            TooMany or >= ServerError => Unreachable(key, $"it answers {response.Status}", null),
            Unauthorized => Refuses(key, code),
            Forbidden when code is not ("KeyDisabled" or "KeyExpired" or "KeyNotYetValid") => Refuses(key, code),
            _ => new StateException(
                StateDiagnostics.VaultKeyUnusable,
                $"The vault does not use the key {key} ({response.Status} {code}).",
                "Enable it, or put back the version that the state was wrapped by: soft delete keeps it. It must be an RSA key that may wrap and unwrap."
                + Meanwhile),
        };
    }

    private static StateException Refuses(VaultKeyId key, string code) => new(
        StateDiagnostics.VaultRefuses,
        $"The vault refuses to use the key {key} for this identity ({code}).",
        "Give it the role Key Vault Crypto Service Encryption User on this key (wrap and unwrap), and let this network in if the vault has a firewall."
        + Meanwhile);

    private static StateException Unreachable(VaultKeyId key, string why, Exception? inner) => new(
        StateDiagnostics.VaultUnreachable,
        $"The vault {key.Address.Host} cannot be asked: {why}.",
        "Nothing was changed. Check name, network and proxy, then run the command again." + Meanwhile,
        inner);

    private static string CodeOf(Response response)
    {
        try
        {
            var error = JsonSerializer.Deserialize(response.Content, VaultJson.Default.VaultRefusal)?.Error;
            var code = error?.InnerError?.Code ?? error?.Code ?? "";
            return code.Length is > 0 and <= 64 && code.All(char.IsAsciiLetterOrDigit) ? code : "no reason given";
        }
        catch (JsonException)
        {
            return "no reason given";
        }
    }
}
