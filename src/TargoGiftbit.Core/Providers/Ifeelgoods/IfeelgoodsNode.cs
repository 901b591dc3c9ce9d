using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// A place in an answer, read tolerantly: what is missing or of another kind is absent, numbers may be texts, times have any offset
/// (reference/ifeelgoods.md §2).
/// </summary>
internal readonly struct IfeelgoodsNode
{
    private readonly JsonElement element;

    private IfeelgoodsNode(JsonElement element) => this.element = element;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is not JSON, or cut short.</exception>
    public static IfeelgoodsNode Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return new IfeelgoodsNode(document.RootElement.Clone());
    }

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => element.ValueKind == JsonValueKind.Array;

    /// <summary>A field; an absent one is an empty place.</summary>
    public IfeelgoodsNode this[string name] =>
        JsonPlace.TryGet(element, name, out var value) ? new IfeelgoodsNode(value) : default;

    /// <summary>The elements of a list; none when it is no list.</summary>
    public IReadOnlyList<IfeelgoodsNode> Items => IsList ? [.. element.EnumerateArray().Select(item => new IfeelgoodsNode(item))] : [];

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts => [.. Items.Select(item => item.Text).OfType<string>()];

    /// <summary>A text that is not blank, or a number in its place.</summary>
    public string? Text => element.ValueKind switch
    {
        JsonValueKind.String when JsonPlace.TextOf(element) is { } text && !string.IsNullOrWhiteSpace(text) => text.Trim(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    /// <summary>A decimal, also as text.</summary>
    public decimal? Number => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String => decimal.TryParse(JsonPlace.TextOf(element), NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    /// <summary>A truth value, also as text or number.</summary>
    public bool? Truth => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Text?.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => null },
    };

    /// <summary>An instant; without an offset it is UTC.</summary>
    public DateTimeOffset? Time =>
        element.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(JsonPlace.TextOf(element), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    /// <summary>A day; of an instant, the day it names.</summary>
    public DateOnly? Day =>
        Text is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
