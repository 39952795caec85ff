using MfaPlan.Engine.Ports;
using MfaPlan.Graph.Limiting;

namespace MfaPlan.Graph.Http;

/// <summary>What a request's maker tells the handlers; without a note they go by method and path.</summary>
internal static class RequestNotes
{
    /// <summary>Which budget the request spends.</summary>
    public static readonly HttpRequestOptionsKey<Budget> Budget = new("mfaplan.budget");

    /// <summary>The request only reads, though its method is POST: it may be repeated and is not paced as a write.</summary>
    public static readonly HttpRequestOptionsKey<bool> OnlyReads = new("mfaplan.onlyReads");

    /// <summary>How long to wait for the answer.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Timeout = new("mfaplan.timeout");

    /// <summary>Asked in the instant before the request leaves.</summary>
    public static readonly HttpRequestOptionsKey<IFence> Fence = new("mfaplan.fence");

    /// <summary>Whether the request changes nothing at the service.</summary>
    public static bool Reads(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || (request.Options.TryGetValue(OnlyReads, out var reads) && reads);

    /// <summary>The budget of a request: the note, or what the path tells.</summary>
    public static Budget BudgetOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(Budget, out var budget) ? budget : BudgetOf(request.RequestUri?.AbsolutePath ?? "");

    private static Budget BudgetOf(string path)
    {
        if (Has(path, "/identity/conditionalAccess"))
        {
            return Limiting.Budget.ConditionalAccess;
        }

        if (Has(path, "/hardwareOathMethods/") && (path.EndsWith("/activate", StringComparison.OrdinalIgnoreCase) || Has(path, "/assignAndActivate")))
        {
            return Limiting.Budget.Activations;
        }

        if (Has(path, "/reports/") || Has(path, "/auditLogs/"))
        {
            return Limiting.Budget.Reports;
        }

        return Has(path, "/authentication/") ? Limiting.Budget.Methods : Limiting.Budget.Directory;
    }

    private static bool Has(string path, string part) => path.Contains(part, StringComparison.OrdinalIgnoreCase);
}
