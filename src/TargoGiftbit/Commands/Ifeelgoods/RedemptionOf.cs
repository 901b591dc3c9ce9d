using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Finds the redemption of a gift of the ledger.</summary>
internal static class RedemptionOf
{
    /// <summary>Asks Ifeelgoods for the gift's order in its campaign's promotion.</summary>
    /// <exception cref="CommandException"><c>GiftOfAnotherProvider</c>, <c>GiftNotOrdered</c>, <c>IfeelgoodsRedemptionNotFound</c>.</exception>
    internal static async Task<IfeelgoodsRedemption> FindAsync(IfeelgoodsApi api, GiftLedger ledger, Gift gift, CancellationToken cancellationToken)
    {
        if (gift.Provider != IfeelgoodsProvider.ProviderName) throw new CommandException("GiftOfAnotherProvider", IfeelgoodsCommandText.OtherProvider(gift, gift.Provider));
        var promotion = ledger.Campaigns.Get(gift.Environment, gift.CampaignId).Program;
        if (gift.OrderId is not { } order || promotion is null) throw new CommandException("GiftNotOrdered", IfeelgoodsCommandText.NotOrdered(gift));
        return await api.FindOrderAsync(promotion, order, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException("IfeelgoodsRedemptionNotFound", IfeelgoodsCommandText.OrderUnknown(order, promotion));
    }
}
