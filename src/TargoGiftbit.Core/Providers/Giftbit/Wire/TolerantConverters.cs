using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TargoGiftbit.Core.Providers.Giftbit.Wire;

/// <summary>A text, or a number or truth value in its place; anything else counts as absent.</summary>
internal sealed class TolerantTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean() ? "true" : "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A whole number, also as text or with a fraction of zero; anything else counts as absent.</summary>
internal sealed class TolerantNumberConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var whole) ? whole : reader.TryGetDecimal(out var number) ? Whole(number) : null;
        if (reader.TokenType == JsonTokenType.String)
        {
            return decimal.TryParse(reader.GetString(), NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                ? Whole(number) : null;
        }
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static long? Whole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
}

/// <summary>A truth value, also as text or number; anything else counts as absent.</summary>
internal sealed class TolerantTruthConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) ? number != 0 : null;
            case JsonTokenType.String:
                return reader.GetString() switch { "true" or "True" or "1" => true, "false" or "False" or "0" => false, _ => null };
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>An object; anything else in its place counts as absent.</summary>
/// <typeparam name="T">The object's type.</typeparam>
internal sealed class TolerantObjectConverter<T> : JsonConverter<T?>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A list; null or anything else in its place is an empty one, and what is no element of it is left out.</summary>
/// <typeparam name="T">The elements' type.</typeparam>
internal sealed class TolerantListConverter<T> : JsonConverter<List<T>>
    where T : class
{
    public override bool HandleNull => true;

    public override List<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var list = new List<T>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return list;
        }
        var element = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var expected = typeof(T) == typeof(string) ? JsonTokenType.String : JsonTokenType.StartObject;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == expected) list.Add(JsonSerializer.Deserialize(ref reader, element)!);
            else if (typeof(T) == typeof(string) && reader.TokenType == JsonTokenType.Number) list.Add((T)(object)System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
            else reader.Skip();
        }
        return list;
    }

    public override void Write(Utf8JsonWriter writer, List<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>A map of objects by name; anything else in its place counts as absent, and a value that is no object is left out.</summary>
/// <typeparam name="T">The values' type.</typeparam>
internal sealed class TolerantMapConverter<T> : JsonConverter<Dictionary<string, T>?>
    where T : class
{
    public override Dictionary<string, T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        var value = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) map[name] = JsonSerializer.Deserialize(ref reader, value)!;
            else reader.Skip();
        }
        return map;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, T>? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
