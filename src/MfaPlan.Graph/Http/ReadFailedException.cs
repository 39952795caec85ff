namespace MfaPlan.Graph.Http;

/// <summary>A read that gave nothing, with the code that callers turn into Unknown. Never leaves this project.</summary>
#pragma warning disable CA1032, CA1064 // made here with a code, caught here; the ports know Unknown and TenantReadException
internal sealed class ReadFailedException(string code, int status, Exception? inner = null) : Exception(code, inner)
{
    /// <summary>The service's deepest error code, or the transport's word.</summary>
    public string Code { get; } = code;

    /// <summary>The status; 0 when there was no answer.</summary>
    public int Status { get; } = status;

    /// <summary>Whether the code is the given one; the two services spell codes in different case.</summary>
    public bool Is(string code) => string.Equals(Code, code, StringComparison.OrdinalIgnoreCase);
}
