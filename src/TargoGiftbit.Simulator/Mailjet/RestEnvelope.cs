using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>The list form of Mailjet's REST v3 (mailjet.md §4): <c>Count</c>, <c>Data</c>, <c>Total</c>; ten rows unless asked for more.</summary>
internal static class RestEnvelope
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 1000;

    public static Reply Write<T>(ServiceRequest request, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> writeRow)
    {
        var countOnly = request.Query("countOnly") is "1" or "true";
        var limit = request.QueryNumber("Limit") ?? DefaultLimit;
        // Zero asks for as many as are allowed.
        limit = limit <= 0 ? MaxLimit : Math.Min(limit, MaxLimit);
        var offset = Math.Max(0, request.QueryNumber("Offset") ?? 0);
        var page = countOnly ? [] : rows.Skip(offset).Take(limit).ToArray();
        return Reply.Json(200, json =>
        {
            json.WriteNumber("Count", countOnly ? rows.Count : page.Length);
            json.WriteStartArray("Data");
            foreach (var row in page)
            {
                json.WriteStartObject();
                writeRow(json, row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("Total", rows.Count);
        });
    }

    /// <summary>The other failure shape: REST v3, not v3.1 (§2).</summary>
    public static Reply Error(int status, string message) => Reply.Json(status, json =>
    {
        json.WriteString("ErrorInfo", "");
        json.WriteString("ErrorMessage", message);
        json.WriteNumber("StatusCode", status);
    });

    /// <summary>A time in a query: unix seconds or RFC 3339.</summary>
    public static DateTimeOffset? Time(string? text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }

    public static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
