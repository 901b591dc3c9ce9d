using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// Places an order so that it exists once, whatever happens on the way (spec B3): the stored bytes are posted, and every answer
/// that does not settle the matter is settled by asking for the order under its id.
/// </summary>
internal sealed class GiftbitPlacing(GiftbitApi api)
{
    private const string Differs = "GiftbitOrderDiffers";
    private const int GiftsToCompare = 500;

    public async Task<OrderAnswer> PlaceAsync(PreparedOrder order, CancellationToken cancellationToken)
    {
        var ours = Read(order);
        HttpResult<GiftbitEnvelope> posted;
        try
        {
            posted = await api.PostOrderAsync(order.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e.IsDefinitive)
        {
            // This attempt certainly failed; one before it, perhaps in another process, may not have.
            throw new GiftProviderException(e.Code, e.Message, isDefinitive: false, e.Status, e.ProviderCode, e.InnerException, e.Remedy);
        }
        catch (GiftProviderException e)
        {
            return await SettleAsync(ours, e, cancellationToken).ConfigureAwait(false) ?? throw Unsettled(order.OrderId, e);
        }

        if (posted.Value is { } envelope)
        {
            return await AskingAsync(ours, null, () => envelope.Campaign is { } campaign
                    ? AcceptAsync(ours, GiftbitReading.Order(campaign), StateOf(envelope.Info?.Code), isReplay: false, cancellationToken)
                    : FindAsync(ours, cancellationToken)).ConfigureAwait(false)
                ?? throw Unsettled(order.OrderId, null);
        }

        var refusal = api.Refusal(posted.Answer, HttpMethod.Post, "/campaign", isDefinitive: false);
        // Nothing can be asked with a refused token, and a service in trouble says nothing about the order.
        if (posted.Answer.Status is not (400 or 402 or 404 or 405 or 409 or 410 or 422)) throw refusal;
        return await SettleAsync(ours, refusal, cancellationToken).ConfigureAwait(false) ?? throw Refusal(ours, posted.Answer, refusal);
    }

    private static WireOrder Read(PreparedOrder order)
    {
        try
        {
            return OrderJson.Read(order.Body.Span);
        }
        catch (JsonException)
        {
            // Without the exception: its text could show a customer's data.
            throw new GiftDataException("OrderBodyInvalid", GiftbitText.BodyInvalid(order.OrderId));
        }
    }

    private Task<OrderAnswer?> SettleAsync(WireOrder ours, GiftProviderException? cause, CancellationToken cancellationToken) =>
        AskingAsync(ours, cause, () => FindAsync(ours, cancellationToken));

    /// <summary>A question that gets no answer leaves the order unsettled: never refused, whatever the question itself came to.</summary>
    private static async Task<OrderAnswer?> AskingAsync(WireOrder ours, GiftProviderException? cause, Func<Task<OrderAnswer?>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (GiftProviderException e) when (e.Code != Differs)
        {
            throw new GiftProviderException(
                "GiftbitOrderUnsettled", GiftbitText.CannotSettle(ours.Id), isDefinitive: false, cause?.Status ?? e.Status, cause?.ProviderCode, cause ?? e, GiftbitText.UnsettledRemedy);
        }
    }

    /// <summary>The order as Giftbit has it, when it has it and it is the same; null when it has none.</summary>
    private async Task<OrderAnswer?> FindAsync(WireOrder ours, CancellationToken cancellationToken) =>
        await api.FindOrderAsync(ours.Id, cancellationToken).ConfigureAwait(false) is { } theirs
            ? await AcceptAsync(ours, theirs, null, isReplay: true, cancellationToken).ConfigureAwait(false)
            : await FromGiftsAsync(ours, cancellationToken).ConfigureAwait(false);

    private async Task<OrderAnswer?> AcceptAsync(WireOrder ours, GiftbitOrder theirs, OrderState? state, bool isReplay, CancellationToken cancellationToken)
    {
        Compare(ours, OrderComparison.Differences(ours, theirs));
        // Without contacts in the answer, only the gifts can tell whose order it is; a fresh one has none yet.
        if (theirs.Contacts.Count == 0 && (isReplay || theirs.Status != "API_CREATING"))
        {
            var page = await GiftsOfAsync(ours, theirs.Uuid, cancellationToken).ConfigureAwait(false);
            Compare(ours, OrderComparison.Differences(ours, page.Rows, page.Total));
        }
        var (named, unnamed) = OrderComparison.Refused(ours, theirs);
        return new OrderAnswer
        {
            State = state ?? (theirs.Status == "AWAITING_FUNDS" ? OrderState.FundsRequired : OrderState.Created),
            ProviderOrderId = theirs.Uuid,
            WasReplay = isReplay,
            RefusedContacts = [.. named.Select(r => (r.Email, Redaction.Clean(r.Reason)))],
            RefusedUnnamed = unnamed,
            TotalCost = theirs.Total,
        };
    }

    /// <summary>Some versions of the service may show an order's gifts and not the order.</summary>
    private async Task<OrderAnswer?> FromGiftsAsync(WireOrder ours, CancellationToken cancellationToken)
    {
        var page = await GiftsOfAsync(ours, null, cancellationToken).ConfigureAwait(false);
        if (page.Rows.Count == 0) return null;
        Compare(ours, OrderComparison.Differences(ours, page.Rows, page.Total));
        return new OrderAnswer { State = OrderState.Created, ProviderOrderId = page.Rows[0].CampaignUuid, WasReplay = true };
    }

    private async Task<GiftbitPage<GiftbitGift>> GiftsOfAsync(WireOrder ours, string? uuid, CancellationToken cancellationToken)
    {
        var filter = uuid is null ? new GiftbitGiftFilter { CampaignId = ours.Id } : new GiftbitGiftFilter { CampaignUuid = uuid };
        try
        {
            var page = await api.GetGiftPageAsync(filter, GiftsToCompare, 0, cancellationToken).ConfigureAwait(false);
            // A server that does not heed the filter lists the gifts of other orders too.
            var own = page.Rows.Where(g => uuid is null ? g.CampaignId == ours.Id : (g.CampaignUuid ?? uuid) == uuid).ToList();
            return own.Count == page.Rows.Count ? page : new GiftbitPage<GiftbitGift>(own, own.Count, own.Count);
        }
        catch (GiftProviderException e) when (e.Status is 400 or 404 or 422)
        {
            return new GiftbitPage<GiftbitGift>([], 0, 0);
        }
    }

    private GiftProviderException Refusal(WireOrder ours, HttpAnswer answer, GiftProviderException refusal)
    {
        // It says "repeated or invalid", and shows no such order: it may yet appear, so it cannot be taken for refused.
        if (refusal.ProviderCode == "ERROR_CAMPAIGN_INVALID_ID")
            return new GiftProviderException("GiftbitOrderIdRefused", GiftbitText.IdRefused(ours.Id), isDefinitive: false, answer.Status, refusal.ProviderCode, refusal, GiftbitText.IdRemedy);
        // No code is known for this (§2.4 "code unknown"): the field's wire name in the text is all there is. Nothing was ordered either way.
        if (ours.LinkCount is null && answer.Status is 400 or 422 && api.WordsOf(answer).Contains("link_count", StringComparison.Ordinal))
            return new GiftProviderException(ProviderCodes.LinkCountRequired, refusal.Message, isDefinitive: true, answer.Status, refusal.ProviderCode, remedy: GiftbitText.LinkCountRemedy);
        return api.Refusal(answer, HttpMethod.Post, "/campaign", isDefinitive: true);
    }

    private static void Compare(WireOrder ours, IReadOnlyList<string> differences)
    {
        if (differences.Count > 0)
            throw new GiftProviderException(Differs, GiftbitText.Differs(ours.Id, differences), isDefinitive: true, remedy: GiftbitText.DiffersRemedy);
    }

    // reference/giftbit.md §2.2: three outcomes, all with HTTP 200.
    private static OrderState? StateOf(string? code) => code switch
    {
        "INFO_CAMPAIGN_CREATED" => OrderState.Created,
        "INFO_CAMPAIGN_CREATED_FUNDS_REQUIRED" => OrderState.FundsRequired,
        "INFO_CAMPAIGN_CREATED_FUNDS_PENDING" => OrderState.FundsPending,
        _ => null,
    };

    private static GiftProviderException Unsettled(string orderId, GiftProviderException? cause) => new(
        "GiftbitOrderUnsettled", GiftbitText.Unsettled(orderId), isDefinitive: false, cause?.Status, cause?.ProviderCode, cause, GiftbitText.UnsettledRemedy);
}
