using System.Globalization;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Sources.Tests;

/// <summary>Rows as MFA Server 8.0 writes them.</summary>
public static class Exports
{
    public const string Header =
        "Username,First Name,Last Name,Email Address,User Group,Primary Country Code,Primary Phone,Primary Extension,Backup Country Code,Backup Phone,Backup Extension,Mode,Phone Call Mode,SMS Direction,SMS Mode,Mobile App Mode,PIN,User Disabled,Enabled,Enable Global Services,User Can Change Phone,Keep Phone Synchronized,User Must Change PIN,Override PIN Rules,User Can Change PIN,Minimum PIN Length,Prevent Weak PINs,PIN Expiration Days,Historical PINs,Phone Call Language,Text Message Language,Mobile App Language,OATH Token Language,Tags,Administrator,Administers,Admin Tags,Admin Add User,Admin One-Time Bypass,Admin Bypass Seconds,Admin Change Method,Admin Change Mode,Admin Change Phone,Admin Change PIN,Admin Change Language,Admin User Information,Admin OATH Token,Admin Enable/Disable,Admin Block/Unblock User,Admin Remove User,Admin Test Authentication,Admin Activate Mobile App,Admin Deactivate Mobile App,Admin Verify Security Questions,Admin Receive Notifications,SID";

    public static string Row(int number, string? name = null) =>
        $"{name ?? string.Create(CultureInfo.InvariantCulture, $"user{number:D6}@contoso.com")},Ab,Adeg,aedeg@contoso.com,,44,{7472250000L + number},,1,,,Phone Call,Standard,One-Way,OTP,Standard,,Fail Authentication,TRUE,TRUE,TRUE,FALSE,TRUE,FALSE,FALSE,0,FALSE,0,0,en,en,en,en,CTR,FALSE,All Users,,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,S-1-5-21-1111111111-2222222222-3333333333-{number}";

    /// <summary>Code and row of each diagnostic, such as <c>MFP5108@3</c>.</summary>
    public static IEnumerable<string> CodesAndRows(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(static diagnostic => diagnostic.Location is Location.InRow row
            ? string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Descriptor.Code}@{row.Row}")
            : diagnostic.Descriptor.Code);
}
