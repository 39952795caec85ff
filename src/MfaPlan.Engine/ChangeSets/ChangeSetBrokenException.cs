namespace MfaPlan.Engine.ChangeSets;

/// <summary>A change set is not what its digest says: damaged, cut, or changed by somebody. Nothing of it may be applied.</summary>
public sealed class ChangeSetBrokenException : Exception
{
    /// <summary>Without a reason; prefer the other constructors.</summary>
    public ChangeSetBrokenException()
        : this("The reason is not known.")
    {
    }

    /// <summary>With the reason.</summary>
    public ChangeSetBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and the failure behind it.</summary>
    public ChangeSetBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
