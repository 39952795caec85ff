using System.Buffers;
using System.Text.Json;
using CsCheck;
using MfaPlan.Core.Privacy;
using MfaPlan.Core.Tenants;

namespace MfaPlan.Core.Tests.Tenants;

public sealed class ObservedJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read() => Methods.Sample(methods =>
    {
        var id = new Guid(7, 0, 0, new byte[8]);
        var (user, seen) = ObservedJson.Read(Write(id, methods));

        user.ShouldBe(id);
        seen.At.ShouldBe(At);
        seen.Value.ShouldBe(methods);
        seen.Value.Mobile?.Reveal().ShouldBe(methods.Mobile?.Reveal());
    });

    [Fact]
    public void No_member_is_forgotten()
    {
        var full = new UserMethods(MethodParts.Methods | MethodParts.Preferences)
        {
            Mobile = new("+1 2065550101"),
            AlternateMobile = new("+1 2065550102"),
            Office = new("+1 2065550103x7"),
            SmsSignInReady = true,
            Default = DefaultMethod.Sms,
            SystemPreferred = true,
            Authenticators = 1,
            SoftwareTokens = 2,
            HardwareTokens = 3,
            PhishingResistant = 4,
            Passkeys = 2,
            Others = 5,
            PerUserMfa = PerUserMfa.Enforced,
            Tokens = [new("id", "S1", TokenHolder.User, Activated: true, InInventory: true)],
        };
        foreach (var member in typeof(UserMethods).GetProperties().Where(static member => member.CanWrite))
        {
            var value = member.GetValue(full);
            value.ShouldNotBe(member.GetValue(new UserMethods(MethodParts.None)), $"{member.Name} is not set in this test");
            member.GetValue(ObservedJson.Read(Write(Guid.Empty, full)).Seen.Value).ShouldBe(value, member.Name);
        }
    }

    [Fact]
    public void A_member_of_a_later_version_is_no_read_of_ours() =>
        Should.Throw<FormatException>(() => ObservedJson.Read("""{"user":"00000000-0000-0000-0000-000000000000","tea":1}"""u8));

    private static byte[] Write(Guid user, UserMethods methods)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        ObservedJson.Write(json, user, new Observed<UserMethods>.Seen(methods, At));
        return buffer.WrittenSpan.ToArray();
    }

    private static readonly Gen<PhoneNumber?> Phone = Gen.OneOf(
        Gen.Const((PhoneNumber?)null), Gen.String[Gen.Char["+ 0123456789x\"<é"], 0, 20].Select(static text => (PhoneNumber?)new PhoneNumber(text)));

    private static readonly Gen<UserMethods> Methods =
        Gen.Select(Gen.Select(Phone, Phone, Phone), Gen.Int[0, 9].Array[5], Gen.Bool, Gen.Bool.Nullable(), Gen.String.Null()).Select(
            static (phones, counts, ready, preferred, word) => new UserMethods((MethodParts)(counts[0] % 8))
            {
                Mobile = phones.Item1,
                AlternateMobile = phones.Item2,
                Office = phones.Item3,
                SmsSignInReady = ready,
                SystemPreferred = preferred,
                Default = word is { } text ? new DefaultMethod(text) : null,
                Authenticators = counts[0],
                SoftwareTokens = counts[1],
                HardwareTokens = counts[2],
                PhishingResistant = counts[3],
                Others = counts[4],
                Tokens = [.. Enumerable.Range(0, counts[4] % 3).Select(i => new HardwareToken($"id{i}", i == 1 ? null : $"s{i}", (TokenHolder)(counts[0] % 3), ready, !ready))],
            });
}
