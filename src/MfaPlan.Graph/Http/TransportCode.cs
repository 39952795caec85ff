namespace MfaPlan.Graph.Http;

/// <summary>Words for having no answer.</summary>
internal static class TransportCode
{
    public const string Timeout = "Timeout";
    public const string InvalidAnswer = "InvalidAnswer";

    /// <summary>What kind of trouble the connection had.</summary>
    public static string Of(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.Unknown ? "ConnectionCut" : failure.HttpRequestError.ToString();
}
