using MfaPlan.Sandbox.Permissions;

namespace MfaPlan.Sandbox.Http;

/// <summary>One method on one path pattern, where it exists, what it needs and what it costs.</summary>
internal sealed class Route
{
    public Route(
        string method,
        string pattern,
        ApiVersion versions,
        Access access,
        Func<GraphRequest, GraphAnswer> handle)
    {
        Method = method;
        Pattern = pattern;
        Segments = pattern.Split('/');
        Versions = versions;
        Access = access;
        Handle = handle;
        IsWrite = method != "GET";
    }

    public string Method { get; }

    public string Pattern { get; }

    public string[] Segments { get; }

    public ApiVersion Versions { get; }

    public Access Access { get; }

    public Func<GraphRequest, GraphAnswer> Handle { get; }

    /// <summary>Whether it changes the tenant; a POST that only asks is none.</summary>
    public bool IsWrite { get; init; }

    public Budget Budget { get; init; }

    /// <summary>Resource units before the adjustments for <c>$select</c>, <c>$expand</c> and <c>$top</c>.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Whether the pattern fits; literal segments compare without case.</summary>
    public bool Matches(string[] segments, out Dictionary<string, string> values)
    {
        values = [];
        if (segments.Length != Segments.Length)
        {
            return false;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            var pattern = Segments[i];
            if (pattern[0] == '{')
            {
                values[pattern[1..^1]] = segments[i];
            }
            else if (!pattern.Equals(segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
