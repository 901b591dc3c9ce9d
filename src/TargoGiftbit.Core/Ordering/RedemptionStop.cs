using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Ordering;

/// <summary>Cancels redemptions and records it for the gifts of the ledger they belong to. What Ifeelgoods answers decides, never what was asked.</summary>
/// <param name="provider">Ifeelgoods, in the redemptions' environment.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="clock">The clock.</param>
public sealed class RedemptionStop(IfeelgoodsProvider provider, GiftLedger ledger, TimeProvider clock)
{
    /// <summary>Cancels a redemption.</summary>
    /// <param name="redemption">The redemption as it was read.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="reason">The operator's words for the gift's history, or null.</param>
    /// <param name="cancellationToken">Ends the call; whether it was canceled is then not known.</param>
    /// <returns>The redemption, canceled.</returns>
    /// <exception cref="GiftProviderException"><c>IfeelgoodsNotCancelable</c>, <c>IfeelgoodsCancelUnclear</c>; nothing is recorded as refunded.</exception>
    public async Task<IfeelgoodsRedemption> StopAsync(IfeelgoodsRedemption redemption, GiftEnvironment environment, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(redemption);
        var gift = GiftOf(redemption, environment);
        if (gift is not null) ledger.History.Add(environment, gift.CampaignId, gift.Row, "RevocationAsked", reason);
        var after = await provider.Api.CancelAsync(redemption, cancellationToken).ConfigureAwait(false);
        if (gift is null) return after;
        ledger.Gifts.StoreStatuses([(gift.Identity, IfeelgoodsProvider.Describe(after, gift.OrderId!))]);
        // The last open gift of a campaign takes its polls with it.
        StatusReconciler.Reschedule(ledger, clock, environment, gift.CampaignId, polledAt: null);
        return after;
    }

    // Another account's order may bear the same id: the promotion must be the campaign's own.
    private Gift? GiftOf(IfeelgoodsRedemption redemption, GiftEnvironment environment)
    {
        if (redemption.OrderId is not { } order) return null;
        var gift = ledger.Gifts.OfOrder(environment, order).FirstOrDefault(g => g.Provider == provider.Name);
        if (gift is null) return null;
        var promotion = ledger.Campaigns.Get(environment, gift.CampaignId).Program;
        return redemption.PromotionId is null || redemption.PromotionId == promotion ? gift : null;
    }
}
