using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>What a redemption's state means in this product's words (spec F2).</summary>
internal static class IfeelgoodsStatus
{
    /// <summary>The status, or null for a word that is not known: the enumeration is open (reference/ifeelgoods.md §4).</summary>
    /// <param name="state">The state, in small letters.</param>
    /// <param name="hasLink">Whether the customer's page is told.</param>
    /// <param name="expires">When it ends by itself.</param>
    /// <param name="updated">Last change.</param>
    public static GiftStatus? Of(string state, bool hasLink, DateTimeOffset? expires, DateTimeOffset? updated) => state switch
    {
        "booked" => GiftStatus.New,
        "pending" => hasLink ? GiftStatus.LinkCreated : GiftStatus.New,
        "redeemed" => GiftStatus.Redeemed,
        "denied" or "failed" => GiftStatus.Failed,
        // Nothing says who canceled it; at or after its own end it was its time limit.
        "canceled" or "cancelled" => expires is { } end && updated >= end ? GiftStatus.Expired : GiftStatus.Refunded,
        _ => null,
    };
}
