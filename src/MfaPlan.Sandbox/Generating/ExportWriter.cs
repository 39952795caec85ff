using System.Globalization;
using System.Text;

namespace MfaPlan.Sandbox.Generating;

/// <summary>Writes the user export of a made-up MFA Server: UTF-8 with BOM, CRLF, the 56 columns seen in public.</summary>
internal sealed class ExportWriter : IDisposable
{
    private const string Header =
        "Username,First Name,Last Name,Email Address,User Group,Primary Country Code,Primary Phone,Primary Extension,Backup Country Code,Backup Phone,"
        + "Backup Extension,Mode,Phone Call Mode,SMS Direction,SMS Mode,Mobile App Mode,PIN,User Disabled,Enabled,Enable Global Services,"
        + "User Can Change Phone,Keep Phone Synchronized,User Must Change PIN,Override PIN Rules,User Can Change PIN,Minimum PIN Length,Prevent Weak PINs,"
        + "PIN Expiration Days,Historical PINs,Phone Call Language,Text Message Language,Mobile App Language,OATH Token Language,Tags,Administrator,"
        + "Administers,Admin Tags,Admin Add User,Admin One-Time Bypass,Admin Bypass Seconds,Admin Change Method,Admin Change Mode,Admin Change Phone,"
        + "Admin Change PIN,Admin Change Language,Admin User Information,Admin OATH Token,Admin Enable/Disable,Admin Block/Unblock User,Admin Remove User,"
        + "Admin Test Authentication,Admin Activate Mobile App,Admin Deactivate Mobile App,Admin Verify Security Questions,Admin Receive Notifications,SID";

    // From "Enable Global Services" to "Admin Receive Notifications": nothing a migration asks about.
    private const string Middle =
        "TRUE,TRUE,FALSE,TRUE,FALSE,FALSE,0,FALSE,0,0,en,en,en,en,,FALSE,,,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE";

    private readonly StreamWriter _text;

    public ExportWriter(string path)
    {
        _text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16) { NewLine = "\r\n" };
        _text.WriteLine(Header);
    }

    public void Add(GeneratedUser user)
    {
        if (user.Username is { } username)
        {
            Add(username, user, user.SourceSid);
        }
    }

    /// <summary>A person who has left: the export still has the record, and Entra has nobody.</summary>
    public void AddLeaver(GeneratedUser user) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"left{user.Index:0000000}@contoso.com"), user, $"{user.Sid}7");

    public void Dispose() => _text.Dispose();

    private void Add(string username, GeneratedUser user, string sid)
    {
        var pin = user.Pin;
        _text.Write($"{username},{user.GivenName},Sample,{user.Sam}@contoso.com,,");
        Write(user.Primary);
        Write(user.Backup);
        _text.Write($"{user.Mode},{(pin ? "PIN" : "Standard")},{(user.TwoWay ? "Two-Way" : "One-Way")},{(pin ? "OTP + PIN" : "OTP")},");
        _text.Write($"{(pin ? "PIN" : "Standard")},,Fail Authentication,{(user.SourceEnabled ? "TRUE" : "FALSE")},{Middle},{sid}");
        _text.WriteLine();
    }

    private void Write(GeneratedNumber? phone) => _text.Write($"{phone?.CountryCode ?? "1"},{phone?.Number},{phone?.Extension},");
}
