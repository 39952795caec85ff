namespace MfaPlan.Graph.Http;

/// <summary>The budget gave no permit in time; nothing was sent.</summary>
public sealed class PermitNotHadException : Exception
{
    /// <summary>Without words.</summary>
    public PermitNotHadException()
    {
    }

    /// <summary>With words.</summary>
    public PermitNotHadException(string message)
        : base(message)
    {
    }

    /// <summary>With words and the failure behind it.</summary>
    public PermitNotHadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
