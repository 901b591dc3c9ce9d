using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>From Giftbit's words to this product's (spec F2; reference/giftbit.md §6).</summary>
public static class GiftbitStatus
{
    /// <summary>The status of a gift; null when Giftbit's word is not known.</summary>
    /// <param name="gift">The gift.</param>
    public static GiftStatus? Of(GiftbitGift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return gift.Status switch
        {
            "SENT_AND_REDEEMABLE" => gift.Link is null && gift.DeliveryStatus is null or "UNSENT" ? GiftStatus.New : GiftStatus.LinkCreated,
            "REDEEMED" or "TO_CHARITY" => GiftStatus.Redeemed,
            "GIVER_CANCELLED" => GiftStatus.Refunded,
            "EXPIRED" => GiftStatus.Expired,
            _ => null,
        };
    }

    /// <summary>Giftbit's own words: status and delivery status.</summary>
    /// <param name="gift">The gift.</param>
    public static string? Raw(GiftbitGift gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return gift.DeliveryStatus is { } delivery ? $"{gift.Status}/{delivery}" : gift.Status;
    }
}
