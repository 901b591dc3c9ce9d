using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Providers.Giftbit.Wire;

/// <summary>
/// Any answer of Giftbit: each endpoint fills its own part and leaves the rest out. Holds links: never log it.
/// Field names and their variants: reference/giftbit.md §1–§7.
/// </summary>
internal sealed class GiftbitEnvelope
{
    [JsonConverter(typeof(TolerantObjectConverter<WireInfo>))]
    public WireInfo? Info { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<WireInfo>))]
    public WireInfo? Error { get; init; }

    [JsonPropertyName("username"), JsonConverter(typeof(TolerantTextConverter))]
    public string? UserName { get; init; }

    [JsonPropertyName("displayname"), JsonConverter(typeof(TolerantTextConverter))]
    public string? DisplayName { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<WireCampaign>))]
    public WireCampaign? Campaign { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<WireGift>))]
    public WireGift? Gift { get; init; }

    [JsonConverter(typeof(TolerantListConverter<WireGift>))]
    public List<WireGift>? Gifts { get; init; }

    [JsonPropertyName("shortlinks"), JsonConverter(typeof(TolerantListConverter<WireLink>))]
    public List<WireLink>? ShortLinks { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<WireBrand>))]
    public WireBrand? Brand { get; init; }

    [JsonConverter(typeof(TolerantListConverter<WireBrand>))]
    public List<WireBrand>? Brands { get; init; }

    [JsonConverter(typeof(TolerantListConverter<WireRegion>))]
    public List<WireRegion>? Regions { get; init; }

    [JsonPropertyName("fundsbycurrency"), JsonConverter(typeof(TolerantMapConverter<WireFund>))]
    public Dictionary<string, WireFund>? Funds { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? TotalCount { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? Limit { get; init; }
}

/// <summary><c>info</c> or <c>error</c>. Name and message vary and are never decided upon (reference/giftbit.md, head).</summary>
internal sealed class WireInfo
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Code { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Name { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Message { get; init; }
}

/// <summary>One numbered link of <c>/links/{id}</c> (reference/giftbit.md §4).</summary>
internal sealed class WireLink
{
    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? Number { get; init; }

    [JsonPropertyName("shortlink"), JsonConverter(typeof(TolerantTextConverter))]
    public string? ShortLink { get; init; }
}

/// <summary>A gift (reference/giftbit.md §5.2).</summary>
internal sealed class WireGift
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Uuid { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? CampaignUuid { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? CampaignId { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Status { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? DeliveryStatus { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? PriceInCents { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? BrandCode { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? RecipientName { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? RecipientEmail { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? RedeliveryCount { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? CreatedDate { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? DeliveryDate { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? RedeemedDate { get; init; }

    [JsonPropertyName("management_dashboard_link"), JsonConverter(typeof(TolerantTextConverter))]
    public string? ManagementLink { get; init; }

    // As the attribute list of the documents misspells it (reference/giftbit.md §5.2).
    [JsonPropertyName("management_link_dashboard"), JsonConverter(typeof(TolerantTextConverter))]
    public string? ManagementLinkMisspelt { get; init; }

    [JsonPropertyName("shortlink"), JsonConverter(typeof(TolerantTextConverter))]
    public string? ShortLink { get; init; }
}
