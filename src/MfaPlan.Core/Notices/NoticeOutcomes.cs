namespace MfaPlan.Core.Notices;

/// <summary>What a migration means for a user, as far as the user has to be told. A user may have several.</summary>
[Flags]
public enum NoticeOutcomes
{
    /// <summary>Nothing to tell.</summary>
    None = 0,

    /// <summary>Every method goes on working; alone.</summary>
    Keeps = 1,

    /// <summary>A method must be registered again: the app, or there would be no method at all.</summary>
    MustRegister = 2,

    /// <summary>The user will be asked in another way than before.</summary>
    DefaultChanges = 4,

    /// <summary>A number that the user did not enter there stands on the security info page.</summary>
    NewNumber = 8,

    /// <summary>Every method is a phone, which Microsoft stops serving.</summary>
    PhoneOnly = 16,
}
