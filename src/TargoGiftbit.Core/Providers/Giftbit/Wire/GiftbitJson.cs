using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TargoGiftbit.Core.Providers.Giftbit.Wire;

/// <summary>How Giftbit's answers are read: unknown fields ignored, missing ones tolerated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GiftbitEnvelope))]
[JsonSerializable(typeof(WireFund))]
internal sealed partial class GiftbitJson : JsonSerializerContext
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not JSON, or cut short.</exception>
    public static GiftbitEnvelope Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Default.GiftbitEnvelope) ?? throw new JsonException();
}

/// <summary>How orders are written and read back.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireOrder))]
internal sealed partial class OrderJson : JsonSerializerContext
{
    // Accents as themselves: a third smaller, and readable where the stored bytes are looked at. It is no HTML.
    private static readonly OrderJson Relaxed = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes an order: the same order always gives the same bytes.</summary>
    public static byte[] Write(WireOrder order) => JsonSerializer.SerializeToUtf8Bytes(order, Relaxed.WireOrder);

    /// <summary>Reads the bytes of an order back.</summary>
    /// <exception cref="JsonException">They are none.</exception>
    public static WireOrder Read(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, Relaxed.WireOrder) ?? throw new JsonException();
}
