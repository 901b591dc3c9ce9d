using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>Asks Mailjet's REST v3 resources, page by page (reference/mailjet.md §4). Only GET: may be repeated.</summary>
/// <param name="settings">Where and as whom.</param>
/// <param name="sender">Sends the calls; belongs to the caller.</param>
public sealed class MailjetRest(MailjetSettings settings, HttpSender sender)
{
    /// <summary>Most items per page (reference/mailjet.md §4).</summary>
    public const int PageSize = 1000;

    // Without Limit a page has ten items: no service that knows paging gives fewer while more are there.
    private const int SmallestPage = 10;

    /// <summary>All items of a resource, one page after the other.</summary>
    /// <typeparam name="T">Item.</typeparam>
    /// <param name="resource">Name with an id if any, for example <c>message</c> or <c>messagehistory/576460756513665525</c>.</param>
    /// <param name="filters">Name and value of each filter; null values are left out.</param>
    /// <param name="page">How to read a page.</param>
    /// <param name="identity">Tells one item from another.</param>
    /// <param name="cancellationToken">Stops between pages and within one.</param>
    /// <exception cref="MailTransportException"><c>MailjetCredentialsRefused</c>, <c>MailjetQueryFailed</c>.</exception>
    /// <exception cref="HttpFaultException">No usable answer after all repeats.</exception>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string resource,
        IReadOnlyList<KeyValuePair<string, string?>> filters,
        JsonTypeInfo<MailjetPage<T>> page,
        Func<T, object> identity,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentNullException.ThrowIfNull(identity);
        var seen = new HashSet<object>();
        for (var offset = 0; ;)
        {
            var items = await PageAsync(resource, filters, offset, page, cancellationToken).ConfigureAwait(false);
            var fresh = items.FindAll(item => seen.Add(identity(item)));
            foreach (var item in fresh) yield return item;
            // What the service really returned counts, not what was asked for; a page of nothing new means it does not know Offset.
            if (items.Count < SmallestPage || fresh.Count == 0) yield break;
            offset += items.Count;
        }
    }

    private async Task<List<T>> PageAsync<T>(
        string resource, IReadOnlyList<KeyValuePair<string, string?>> filters, int offset, JsonTypeInfo<MailjetPage<T>> page, CancellationToken cancellationToken)
    {
        var query = string.Concat(filters.Where(f => f.Value is not null).Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value!)}&"));
        var ask = new HttpAsk(HttpMethod.Get, settings.At(FormattableString.Invariant($"v3/REST/{resource}?{query}Limit={PageSize}&Offset={offset}")))
        {
            Headers = settings.Authorize,
        };
        var result = await sender.SendAsync(ask, answer => JsonSerializer.Deserialize(answer.Body.Span, page), cancellationToken).ConfigureAwait(false);
        if (result.Answer.IsSuccess) return result.Value?.Data?.FindAll(item => item is not null) ?? [];
        throw result.Answer.Status is 401 or 403
            ? new MailTransportException("MailjetCredentialsRefused", TransportText.MailjetCredentialsRefused(settings, result.Answer.Status, ""))
            : new MailTransportException("MailjetQueryFailed", TransportText.MailjetQueryFailed(settings, resource, result.Answer.ToString()));
    }
}

/// <summary>The envelope of every list (reference/mailjet.md §4). Its <c>Total</c> is not trusted: what it counts is not documented.</summary>
/// <typeparam name="T">Item.</typeparam>
public sealed record MailjetPage<T>
{
    /// <summary>The items of this page.</summary>
    public List<T>? Data { get; init; }
}
