using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>A time as Giftbit writes it, and the instant that is read from it (spec F3).</summary>
/// <param name="Raw">The text as it came.</param>
/// <param name="Instant">The instant in UTC; null when the text is not understood.</param>
public sealed record GiftbitTime(string Raw, DateTimeOffset? Instant)
{
    private static readonly string[] WallForms =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    private static readonly string[] ZonedForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>Reads a time: Pacific when it tells no zone (reference/giftbit.md §5.2). Null for null or blank.</summary>
    public static GiftbitTime? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (DateTime.TryParseExact(trimmed, WallForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
            return new GiftbitTime(text, InRange(wall) ? PacificTime.ToInstant(wall) : null);
        return DateTimeOffset.TryParseExact(trimmed, ZonedForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var zoned)
            ? new GiftbitTime(text, zoned.ToUniversalTime())
            : new GiftbitTime(text, null);
    }

    /// <summary>Writes an instant as a Pacific wall time, for a filter.</summary>
    public static string Write(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, PacificTime.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The text as it came.</summary>
    public override string ToString() => Raw;

    // The first and last day of the calendar have no instant in every zone.
    private static bool InRange(DateTime wall) => wall.Year is > 1 and < 9999;
}
