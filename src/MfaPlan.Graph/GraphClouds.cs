using System.Collections.Immutable;

namespace MfaPlan.Graph;

/// <summary>The clouds that a plan can name.</summary>
/// <seealso href="https://learn.microsoft.com/graph/deployments"/>
public static class GraphClouds
{
    /// <summary>All clouds: global (GCC included), usGov (GCC High), usGovDoD, china (21Vianet).</summary>
    public static ImmutableArray<GraphCloud> All { get; } =
    [
        new("global", new("https://graph.microsoft.com"), new("https://login.microsoftonline.com")),
        new("usGov", new("https://graph.microsoft.us"), new("https://login.microsoftonline.us")),
        new("usGovDoD", new("https://dod-graph.microsoft.us"), new("https://login.microsoftonline.us")),
        new("china", new("https://microsoftgraph.chinacloudapi.cn"), new("https://login.chinacloudapi.cn")),
    ];

    /// <summary>The cloud of a plan's word; null where there is none of that name.</summary>
    public static GraphCloud? Find(string word) => All.FirstOrDefault(cloud => cloud.Word == word);
}
