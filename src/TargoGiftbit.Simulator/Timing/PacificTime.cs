using System.Globalization;

namespace TargoGiftbit.Simulator.Timing;

/// <summary>Giftbit's times: Pacific local time without a zone (giftbit.md §5.2).</summary>
public static class PacificTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public static string Write(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Zone).ToString(Format, CultureInfo.InvariantCulture);

    public static DateOnly Today(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The first instant after a Pacific day: a gift is valid to the end of its expiry day (§2.1).</summary>
    public static DateTimeOffset EndOfDay(DateOnly day) => FromLocal(day.AddDays(1).ToDateTime(TimeOnly.MinValue));

    /// <summary>Reads <c>yyyy-MM-dd</c> with or without a time of day.</summary>
    public static DateTimeOffset? Read(string? text)
    {
        string[] forms = [Format, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];
        return DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? FromLocal(local)
            : null;
    }

    private static DateTimeOffset FromLocal(DateTime local) =>
        new(TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(local) ? local.AddHours(1) : local, Zone), TimeSpan.Zero);
}
