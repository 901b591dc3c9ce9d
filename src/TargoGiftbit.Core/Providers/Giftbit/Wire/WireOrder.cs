using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Providers.Giftbit.Wire;

/// <summary>
/// The body of <c>POST /campaign</c>, in this order and nothing else (spec B1, A6). Its bytes are stored before the first POST and
/// read back to compare them with what Giftbit holds.
/// </summary>
internal sealed record WireOrder
{
    [JsonPropertyOrder(0)]
    public required string Id { get; init; }

    [JsonPropertyOrder(1)]
    public required string Subject { get; init; }

    [JsonPropertyOrder(2)]
    public required string Message { get; init; }

    [JsonPropertyOrder(3)]
    public required DateOnly Expiry { get; init; }

    [JsonPropertyOrder(4)]
    public required long PriceInCents { get; init; }

    [JsonPropertyOrder(5)]
    public IReadOnlyList<string>? BrandCodes { get; init; }

    [JsonPropertyOrder(6)]
    public string? Region { get; init; }

    [JsonPropertyOrder(7)]
    public required IReadOnlyList<WireRecipient> Contacts { get; init; }

    [JsonPropertyOrder(8)]
    public required string DeliveryType { get; init; }

    [JsonPropertyOrder(9)]
    public int? LinkCount { get; init; }
}

/// <summary>What of a recipient goes to Giftbit.</summary>
internal sealed record WireRecipient
{
    [JsonPropertyOrder(0)]
    public string? Id { get; init; }

    [JsonPropertyOrder(1)]
    public required string Firstname { get; init; }

    [JsonPropertyOrder(2)]
    public required string Lastname { get; init; }

    [JsonPropertyOrder(3)]
    public required string Email { get; init; }
}
