namespace MfaPlan.Engine.Ports;

/// <summary>A collection of the tenant could not be read to its end, so nothing may be concluded from it.</summary>
public sealed class TenantReadException : Exception
{
    /// <summary>Without a reason; prefer the other constructors.</summary>
    public TenantReadException()
        : this("unknown")
    {
    }

    /// <summary>With the service's or the transport's code.</summary>
    public TenantReadException(string code)
        : base($"The tenant could not be read: {code}.") => Code = code;

    /// <summary>With the code and the failure behind it.</summary>
    public TenantReadException(string code, Exception innerException)
        : base($"The tenant could not be read: {code}.", innerException) => Code = code;

    /// <summary>The service's or the transport's code, without personal data.</summary>
    public string Code { get; }
}
