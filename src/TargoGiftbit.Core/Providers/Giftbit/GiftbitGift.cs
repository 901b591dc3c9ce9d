using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>A gift as Giftbit tells it (reference/giftbit.md §5.2). Any field but the first may be absent.</summary>
public sealed record GiftbitGift
{
    /// <summary>Giftbit's id of the gift.</summary>
    public required string Uuid { get; init; }

    /// <summary>Giftbit's id of its order.</summary>
    public string? CampaignUuid { get; init; }

    /// <summary>The client id of its order.</summary>
    public string? CampaignId { get; init; }

    /// <summary>For example <c>SENT_AND_REDEEMABLE</c>, <c>REDEEMED</c> (§6); an unknown word as it came.</summary>
    public string? Status { get; init; }

    /// <summary>For example <c>LINKCREATED</c>, <c>DELIVERED</c>, <c>UNSENT</c> (§6).</summary>
    public string? DeliveryStatus { get; init; }

    /// <summary>Face value in cents; may be missing while the brand is not chosen.</summary>
    public long? PriceInCents { get; init; }

    /// <summary>The brand chosen, or the only one.</summary>
    public string? BrandCode { get; init; }

    /// <summary>Recipient's name.</summary>
    public string? RecipientName { get; init; }

    /// <summary>Recipient's address.</summary>
    public string? RecipientEmail { get; init; }

    /// <summary>How often it was sent again.</summary>
    public int? RedeliveryCount { get; init; }

    /// <summary>When it was created.</summary>
    public GiftbitTime? Created { get; init; }

    /// <summary>When it was delivered.</summary>
    public GiftbitTime? Delivered { get; init; }

    /// <summary>When it was redeemed.</summary>
    public GiftbitTime? Redeemed { get; init; }

    /// <summary>The gift's page in Giftbit's web application (needs a login there).</summary>
    public string? ManagementLink { get; init; }

    /// <summary>The link, masked; told by some versions of the service only.</summary>
    public GiftLink? Link { get; init; }

    /// <summary>The uuid.</summary>
    public override string ToString() => Uuid;
}

/// <summary>Which gifts to list; null leaves a filter out (reference/giftbit.md §5.1).</summary>
public sealed record GiftbitGiftFilter
{
    /// <summary>One gift.</summary>
    public string? Uuid { get; init; }

    /// <summary>Gifts of the order with this uuid.</summary>
    public string? CampaignUuid { get; init; }

    /// <summary>Gifts of the order with this client id.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Face value above, in cents.</summary>
    public long? PriceInCentsGreaterThan { get; init; }

    /// <summary>Face value below, in cents.</summary>
    public long? PriceInCentsLessThan { get; init; }

    /// <summary>Part of the recipient's name.</summary>
    public string? RecipientName { get; init; }

    /// <summary>Part of the recipient's address, at least three characters.</summary>
    public string? RecipientEmail { get; init; }

    /// <summary>A delivery status.</summary>
    public string? DeliveryStatus { get; init; }

    /// <summary>A status.</summary>
    public string? Status { get; init; }

    /// <summary>Created at or after; sent as Pacific time.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created at or before.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Delivered at or after.</summary>
    public DateTimeOffset? DeliveredFrom { get; init; }

    /// <summary>Delivered at or before.</summary>
    public DateTimeOffset? DeliveredTo { get; init; }

    /// <summary>Redeemed at or after.</summary>
    public DateTimeOffset? RedeemedFrom { get; init; }

    /// <summary>Redeemed at or before.</summary>
    public DateTimeOffset? RedeemedTo { get; init; }

    /// <summary>Sent again at least so often.</summary>
    public int? RedeliveryCountFrom { get; init; }

    /// <summary>Sent again at most so often.</summary>
    public int? RedeliveryCountTo { get; init; }

    /// <summary>Sort key; the address gives an order that stays the same while a list is paged.</summary>
    public string? Sort { get; init; } = "recipient_email";

    /// <summary>Rising rather than falling.</summary>
    public bool Ascending { get; init; } = true;
}
