using System.Globalization;

namespace TargoGiftbit.Simulator.Timing;

/// <summary>Durations as people write them: <c>500ms</c>, <c>2s</c>, <c>5m</c>, <c>1h</c>, <c>3d</c>, or <c>00:00:02</c>.</summary>
public static class Durations
{
    /// <exception cref="FormatException">None of these forms.</exception>
    public static TimeSpan Parse(string text)
    {
        var digits = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        if (!double.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" => TimeSpan.FromDays(number),
            _ => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
        };
    }
}
