using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>An order (Giftbit: campaign) as Giftbit tells it (reference/giftbit.md §2.2, §3).</summary>
public sealed record GiftbitOrder
{
    /// <summary>Giftbit's id.</summary>
    public string? Uuid { get; init; }

    /// <summary>The client id.</summary>
    public string? Id { get; init; }

    /// <summary><c>API_CREATING</c>, <c>AWAITING_FUNDS</c>, <c>CAMPAIGN_CREATED</c>, or an unknown word as it came.</summary>
    public string? Status { get; init; }

    /// <summary><c>SHORTLINK</c>, <c>GIFTBIT_EMAIL</c>, <c>DIRECT_LINK</c>.</summary>
    public string? DeliveryType { get; init; }

    /// <summary>Message on the gift page.</summary>
    public string? Message { get; init; }

    /// <summary>Subject of Giftbit's own mail.</summary>
    public string? Subject { get; init; }

    /// <summary>Face value of each gift, in cents.</summary>
    public long? PriceInCents { get; init; }

    /// <summary>Brands to choose from; empty when a region was ordered, or when not told.</summary>
    public IReadOnlyList<string> BrandCodes { get; init; } = [];

    /// <summary>Region ordered, by name.</summary>
    public string? Region { get; init; }

    /// <summary>Last day, as it came.</summary>
    public string? Expiry { get; init; }

    /// <summary>The contacts as far as told: a link order may come back without any.</summary>
    public IReadOnlyList<GiftbitContact> Contacts { get; init; } = [];

    /// <summary>Contacts taken, when told.</summary>
    public long? ContactsTaken { get; init; }

    /// <summary>Contacts refused, when told.</summary>
    public long? ContactsRefused { get; init; }

    /// <summary>Links ordered, when told.</summary>
    public long? LinkCount { get; init; }

    /// <summary>What is charged or reserved in all; null when not told, or without a currency.</summary>
    public Money? Total { get; init; }

    /// <summary>The client id.</summary>
    public override string ToString() => Id ?? Uuid ?? "";
}

/// <summary>A contact in the answer to an order.</summary>
/// <param name="Email">Its address.</param>
/// <param name="Added">Whether Giftbit took it; null when not told.</param>
/// <param name="Message">Giftbit's words on it.</param>
public sealed record GiftbitContact(string Email, bool? Added, string? Message);
