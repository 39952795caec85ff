using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MfaPlan.Core.Privacy;

namespace MfaPlan.Core.Tenants;

/// <summary>
/// What was read of one user as a line of JSON, values in clear: for sealed files only. Properties come in a fixed order; what is empty,
/// zero or false is left out.
/// </summary>
public static class ObservedJson
{
    /// <summary>Writes a line.</summary>
    /// <param name="json">A writer at its start; flushed afterwards.</param>
    /// <param name="user">Object id.</param>
    /// <param name="seen">What was seen, and when.</param>
    public static void Write(Utf8JsonWriter json, Guid user, Observed<UserMethods>.Seen seen)
    {
        var methods = seen.Value;
        json.WriteStartObject();
        json.WriteString("user", user);
        json.WriteString("at", seen.At.UtcDateTime);
        json.WriteNumber("parts", (int)methods.Parts);
        Write(json, "mobile", methods.Mobile);
        Write(json, "alternateMobile", methods.AlternateMobile);
        Write(json, "office", methods.Office);
        Write(json, "smsSignIn", methods.SmsSignInReady);
        if (methods.Default is { } method)
        {
            json.WriteString("default", method.Word);
        }

        if (methods.SystemPreferred is { } preferred)
        {
            json.WriteBoolean("systemPreferred", preferred);
        }

        Write(json, "authenticators", methods.Authenticators);
        Write(json, "softwareTokens", methods.SoftwareTokens);
        Write(json, "hardwareTokens", methods.HardwareTokens);
        Write(json, "phishingResistant", methods.PhishingResistant);
        Write(json, "passkeys", methods.Passkeys);
        Write(json, "others", methods.Others);
        Write(json, "perUserMfa", (int)methods.PerUserMfa);
        if (!methods.Tokens.IsEmpty)
        {
            json.WriteStartArray("tokens");
            foreach (var token in methods.Tokens)
            {
                Write(json, token);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">The line is none of ours.</exception>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static (Guid User, Observed<UserMethods>.Seen Seen) Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        var user = Guid.Empty;
        var at = default(DateTimeOffset);
        var methods = new UserMethods(MethodParts.None);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "user":
                    user = json.GetGuid();
                    break;
                case "at":
                    at = new DateTimeOffset(json.GetDateTime().ToUniversalTime(), TimeSpan.Zero);
                    break;
                default:
                    methods = With(methods, name, ref json);
                    break;
            }
        }

        return (user, new Observed<UserMethods>.Seen(methods, at));
    }

    private static UserMethods With(UserMethods methods, string? name, ref Utf8JsonReader json) => name switch
    {
        "parts" => methods with { Parts = (MethodParts)json.GetInt32() },
        "mobile" => methods with { Mobile = Phone(ref json) },
        "alternateMobile" => methods with { AlternateMobile = Phone(ref json) },
        "office" => methods with { Office = Phone(ref json) },
        "smsSignIn" => methods with { SmsSignInReady = json.GetBoolean() },
        "default" => methods with { Default = new DefaultMethod(json.GetString() ?? "") },
        "systemPreferred" => methods with { SystemPreferred = json.GetBoolean() },
        "authenticators" => methods with { Authenticators = json.GetInt32() },
        "softwareTokens" => methods with { SoftwareTokens = json.GetInt32() },
        "hardwareTokens" => methods with { HardwareTokens = json.GetInt32() },
        "phishingResistant" => methods with { PhishingResistant = json.GetInt32() },
        "passkeys" => methods with { Passkeys = json.GetInt32() },
        "others" => methods with { Others = json.GetInt32() },
        "perUserMfa" => methods with { PerUserMfa = (PerUserMfa)json.GetInt32() },
        "tokens" => methods with { Tokens = Tokens(ref json) },
        _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"A read of a user has no member {name}.")),
    };

    private static PhoneNumber Phone(ref Utf8JsonReader json) => new(json.GetString() ?? "");

    private static ImmutableArray<HardwareToken> Tokens(ref Utf8JsonReader json)
    {
        var tokens = ImmutableArray.CreateBuilder<HardwareToken>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            tokens.Add(Token(ref json));
        }

        return tokens.ToImmutable();
    }

    private static HardwareToken Token(ref Utf8JsonReader json)
    {
        var token = new HardwareToken("", null, TokenHolder.Nobody, Activated: false, InInventory: false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            token = name switch
            {
                "id" => token with { Id = json.GetString() ?? "" },
                "serial" => token with { Serial = json.GetString() },
                "holder" => token with { Holder = (TokenHolder)json.GetInt32() },
                "activated" => token with { Activated = json.GetBoolean() },
                "inventory" => token with { InInventory = json.GetBoolean() },
                _ => throw new FormatException($"A token of a read has no member {name}."),
            };
        }

        return token;
    }

    private static void Write(Utf8JsonWriter json, HardwareToken token)
    {
        json.WriteStartObject();
        json.WriteString("id", token.Id);
        if (token.Serial is not null)
        {
            json.WriteString("serial", token.Serial);
        }

        Write(json, "holder", (int)token.Holder);
        Write(json, "activated", token.Activated);
        Write(json, "inventory", token.InInventory);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, PhoneNumber? number)
    {
        if (number is not null)
        {
            json.WriteString(name, number.Reveal());
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int count)
    {
        if (count != 0)
        {
            json.WriteNumber(name, count);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }
}
