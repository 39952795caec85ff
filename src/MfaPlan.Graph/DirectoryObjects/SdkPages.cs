using MfaPlan.Graph.Http;
using Microsoft.Graph.Models;

namespace MfaPlan.Graph.DirectoryObjects;

/// <summary>Reads a whole collection through the SDK's builders.</summary>
internal static class SdkPages
{
    /// <summary>All items, page after page.</summary>
    /// <param name="trail">Checks the links.</param>
    /// <param name="first">Gets the first page.</param>
    /// <param name="next">Gets the page at a link.</param>
    /// <param name="items">The items of a page.</param>
    /// <exception cref="ReadFailedException">The collection could not be read to its end.</exception>
    public static async Task<List<TItem>> ReadAllAsync<TPage, TItem>(
        LinkTrail trail, Func<Task<TPage?>> first, Func<string, Task<TPage?>> next, Func<TPage, List<TItem>?> items)
        where TPage : BaseCollectionPaginationCountResponse
    {
        var all = new List<TItem>();
        var page = await first();
        while (true)
        {
            all.AddRange((page is null ? null : items(page)) ?? throw new ReadFailedException(TransportCode.InvalidAnswer, 0));
            if (trail.Follow(page!.OdataNextLink) is not { } link)
            {
                return all;
            }

            page = await next(link.OriginalString);
        }
    }
}
