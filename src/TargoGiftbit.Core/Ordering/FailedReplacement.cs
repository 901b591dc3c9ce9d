using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;

namespace TargoGiftbit.Core.Ordering;

/// <summary>
/// Frees gifts that Ifeelgoods could not make for a new order. What may still be made under the old order is cancelled first, or
/// kept: two orders for one gift must never both be billed.
/// </summary>
/// <param name="provider">Ifeelgoods, in the campaign's environment.</param>
/// <param name="ledger">The ledger.</param>
public sealed class FailedReplacement(IfeelgoodsProvider provider, GiftLedger ledger)
{
    /// <summary>Looks at one failed gift and frees it if its old order is certainly dead.</summary>
    /// <param name="gift">One of <see cref="OrderStore.FailedOf"/>.</param>
    /// <param name="promotion">The campaign's promotion.</param>
    /// <param name="kind">The campaign's kind of gift.</param>
    /// <param name="cancellationToken">Ends the calls; the gift is then as it was.</param>
    /// <returns>True when it waits for its next order; false when it was made after all and the ledger now says so.</returns>
    /// <exception cref="OrderException"><c>GiftNotReplaceable</c>: the old order is still under way.</exception>
    /// <exception cref="GiftProviderException">Ifeelgoods could not be asked, or did not cancel; nothing was freed.</exception>
    public async Task<bool> FreeAsync(Gift gift, string promotion, GiftKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gift);
        var redemption = await provider.Api.FindOrderAsync(promotion, gift.OrderId!, cancellationToken).ConfigureAwait(false);
        switch (redemption?.State)
        {
            case "redeemed":
                await KeepAsync(gift, promotion, kind, redemption, cancellationToken).ConfigureAwait(false);
                return false;
            // The code might still be made and billed under the old order.
            case "failed":
                await provider.Api.CancelAsync(redemption, cancellationToken).ConfigureAwait(false);
                break;
            // Nothing was ever made under it, a rule denied it for good, or it is cancelled already.
            case null or "denied" or "canceled" or "cancelled":
                break;
            default:
                throw new OrderException("GiftNotReplaceable", OrderText.NotReplaceable(gift.Identity, redemption!.State), OrderText.NotReplaceableRemedy);
        }
        return ledger.Orders.Release(gift);
    }

    private async Task KeepAsync(Gift gift, string promotion, GiftKind kind, IfeelgoodsRedemption redemption, CancellationToken cancellationToken)
    {
        // A list may lack the codes; without them the gift could never be sent.
        if (kind == GiftKind.Code && redemption.Codes.Count == 0)
            redemption = await provider.Api.FindRedemptionAsync(redemption.RevealId(), cancellationToken).ConfigureAwait(false) ?? redemption;
        var theirs = IfeelgoodsOrders.Gift(redemption, promotion, gift.OrderId!, kind);
        ledger.Atomically(() =>
        {
            ledger.Gifts.StoreCodes([(gift.Identity, theirs.Codes)]);
            return ledger.Gifts.StoreStatuses([(gift.Identity, theirs)]);
        });
    }
}
