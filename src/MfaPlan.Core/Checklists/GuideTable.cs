namespace MfaPlan.Core.Checklists;

/// <summary>A table of the guide.</summary>
public enum GuideTable
{
    /// <summary>MFA methods: the company settings.</summary>
    Methods = 0,

    /// <summary>User portal.</summary>
    Portal = 1,

    /// <summary>Authentication services: what other systems ask MFA Server.</summary>
    Services = 2,
}
