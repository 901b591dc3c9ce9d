using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <content>Gifts and links (reference/giftbit.md §4, §5).</content>
public sealed partial class GiftbitApi
{
    // §4: the largest page that was ever documented for links.
    private const int LinksPerPage = 100;

    /// <summary>Lists gifts by pages, each gift once.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="pageSize">Rows asked for; the server may return fewer.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException"><c>GiftbitListUnstable</c>: the list kept changing while it was read.</exception>
    public IAsyncEnumerable<IReadOnlyList<GiftbitGift>> ListGiftsAsync(GiftbitGiftFilter filter, int pageSize, CancellationToken cancellationToken) =>
        GiftbitPaging.ReadAsync("gifts", (offset, cancel) => GetGiftPageAsync(filter, pageSize, offset, cancel), g => g.Uuid, cancellationToken);

    /// <summary>One page of gifts, and how many there are in all when Giftbit tells it.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="pageSize">Rows asked for.</param>
    /// <param name="offset">Rows to skip.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<GiftbitPage<GiftbitGift>> GetGiftPageAsync(GiftbitGiftFilter filter, int pageSize, int offset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var path = Query("/gifts",
            ("uuid", filter.Uuid), ("campaign_uuid", filter.CampaignUuid), ("campaign_id", filter.CampaignId),
            ("price_in_cents_greater_than", Number(filter.PriceInCentsGreaterThan)), ("price_in_cents_less_than", Number(filter.PriceInCentsLessThan)),
            ("recipient_name", filter.RecipientName), ("recipient_email", filter.RecipientEmail),
            ("delivery_status", filter.DeliveryStatus), ("status", filter.Status),
            ("created_date_greater_than", Time(filter.CreatedFrom)), ("created_date_less_than", Time(filter.CreatedTo)),
            ("delivery_date_greater_than", Time(filter.DeliveredFrom)), ("delivery_date_less_than", Time(filter.DeliveredTo)),
            ("redeemed_date_greater_than", Time(filter.RedeemedFrom)), ("redeemed_date_less_than", Time(filter.RedeemedTo)),
            ("redelivery_count_greater_than", Number(filter.RedeliveryCountFrom)), ("redelivery_count_less_than", Number(filter.RedeliveryCountTo)),
            ("sort", filter.Sort), ("order", filter.Sort is null ? null : filter.Ascending ? "asc" : "desc"),
            ("limit", Number(pageSize)), ("offset", Number(offset)));
        var answer = await GetAsync(path, e => e.Gifts is not null, cancellationToken).ConfigureAwait(false);
        return new([.. answer.Gifts!.Select(GiftbitReading.Gift).OfType<GiftbitGift>()], answer.Gifts!.Count, answer.TotalCount);
    }

    /// <summary>One gift; null when Giftbit knows none of this uuid.</summary>
    public async Task<GiftbitGift?> FindGiftAsync(string uuid, CancellationToken cancellationToken)
    {
        var answer = await FindAsync($"/gifts/{Segment(uuid)}", e => e.Gift is not null || e.Info is not null, cancellationToken).ConfigureAwait(false);
        return answer?.Gift is { } gift ? GiftbitReading.Gift(gift) : null;
    }

    /// <summary>Has Giftbit send an e-mail gift again (link gifts have no mail of Giftbit's).</summary>
    /// <exception cref="GiftProviderException">Refused, or unclear: it is not repeated, since each call sends a mail.</exception>
    public async Task<GiftbitGift> ResendGiftAsync(string uuid, CancellationToken cancellationToken)
    {
        var path = $"/gifts/{Segment(uuid)}";
        var result = await SendAsync(HttpMethod.Put, path, """{"resend":true}"""u8.ToArray(), mayRepeat: false, e => e.Gift is not null, cancellationToken).ConfigureAwait(false);
        if (result.Value is null) throw Refusal(result.Answer, HttpMethod.Put, path, isDefinitive: result.Answer.Status < 500);
        return GiftbitReading.Gift(result.Value.Gift!) ?? throw Refusal(result.Answer, HttpMethod.Put, path, isDefinitive: false);
    }

    /// <summary>Cancels an unclaimed gift and tells how it stands afterwards.</summary>
    /// <returns>The gift as Giftbit now has it, cancelled.</returns>
    /// <exception cref="GiftProviderException">
    /// <c>GiftbitNotFound</c>; <c>GiftbitGiftNotCancelled</c>: it is claimed, expired, or Giftbit does not want to;
    /// <c>GiftbitCancelUnclear</c>: it could not be found out (ask again later).
    /// </exception>
    public async Task<GiftbitGift> CancelGiftAsync(string uuid, CancellationToken cancellationToken)
    {
        var path = $"/gifts/{Segment(uuid)}";
        HttpResult<GiftbitEnvelope>? result = null;
        GiftProviderException? fault = null;
        try
        {
            // A second cancellation does nothing more than the first.
            result = await SendAsync(HttpMethod.Delete, path, null, mayRepeat: true, e => e.Gift is not null || e.Info is not null, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (!e.IsDefinitive)
        {
            fault = e;
        }
        if (result?.Value?.Gift is { } gift && IsCancelled(gift.Status) && GiftbitReading.Gift(gift) is { } cancelled) return cancelled;
        if (result?.Answer.Status is 401 or 403) throw Refusal(result.Answer, HttpMethod.Delete, path, isDefinitive: true);

        // Refused or unclear: what a second cancellation or one after the claim answers is not known (§5.3), so the gift itself decides.
        var now = await AfterCancelAsync(uuid, fault, cancellationToken).ConfigureAwait(false);
        if (now is null)
            throw new GiftProviderException("GiftbitNotFound", GiftbitText.Unknown("gift", uuid), isDefinitive: true, result?.Answer.Status, remedy: GiftbitText.NotFoundRemedy);
        if (IsCancelled(now.Status)) return now;
        var isClear = result is { Answer.Status: < 500 and not 429 };
        throw new GiftProviderException(
            "GiftbitGiftNotCancelled", GiftbitText.NotCancelled(uuid, now.Status), isDefinitive: isClear || now.Status != "SENT_AND_REDEEMABLE",
            result?.Answer.Status, result is null ? null : GiftbitErrors.CodeOf(result.Answer, token), fault, GiftbitText.CancelRemedy);
    }

    /// <summary>The links of an order, apart from its gifts and without recipients (§4).</summary>
    /// <param name="orderId">Client id of the order.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException"><c>GiftbitNotFound</c>, <c>GiftbitNotLinkOrder</c>, <c>GiftbitLinksInactive</c>, <c>GiftbitRequestRefused</c>.</exception>
    public async Task<OrderLinks> GetLinksAsync(string orderId, CancellationToken cancellationToken)
    {
        if (await GetLinkPageAsync(orderId, 0, cancellationToken).ConfigureAwait(false) is not { } first) return new OrderLinks(false, []);
        var links = new List<GiftLink>();
        var pages = GiftbitPaging.ReadAsync("links", async (offset, cancel) =>
        {
            if (Interlocked.Exchange(ref first, null) is { } page) return page;
            // Ready a moment ago and not any more: read it as an empty page, which the count will show.
            return await GetLinkPageAsync(orderId, offset, cancel).ConfigureAwait(false) ?? new GiftbitPage<GiftLink>([], 0, null);
        }, l => l.Hash(), cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false)) links.AddRange(page);
        return new OrderLinks(true, links);
    }

    private async Task<GiftbitPage<GiftLink>?> GetLinkPageAsync(string orderId, int offset, CancellationToken cancellationToken)
    {
        var path = Query($"/links/{Segment(orderId)}", ("limit", Number(LinksPerPage)), ("offset", Number(offset)));
        var answer = await GetAsync(path, e => e.ShortLinks is not null || e.Info?.Code is not null, cancellationToken).ConfigureAwait(false);
        // Not ready is a 200 with information alone (§4).
        if (answer.Info?.Code == "INFO_LINKS_GENERATION_IN_PROGRESS" || answer.ShortLinks is null) return null;
        return new([.. answer.ShortLinks.Select(l => GiftbitReading.Link(l.ShortLink)).OfType<GiftLink>()], answer.ShortLinks.Count, answer.TotalCount);
    }

    private async Task<GiftbitGift?> AfterCancelAsync(string uuid, GiftProviderException? fault, CancellationToken cancellationToken)
    {
        try
        {
            return await FindGiftAsync(uuid, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e)
        {
            throw new GiftProviderException("GiftbitCancelUnclear", GiftbitText.CancelUnclear(uuid), isDefinitive: false, inner: fault ?? e, remedy: GiftbitText.UnavailableRemedy);
        }
    }

    private static bool IsCancelled(string? status) => status == "GIVER_CANCELLED";

    private static string? Time(DateTimeOffset? instant) => instant is { } at ? GiftbitTime.Write(at) : null;
}
