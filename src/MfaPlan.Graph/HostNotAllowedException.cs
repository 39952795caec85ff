namespace MfaPlan.Graph;

/// <summary>
/// A request, or a link in an answer, names a host that was not allowed. It was not sent and no token was given. Either the plan
/// names the wrong cloud, or something between us and the service writes its own links.
/// </summary>
public sealed class HostNotAllowedException : Exception
{
    /// <summary>Without a host; prefer the other constructor.</summary>
    public HostNotAllowedException()
        : this("(unknown)")
    {
    }

    /// <summary>With the origin that was refused: scheme, host and port, nothing of the path.</summary>
    public HostNotAllowedException(string origin)
        : base($"Refused to send a request to {origin}: only the Graph host of the plan's cloud is allowed.") => Origin = origin;

    /// <summary>With the origin that was refused and a failure behind it.</summary>
    public HostNotAllowedException(string origin, Exception innerException)
        : base($"Refused to send a request to {origin}: only the Graph host of the plan's cloud is allowed.", innerException) => Origin = origin;

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }
}
