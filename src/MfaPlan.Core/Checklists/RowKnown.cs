namespace MfaPlan.Core.Checklists;

/// <summary>How it is known whether a feature of MFA Server is in use.</summary>
public enum RowKnown
{
    /// <summary>Only people know: by the answers.</summary>
    Answer = 0,

    /// <summary>The user source shows it.</summary>
    Source = 1,

    /// <summary>It does not matter: there is nothing to do in either case.</summary>
    Always = 2,
}
