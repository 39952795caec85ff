namespace MfaPlan.Core.Tenants;

/// <summary>The three places a user has for a phone; one number each. Order is write order.</summary>
public enum PhoneSlot
{
    /// <summary>phoneType mobile: text messages and calls.</summary>
    Mobile = 0,

    /// <summary>phoneType alternateMobile: calls only; needs a mobile beside it.</summary>
    AlternateMobile = 1,

    /// <summary>phoneType office: calls only, the one place for an extension.</summary>
    Office = 2,
}
