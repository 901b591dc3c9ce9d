using System.Runtime.CompilerServices;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// Reads a whole list by pages of whatever size the server really returns, and makes sure that nothing was missed when the list
/// changed meanwhile: the distinct ids are counted against the total that the server tells (spec B6).
/// </summary>
internal static class GiftbitPaging
{
    private const int MaxPasses = 4;

    /// <summary>Gives each row once, page by page.</summary>
    /// <typeparam name="T">A row.</typeparam>
    /// <param name="what">What is listed, for messages.</param>
    /// <param name="fetch">Gets the rows from an offset on, and the total when told.</param>
    /// <param name="key">The id of a row.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException"><c>GiftbitListUnstable</c>: the list kept changing.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        string what, Func<int, CancellationToken, Task<GiftbitPage<T>>> fetch, Func<T, string> key,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var pass = 1; ; pass++)
        {
            var inPass = pass == 1 ? given : new HashSet<string>(StringComparer.Ordinal);
            long? total = null;
            for (var offset = 0; ;)
            {
                var page = await fetch(offset, cancellationToken).ConfigureAwait(false);
                total = page.Total ?? total;
                var before = inPass.Count;
                var fresh = new List<T>(page.Rows.Count);
                foreach (var row in page.Rows)
                {
                    var id = key(row);
                    inPass.Add(id);
                    if (pass == 1 ? inPass.Count > before + fresh.Count : given.Add(id)) fresh.Add(row);
                }
                if (fresh.Count > 0) yield return fresh;
                offset += page.Received;
                // A page that brings nothing new is the end, or a server that does not heed the offset.
                if (inPass.Count == before || offset >= total) break;
            }
            if (total is null || inPass.Count == total || given.Count == total) yield break;
            if (pass == MaxPasses)
                throw new GiftProviderException("GiftbitListUnstable", GiftbitText.Unstable(what, total.Value, inPass.Count), isDefinitive: true, remedy: GiftbitText.UnstableRemedy);
        }
    }
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows that could be read.</param>
/// <param name="Received">How many rows the server returned.</param>
/// <param name="Total">How many there are in all, when the server tells it.</param>
public sealed record GiftbitPage<T>(IReadOnlyList<T> Rows, int Received, long? Total);
