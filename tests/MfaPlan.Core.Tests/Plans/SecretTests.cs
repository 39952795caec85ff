using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Tests.Plans;

public sealed class SecretTests
{
    [Theory]
    [InlineData("exports/2026/mfa-server/emea/germany/berlin/users-export-2026-09-27.csv")]
    [InlineData("SG-MFA-Migration-EMEA-Germany-Berlin-HeadOffice-Wave01-2026")]
    [InlineData("AuthenticationMethodsPolicyMigrationAllEmployeesWorldwide")]
    [InlineData("2f6e5b1c-0000-4000-8000-00000000b001")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("very.long.first.name.and.an.even.longer.last.name.of.somebody")]
    public void A_long_name_is_no_secret(string text) => Codes(text).ShouldNotContain("MFP2020");

    [Theory]
    [InlineData("Zk38Q~vN2xT7pLr0aWq9sYb4uHe6MdJcGi1KoFgX")]
    [InlineData("q0wE7rTz9uIoP3aSdF5gHjK1lYxC8vBnM2QwErTz4UiO=")]
    [InlineData("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    [InlineData("otpauth://totp/x?secret=a")]
    public void What_was_made_by_chance_is_taken_for_one(string text) => Codes(text).ShouldContain("MFP2020");

    private static string Codes(string owner)
    {
        var text = $$"""
            apiVersion: mfaplan/v1
            kind: MigrationPlan
            metadata: { name: secrets, owner: "{{owner}}" }
            tenant: { id: 7f3c0000-0000-0000-0000-000000000001 }
            source: { mfaServer: { users: users.csv } }
            migrate: { groups: [MFA-Migrate-All] }
            """;
        return string.Join(' ', PlanReader.Read(new SourceText("plan.yaml", text)).Diagnostics.Select(static one => one.Descriptor.Code));
    }
}
