using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>Which listings show the gifts of a campaign: one per order, or one window of time where each gift has an order of its own (spec F1).</summary>
internal static class CampaignQueries
{
    // Giftbit's times have no zone (reference/giftbit.md §5.2); a day of margin makes the window safe.
    private static readonly TimeSpan WindowMargin = TimeSpan.FromDays(1);

    public static IEnumerable<ProviderQuery> For(GiftCampaign campaign, IEnumerable<Gift> gifts)
    {
        if (campaign.OrderMode == OrderMode.PerRecipient)
            return [Window(campaign, [.. gifts.Where(g => g.OrderId is not null)])];
        return gifts.Where(g => g.OrderId is not null).Select(g => g.OrderId!).Distinct(StringComparer.Ordinal)
            .Select(order => new ProviderQuery { OrderId = order, ProviderOrderId = order == campaign.CampaignId ? campaign.ProviderCampaignId : null });
    }

    /// <summary>A gift of the code kind that is made at the provider, or may be, and whose codes the ledger lacks.</summary>
    public static bool WantsCodes(GiftCampaign campaign, Gift gift) =>
        campaign.Kind == GiftKind.Code && gift is { OrderId: not null, CodeCount: 0, Status: GiftStatus.New or GiftStatus.LinkCreated or GiftStatus.Redeemed };

    private static ProviderQuery Window(GiftCampaign campaign, IReadOnlyList<Gift> ordered)
    {
        var wanted = ordered.Where(g => WantsCodes(campaign, g)).Select(g => g.OrderId!).ToHashSet(StringComparer.Ordinal);
        return new ProviderQuery
        {
            CreatedFrom = (campaign.OrderedAt ?? campaign.CreatedAt) - WindowMargin,
            Program = campaign.Program,
            Kind = campaign.Kind,
            OrderIds = [.. ordered.Where(g => !g.IsClosed || wanted.Contains(g.OrderId!)).Select(g => g.OrderId!)],
            CodesWanted = wanted,
        };
    }
}
