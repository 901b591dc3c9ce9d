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
            return [new ProviderQuery { CreatedFrom = (campaign.OrderedAt ?? campaign.CreatedAt) - WindowMargin }];
        return gifts.Where(g => g.OrderId is not null).Select(g => g.OrderId!).Distinct(StringComparer.Ordinal)
            .Select(order => new ProviderQuery { OrderId = order, ProviderOrderId = order == campaign.CampaignId ? campaign.ProviderCampaignId : null });
    }
}
