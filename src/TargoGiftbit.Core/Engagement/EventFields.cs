using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Reads single fields of an event. Each one is let in by its own narrow form, so that a link cannot come in under another
/// name; anything else counts as missing.
/// </summary>
internal static class EventFields
{
    private const int LongestWord = 32;
    private const int LongestError = 60;
    private const int LongestShape = 400;

    /// <summary>An event's or a cause's word: lowercase letters, single blanks and the marks that Mailjet uses.</summary>
    public static string? Word(JsonElement item, string name, int longest = LongestWord)
    {
        var text = Text(item, name)?.Trim().ToLowerInvariant();
        return text is { Length: > 0 } && text.Length <= longest && text.All(c => c is >= 'a' and <= 'z' or ' ' or '_' or '-') ? text : null;
    }

    /// <summary>The cause of a failure. <c>relay/access denied</c> is the one of Mailjet's words with a slash in it (reference/mailjet.md §3).</summary>
    public static string? Error(JsonElement item)
    {
        var text = Text(item, "error")?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        return string.Equals(text, "relay/access denied", StringComparison.OrdinalIgnoreCase) ? "relay/access denied" : Word(item, "error", LongestError) ?? "other";
    }

    /// <summary>A 64-bit id that came as a number or as text; null for 0.</summary>
    public static string? Id(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => "",
        };
        return text.Length is > 0 and <= 20 && text.All(char.IsAsciiDigit) && text.Trim('0').Length > 0 ? text : null;
    }

    /// <summary>Unix seconds, or milliseconds, as a number or as text.</summary>
    public static DateTimeOffset? Time(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => "",
        };
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
        // 10^11 seconds lie three thousand years ahead.
        var seconds = number >= 1e11 ? number / 1000 : number;
        return seconds is > 0 and < 1e11 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
    }

    /// <summary><c>campaign:row</c>.</summary>
    public static string? CustomId(JsonElement item)
    {
        var text = Text(item, "CustomID")?.Trim();
        if (text is null || text.Length > 80) return null;
        var colon = text.LastIndexOf(':');
        return colon is > 0 and <= 64
            && text.AsSpan(0, colon).IndexOfAnyExcept(IdCharacters) < 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0 ? text : null;
    }

    /// <summary>An attempt's id: 32 hexadecimal digits.</summary>
    public static string? AttemptId(JsonElement item)
    {
        var text = Text(item, "Payload")?.Trim();
        return text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower) ? text : null;
    }

    /// <summary>An e-mail address, by its plainest form.</summary>
    public static string? Email(JsonElement item)
    {
        var text = Text(item, "email")?.Trim();
        if (text is null || text.Length is < 3 or > 254) return null;
        var at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && !text.AsSpan().ContainsAny(NotInAddress) ? text : null;
    }

    public static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.GetRawText() != "0",
        JsonValueKind.String => value.GetString() is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The beginning of a text with every letter replaced by a and every digit by 0.</summary>
    public static string Shape(ReadOnlySpan<byte> utf8)
    {
        var shape = new StringBuilder(LongestShape + 1);
        foreach (var b in utf8)
        {
            if (shape.Length == LongestShape) return shape.Append('…').ToString();
            shape.Append((char)b switch
            {
                >= '0' and <= '9' => '0',
                '\t' or '\r' or '\n' => ' ',
                var c when char.IsAsciiLetter(c) || c > '~' || c < ' ' => 'a',
                var c => (char)c,
            });
        }
        return shape.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> NotInAddress = System.Buffers.SearchValues.Create(" /\\:<>\"\r\n\t");

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}
