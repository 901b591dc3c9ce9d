using System.Globalization;
using System.Text.Json;

namespace TargoGiftbit.Core.Ledger;

/// <summary>How a column of the ledger is written in an archive: names in camel case, instants in ISO 8601, flags as booleans.</summary>
internal static class ArchiveColumn
{
    private const string Instant = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string NameOf(string column) => string.Concat(column.Split('_').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    public static void Write(Utf8JsonWriter json, string column, object? value)
    {
        json.WritePropertyName(NameOf(column));
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case long ms when IsInstant(column): json.WriteStringValue(DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString(Instant, CultureInfo.InvariantCulture)); break;
            case long flag when IsFlag(column): json.WriteBooleanValue(flag != 0); break;
            case long number: json.WriteNumberValue(number); break;
            case string text when IsList(column): json.WriteRawValue(text); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <exception cref="FormatException">The value does not suit the column.</exception>
    public static object? Read(JsonElement value, string column) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => 1L,
        JsonValueKind.False => 0L,
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.Array when IsList(column) => value.GetRawText(),
        JsonValueKind.String when IsInstant(column) => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds(),
        JsonValueKind.String when column is "body" or "fingerprint" => value.GetBytesFromBase64(),
        JsonValueKind.String => value.GetString(),
        _ => throw new FormatException(NameOf(column)),
    };

    private static bool IsInstant(string column) => column is "at" or "lease_until" || column.EndsWith("_at", StringComparison.Ordinal);

    private static bool IsFlag(string column) => column == "open_is_weak" || column.StartsWith("is_", StringComparison.Ordinal);

    private static bool IsList(string column) => column == "brand_codes";
}
