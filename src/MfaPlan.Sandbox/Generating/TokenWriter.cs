using System.Globalization;
using System.Text;

namespace MfaPlan.Sandbox.Generating;

/// <summary>Writes the inventory of hardware tokens of a made-up company, in the form in which Entra takes it.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-manage-oath-tokens"/>
internal static class TokenWriter
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretLength = 32;
    private const ulong SeedStream = 1UL << 42;

    /// <summary>Writes a row for each holder.</summary>
    public static void Write(string path, ulong seed, IEnumerable<GeneratedUser> holders)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        text.WriteLine("upn,serial number,secret key,time interval,manufacturer,model,hash function");
        foreach (var user in holders)
        {
            var chance = new Chance(seed, SeedStream + (ulong)user.Index);
            var secret = new StringBuilder(SecretLength);
            for (var i = 0; i < SecretLength; i++)
            {
                secret.Append(Alphabet[chance.Below(Alphabet.Length)]);
            }

            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{user.PrincipalName},GEN-{user.Index:000000},{secret},30,Contoso,SampleKey,sha1"));
        }
    }
}
