using System.Text.Json;

namespace TargoGiftbit.Core.Http;

/// <summary>
/// Reads texts and fields of an answer that may hold half a surrogate pair, or bytes that are no UTF-8: JSON lets them through, and
/// reading them throws. One such text must not cost the rest of the answer, so it counts as absent.
/// </summary>
internal static class JsonPlace
{
    /// <summary>The text of a string; null when it cannot be read, or is no string.</summary>
    public static string? TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A field of an object; false when it is absent, or the names around it cannot be read.</summary>
    public static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
