using System.Collections.Concurrent;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// Places orders so that each is made and billed at most once: a repeat carries the same order id and finds the same redemption
/// (reference/ifeelgoods.md §4); what comes back is compared with what was ordered.
/// </summary>
internal sealed class IfeelgoodsOrders(IfeelgoodsApi api, IfeelgoodsOptions options, TimeProvider clock) : IDisposable
{
    private const int CodeTries = 3;
    private const string ShownActivation = "/redemptions/•••/activate";

    private readonly SemaphoreSlim first = new(1);
    private volatile bool amountProven;
    private volatile bool stopped;
    private readonly ConcurrentDictionary<string, bool> noticed = new();

    /// <summary>Places one order.</summary>
    public async Task<OrderAnswer> PlaceAsync(PreparedOrder order, CancellationToken cancellationToken)
    {
        var ask = Read(order);
        if (!ask.IsFreeValue || amountProven) return await PlaceCheckedAsync(ask, cancellationToken).ConfigureAwait(false);
        // Where the amount stands is not documented (§5): the first order goes alone, and a value that was misread stops the rest.
        await first.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PlaceCheckedAsync(ask, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            first.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => first.Dispose();

    /// <summary>The gift of a redemption in the neutral form.</summary>
    public static ProviderGift Gift(IfeelgoodsRedemption redemption, string promotion, string order, GiftKind kind) => new()
    {
        ProviderGiftId = $"{promotion}/{order}",
        OrderId = order,
        // A code's gift has a page, too, but what the customer gets is the code.
        Status = kind == GiftKind.Code && redemption.Status == GiftStatus.LinkCreated ? GiftStatus.New : redemption.Status,
        RawStatus = redemption.State,
        // A booked page does not work before its activation.
        Link = kind == GiftKind.Link && redemption.State is not "booked" ? redemption.Link : null,
        Codes = kind == GiftKind.Code ? redemption.Codes : [],
        BrandCode = redemption.RewardSku,
        PriceInCents = redemption.Value?.Cents,
        CreatedAt = redemption.CreatedAt,
        RedeemedAt = redemption.RedeemedAt,
    };

    private static IfeelgoodsOrder Read(PreparedOrder order)
    {
        try
        {
            return IfeelgoodsOrder.Read(order.Body);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            throw new GiftProviderException("IfeelgoodsOrderUnreadable", IfeelgoodsText.Unclear(order.OrderId, "unreadable"), isDefinitive: false, inner: e, remedy: IfeelgoodsText.UnclearRemedy);
        }
    }

    private async Task<OrderAnswer> PlaceCheckedAsync(IfeelgoodsOrder ask, CancellationToken cancellationToken)
    {
        if (stopped) throw new GiftProviderException("IfeelgoodsOrdersStopped", IfeelgoodsText.Stopped(ask.OrderId), isDefinitive: true, remedy: IfeelgoodsText.StoppedRemedy);
        var (redemption, isReplay) = await PostAsync(ask, cancellationToken).ConfigureAwait(false);
        Compare(ask, redemption, isReplay);
        // A code that could not be made may be made by the same call again, under the same order id.
        for (var tries = 1; ask.Step == OrderStep.Redeem && redemption.State == "failed" && tries < CodeTries; tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(tries), clock, cancellationToken).ConfigureAwait(false);
            (redemption, _) = await PostAsync(ask, cancellationToken).ConfigureAwait(false);
        }
        if (ask.Step == OrderStep.Book && redemption.State is "booked") redemption = await ActivateAsync(ask, redemption, cancellationToken).ConfigureAwait(false);
        if (ask.Step == OrderStep.Redeem && redemption is { State: "redeemed", Codes.Count: 0 })
            redemption = await DetailAsync(redemption, cancellationToken).ConfigureAwait(false);
        return Answer(ask, redemption, isReplay);
    }

    private OrderAnswer Answer(IfeelgoodsOrder ask, IfeelgoodsRedemption redemption, bool isReplay)
    {
        if (redemption.NotificationChannel.Contains("email", StringComparer.OrdinalIgnoreCase)) Notice("mails", IfeelgoodsText.OwnMails);
        var ends = ask.Step == OrderStep.Redeem ? redemption.CodesExpireAt : redemption.ExpiresAt;
        if (ends is { } end && ask.Expiry is { } stated && redemption.State is not "booked" && end < PacificTime.EndOf(stated)) Notice("expiry", IfeelgoodsText.EndsEarly(end, stated));
        var answer = new OrderAnswer { State = OrderState.Created, WasReplay = isReplay };
        if (redemption.State is "denied" or "failed" or "canceled" or "cancelled")
            return answer with { RefusedContacts = [(ask.Email, IfeelgoodsText.NotMade(redemption.State))] };
        var kind = ask.Step == OrderStep.Redeem ? GiftKind.Code : GiftKind.Link;
        return answer with { Gifts = [Gift(redemption, ask.PromotionId, ask.OrderId, kind)] };
    }

    private async Task<(IfeelgoodsRedemption Redemption, bool IsReplay)> PostAsync(IfeelgoodsOrder ask, CancellationToken cancellationToken)
    {
        // Out of repeats without an answer: the error says that the same order can be sent again, and the caller keeps it open.
        var result = await api.PostAsync(ask.Path, ask.Body, null, cancellationToken).ConfigureAwait(false);
        if (result.Answer.IsSuccess)
            return (IfeelgoodsReading.Redemption(result.Value["data"]) ?? throw Unclear(ask, "not described"), result.Answer.Status == 200 || result.EarlierAttemptMayHaveWorked);
        var isPassing = result.Answer.Status is 408 or 429 or >= 500;
        var refusal = api.Refusal(result.Answer, HttpMethod.Post, ask.Path, isDefinitive: !isPassing && !result.EarlierAttemptMayHaveWorked);
        if (isPassing || refusal.Code == "IfeelgoodsUserMismatch") throw isPassing ? refusal : Definitive(refusal);
        if (refusal.IsDefinitive && refusal.Code != "IfeelgoodsOrderConflict") throw refusal;
        return (await SettleAsync(ask, refusal, cancellationToken).ConfigureAwait(false), true);
    }

    /// <summary>A repeat was refused: before 2015 with 409 (§4), or because an attempt without answer had used up stock or balance. The order itself decides.</summary>
    private async Task<IfeelgoodsRedemption> SettleAsync(IfeelgoodsOrder ask, GiftProviderException refusal, CancellationToken cancellationToken)
    {
        IfeelgoodsRedemption? found;
        try
        {
            found = await api.FindOrderAsync(ask.PromotionId, ask.OrderId, cancellationToken).ConfigureAwait(false);
        }
        catch (GiftProviderException e)
        {
            throw new GiftProviderException("IfeelgoodsOrderUnclear", IfeelgoodsText.Unclear(ask.OrderId, "not known"), isDefinitive: false, inner: e, remedy: IfeelgoodsText.UnclearRemedy);
        }
        if (found is null && refusal.Code == "IfeelgoodsOrderConflict")
            throw new GiftProviderException("IfeelgoodsOrderIdTaken", IfeelgoodsText.IdTaken(ask.OrderId), isDefinitive: true, refusal.Status, refusal.ProviderCode, refusal, IfeelgoodsText.MismatchRemedy);
        if (found is null) throw Definitive(refusal);
        // The page of a list may lack the codes, and a redemption that was only begun is finished by sending it again.
        if (ask.Step == OrderStep.Redeem && found.State is "pending" or "booked") throw Unclear(ask, found.State);
        return found;
    }

    private async Task<IfeelgoodsRedemption> ActivateAsync(IfeelgoodsOrder ask, IfeelgoodsRedemption booked, CancellationToken cancellationToken)
    {
        var path = $"/redemptions/{Uri.EscapeDataString(booked.RevealId())}/{options.ActivatePath.Trim('/')}";
        var result = await api.PostAsync(path, ask.Activation, ShownActivation, cancellationToken).ConfigureAwait(false);
        if (result.Answer.Status is 404 or 405)
        {
            throw new GiftProviderException(
                "IfeelgoodsActivationUnknown", IfeelgoodsText.NoActivation(result.Answer.Status), isDefinitive: true, result.Answer.Status, remedy: IfeelgoodsText.ActivateRemedy);
        }
        if (!result.Answer.IsSuccess) throw api.Refusal(result.Answer, HttpMethod.Post, ShownActivation, isDefinitive: false);
        var active = IfeelgoodsReading.Redemption(result.Value["data"]) ?? throw Unclear(ask, booked.State);
        // Should the state stay "booked", the answer itself is the sign that the page works now.
        return active.State == "booked" ? active with { State = "pending", Status = active.Link is null ? GiftStatus.New : GiftStatus.LinkCreated } : active;
    }

    private async Task<IfeelgoodsRedemption> DetailAsync(IfeelgoodsRedemption redemption, CancellationToken cancellationToken)
    {
        try
        {
            return await api.FindRedemptionAsync(redemption.RevealId(), cancellationToken).ConfigureAwait(false) ?? redemption;
        }
        catch (GiftProviderException)
        {
            // The order is made; its codes are collected later (Get-GiftbitShortlink, Update-GiftStatus).
            return redemption;
        }
    }

    /// <summary>A repeat under a used id may bring another order back: it is told, never taken for ours (spec B3).</summary>
    private void Compare(IfeelgoodsOrder ask, IfeelgoodsRedemption redemption, bool isReplay)
    {
        List<string> differences = [];
        if (redemption.OrderId is { } order && order != ask.OrderId) Add("order id", ask.OrderId, order);
        if (redemption.RewardSku is { } sku && !sku.Equals(ask.RewardSku, StringComparison.OrdinalIgnoreCase)) Add("reward", ask.RewardSku, sku);
        if (redemption.Value is { } value && (value.Cents != ask.Value.Cents || (value.Currency.Length > 0 && value.Currency != ask.Value.Currency)))
            Add("value", ask.Value.ToString(), value.ToString());
        if (differences.Count > 0)
        {
            stopped |= !isReplay || ask.IsFreeValue;
            // A new one that differs was made all the same: the order stays open, so that it is not placed under another id.
            throw new GiftProviderException("IfeelgoodsOrderDiffers", IfeelgoodsText.Differs(ask.OrderId, differences), isDefinitive: isReplay, remedy: isReplay ? IfeelgoodsText.MismatchRemedy : IfeelgoodsText.StoppedRemedy);
        }
        amountProven |= redemption.Value is not null;

        // Theirs is text of a service: anything may stand where an id should, a link too.
        void Add(string field, string our, string their) => differences.Add(IfeelgoodsText.Difference(field, our, Redaction.Clean(their, 100)));
    }

    private void Notice(string kind, string text)
    {
        if (noticed.TryAdd(kind, true)) options.Notice?.Invoke(text);
    }

    private static GiftProviderException Definitive(GiftProviderException refusal) =>
        new(refusal.Code, refusal.Message, isDefinitive: true, refusal.Status, refusal.ProviderCode, refusal.InnerException, refusal.Remedy);

    private static GiftProviderException Unclear(IfeelgoodsOrder ask, string state) =>
        new("IfeelgoodsOrderUnclear", IfeelgoodsText.Unclear(ask.OrderId, state), isDefinitive: false, remedy: IfeelgoodsText.UnclearRemedy);
}
