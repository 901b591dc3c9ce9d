using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Providers.Giftbit.Wire;

/// <summary>An order as Giftbit tells it (reference/giftbit.md §2.2).</summary>
internal sealed class WireCampaign
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Uuid { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Status { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? DeliveryType { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Message { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Subject { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? PriceInCents { get; init; }

    [JsonConverter(typeof(TolerantListConverter<string>))]
    public List<string>? BrandCodes { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Region { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Expiry { get; init; }

    [JsonConverter(typeof(TolerantListConverter<WireContact>))]
    public List<WireContact>? Contacts { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? ContactsSuccessCount { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? ContactsFailureCount { get; init; }

    // The attribute list of the documents writes these without the s; samples and recordings with it.
    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? ContactSuccessCount { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? ContactFailureCount { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? LinkCount { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<WireFees>))]
    public WireFees? Fees { get; init; }
}

/// <summary>A contact in the answer to an order.</summary>
internal sealed class WireContact
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Email { get; init; }

    [JsonPropertyName("added_successfully"), JsonConverter(typeof(TolerantTruthConverter))]
    public bool? Added { get; init; }

    // Sic: the recordings and the older documents (reference/giftbit.md §2.2).
    [JsonPropertyName("added_succesfully"), JsonConverter(typeof(TolerantTruthConverter))]
    public bool? AddedMisspelt { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Message { get; init; }
}

/// <summary>What an order costs.</summary>
internal sealed class WireFees
{
    [JsonConverter(typeof(TolerantListConverter<WireCostEntry>))]
    public List<WireCostEntry>? CostEntries { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? TotalInCents { get; init; }
}

/// <summary>One line of the cost.</summary>
internal sealed class WireCostEntry
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Currency { get; init; }
}

/// <summary>A brand, as a row of the list or with its prices (reference/giftbit.md §7).</summary>
internal sealed class WireBrand
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? BrandCode { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Name { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? ImageUrl { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Disclaimer { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Description { get; init; }

    [JsonConverter(typeof(TolerantListConverter<string>))]
    public List<string>? Regions { get; init; }

    [JsonPropertyName("fund_currencyisocode"), JsonConverter(typeof(TolerantTextConverter))]
    public string? Currency { get; init; }

    [JsonConverter(typeof(TolerantTruthConverter))]
    public bool? VariablePrice { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? MinPriceInCents { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? MaxPriceInCents { get; init; }

    [JsonConverter(typeof(TolerantListConverter<string>))]
    public List<string>? AllowedPricesInCents { get; init; }
}

/// <summary>A region of the catalogue.</summary>
internal sealed class WireRegion
{
    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? Name { get; init; }

    [JsonConverter(typeof(TolerantTextConverter))]
    public string? ImageUrl { get; init; }
}

/// <summary>The balance in one currency.</summary>
internal sealed class WireFund
{
    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? AvailableInCents { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? PendingInCents { get; init; }

    [JsonConverter(typeof(TolerantNumberConverter))]
    public long? ReservedInCents { get; init; }
}
