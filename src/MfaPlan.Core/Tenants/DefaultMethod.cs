namespace MfaPlan.Core.Tenants;

/// <summary>
/// A value of <c>userPreferredMethodForSecondaryAuthentication</c> as Graph spells it. Open: a word that this
/// version does not know is kept as it is and counts as set.
/// </summary>
/// <param name="Word">The word, camelCase.</param>
/// <seealso href="https://learn.microsoft.com/graph/api/authentication-update"/>
public readonly record struct DefaultMethod(string Word)
{
    /// <summary>Authenticator notification.</summary>
    public static readonly DefaultMethod Push = new("push");

    /// <summary>A code from an app or a hardware token.</summary>
    public static readonly DefaultMethod Oath = new("oath");

    /// <summary>Text message to the mobile.</summary>
    public static readonly DefaultMethod Sms = new("sms");

    /// <summary>Call to the mobile.</summary>
    public static readonly DefaultMethod VoiceMobile = new("voiceMobile");

    /// <summary>Call to the alternate mobile.</summary>
    public static readonly DefaultMethod VoiceAlternateMobile = new("voiceAlternateMobile");

    /// <summary>Call to the office phone.</summary>
    public static readonly DefaultMethod VoiceOffice = new("voiceOffice");

    /// <inheritdoc/>
    public override string ToString() => Word;
}
