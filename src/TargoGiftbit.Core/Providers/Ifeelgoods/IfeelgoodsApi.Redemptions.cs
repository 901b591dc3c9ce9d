using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <content>Redemptions (reference/ifeelgoods.md §3, §4). Their ids are part of customers' links and stay out of every message.</content>
public sealed partial class IfeelgoodsApi
{
    private const string ShownRedemption = "/redemptions/•••";

    /// <summary>Lists the redemptions of a promotion, page by page, each once.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="filter">Which ones; null for all.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException">
    /// <c>IfeelgoodsListTooLong</c>: more rows than Ifeelgoods sorts. <c>IfeelgoodsListIncomplete</c>: after what could be read.
    /// </exception>
    public IAsyncEnumerable<IReadOnlyList<IfeelgoodsRedemption>> ListRedemptionsAsync(string promotionId, IfeelgoodsRedemptionFilter? filter, CancellationToken cancellationToken) =>
        PagesAsync(
            $"/promotions/{Segment(promotionId)}/redemptions",
            [("reward_sku", filter?.RewardSku), ("user_email", filter?.UserEmail), ("order_id", filter?.OrderId), ("state", filter?.State)],
            IfeelgoodsReading.Redemption, redemption => redemption.RevealId(), cancellationToken);

    /// <summary>One redemption by its own id; null when there is none.</summary>
    public async Task<IfeelgoodsRedemption?> FindRedemptionAsync(string redemptionId, CancellationToken cancellationToken) =>
        await FindAsync($"/redemptions/{Segment(redemptionId)}", ShownRedemption, cancellationToken).ConfigureAwait(false) is { } node
            ? IfeelgoodsReading.Redemption(node) : null;

    /// <summary>The redemption of an order; null when there is none.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="orderId">The order's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IfeelgoodsRedemption?> FindOrderAsync(string promotionId, string orderId, CancellationToken cancellationToken)
    {
        var filter = new IfeelgoodsRedemptionFilter { OrderId = orderId };
        await foreach (var page in ListRedemptionsAsync(promotionId, filter, cancellationToken).ConfigureAwait(false))
        {
            // Whether the filter compares the whole id is not told: a part of one would find another customer's.
            if (page.FirstOrDefault(redemption => redemption.OrderId == orderId) is { } found) return found;
        }
        return null;
    }

    /// <summary>The printable card of a redeemed redemption.</summary>
    /// <param name="redemptionId">Its own id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bytes of the PDF: worth money like the code.</returns>
    /// <exception cref="GiftProviderException"><c>IfeelgoodsNotFound</c>; <c>IfeelgoodsNoPdf</c>: there is none, or something else came.</exception>
    public async Task<ReadOnlyMemory<byte>> GetPdfAsync(string redemptionId, CancellationToken cancellationToken)
    {
        var ask = new HttpAsk(HttpMethod.Get, new Uri($"{root}/redemptions/{Segment(redemptionId)}"))
        {
            Accept = "application/pdf",
            ShownPath = ShownRedemption,
            Credential = connection.KeySecret,
            Headers = await authorization.HeadersAsync(cancellationToken).ConfigureAwait(false),
        };
        try
        {
            var result = await http.SendAsync(ask, answer => answer.Body, cancellationToken).ConfigureAwait(false);
            if (result.Answer.IsSuccess && result.Value.Span.StartsWith("%PDF-"u8)) return result.Value;
            if (result.Answer.IsSuccess || result.Answer.Status == 406)
                throw new GiftProviderException("IfeelgoodsNoPdf", IfeelgoodsText.Failed($"GET {ShownRedemption}", result.Answer.ToString()), isDefinitive: true, result.Answer.Status, remedy: IfeelgoodsText.PdfRemedy);
            throw Refusal(result.Answer, HttpMethod.Get, ShownRedemption, isDefinitive: true);
        }
        catch (HttpFaultException e)
        {
            throw IfeelgoodsErrors.From(e, isDefinitive: true);
        }
    }

    /// <summary>Cancels a redemption and tells how it stands afterwards.</summary>
    /// <param name="redemption">The redemption as it was read.</param>
    /// <param name="cancellationToken">Ends the call; whether it was canceled is then not known.</param>
    /// <returns>The redemption, canceled.</returns>
    /// <exception cref="GiftProviderException">
    /// <c>IfeelgoodsNotCancelable</c>: it is redeemed, or Ifeelgoods does not want to; <c>IfeelgoodsCancelUnclear</c>: it could not be found out.
    /// </exception>
    public async Task<IfeelgoodsRedemption> CancelAsync(IfeelgoodsRedemption redemption, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(redemption);
        if (IsCanceled(redemption)) return redemption;
        if (!redemption.IsCancelable) throw NotCancelable(redemption, null);
        GiftProviderException? fault = null;
        try
        {
            var path = $"/redemptions/{Segment(redemption.RevealId())}/actions/cancel";
            var result = await PostAsync(path, "{}"u8.ToArray(), ShownRedemption + "/actions/cancel", cancellationToken).ConfigureAwait(false);
            if (result.Answer.IsSuccess && IfeelgoodsReading.Redemption(result.Value["data"]) is { } after && IsCanceled(after)) return after;
            if (result.Answer.Status is 401 or 403) throw Refusal(result.Answer, HttpMethod.Post, ShownRedemption + "/actions/cancel", isDefinitive: true);
        }
        catch (GiftProviderException e) when (!e.IsDefinitive)
        {
            fault = e;
        }

        // Refused or unclear: the redemption itself decides, since a first attempt may have canceled it and the second was refused.
        IfeelgoodsRedemption? now;
        try
        {
            now = await FindRedemptionAsync(redemption.RevealId(), cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e)
        {
            throw new GiftProviderException("IfeelgoodsCancelUnclear", IfeelgoodsText.CancelUnclear(Shown(redemption)), isDefinitive: false, inner: fault ?? e, remedy: IfeelgoodsText.UnavailableRemedy);
        }
        return now is not null && IsCanceled(now) ? now : throw NotCancelable(now ?? redemption, fault);
    }

    private static bool IsCanceled(IfeelgoodsRedemption redemption) => redemption.State is "canceled" or "cancelled";

    // Theirs, not ours: anything may stand in its place.
    private static string Shown(IfeelgoodsRedemption redemption) => redemption.OrderId is { } order ? Redaction.Clean(order, 100) : "•••";

    private static GiftProviderException NotCancelable(IfeelgoodsRedemption redemption, Exception? inner) => new(
        "IfeelgoodsNotCancelable", IfeelgoodsText.NotCancelable(Shown(redemption), redemption.State), isDefinitive: inner is null, inner: inner, remedy: IfeelgoodsText.CancelRemedy);
}

/// <summary>Which redemptions to list; null fields do not narrow.</summary>
public sealed record IfeelgoodsRedemptionFilter
{
    /// <summary>Reward.</summary>
    public string? RewardSku { get; init; }

    /// <summary>User's address.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Order id.</summary>
    public string? OrderId { get; init; }

    /// <summary>State, in Ifeelgoods' word.</summary>
    public string? State { get; init; }
}
