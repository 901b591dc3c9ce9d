using System.Globalization;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>A colour as mails write it.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
/// <param name="Alpha">0 (clear) to 1.</param>
internal readonly record struct CssColor(double Red, double Green, double Blue, double Alpha = 1)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black"] = "#000000", ["white"] = "#FFFFFF", ["red"] = "#FF0000", ["green"] = "#008000", ["lime"] = "#00FF00", ["blue"] = "#0000FF",
        ["yellow"] = "#FFFF00", ["gray"] = "#808080", ["grey"] = "#808080", ["silver"] = "#C0C0C0", ["navy"] = "#000080", ["maroon"] = "#800000",
        ["orange"] = "#FFA500", ["purple"] = "#800080", ["teal"] = "#008080", ["aqua"] = "#00FFFF", ["cyan"] = "#00FFFF", ["fuchsia"] = "#FF00FF",
        ["magenta"] = "#FF00FF", ["olive"] = "#808000", ["pink"] = "#FFC0CB", ["brown"] = "#A52A2A", ["gold"] = "#FFD700", ["lightgray"] = "#D3D3D3",
        ["lightgrey"] = "#D3D3D3", ["darkgray"] = "#A9A9A9", ["darkgrey"] = "#A9A9A9", ["whitesmoke"] = "#F5F5F5", ["transparent"] = "#00000000",
    };

    /// <summary>Reads a colour.</summary>
    /// <param name="text"><c>#RGB</c>, <c>#RRGGBB</c>, <c>#RRGGBBAA</c>, <c>rgb()</c>, <c>rgba()</c> or a common name.</param>
    /// <returns>Null when it is something else.</returns>
    public static CssColor? Parse(string text)
    {
        text = text.Trim();
        if (Names.TryGetValue(text, out var hex)) text = hex;
        if (text.StartsWith('#')) return ParseHex(text.AsSpan(1));
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.StartsWith("rgb", StringComparison.OrdinalIgnoreCase) || !text.EndsWith(')')) return null;
        var parts = text[(open + 1)..^1].Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (3 or 4)) return null;
        Span<double> values = [0, 0, 0, 1];
        for (var i = 0; i < parts.Length; i++)
        {
            var percent = parts[i].EndsWith('%');
            if (!double.TryParse(parts[i].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])) return null;
            if (percent) values[i] *= i == 3 ? 0.01 : 2.55;
        }
        return new CssColor(values[0], values[1], values[2], values[3]);
    }

    /// <summary>Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).</summary>
    public static double Contrast(CssColor one, CssColor other)
    {
        var (a, b) = (one.Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>This colour laid over an opaque one.</summary>
    public CssColor Over(CssColor below) => new(
        (Red * Alpha) + (below.Red * (1 - Alpha)), (Green * Alpha) + (below.Green * (1 - Alpha)), (Blue * Alpha) + (below.Blue * (1 - Alpha)));

    /// <summary><c>#RRGGBB</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{(int)Math.Round(Red):X2}{(int)Math.Round(Green):X2}{(int)Math.Round(Blue):X2}");

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(double channel)
    {
        var value = channel / 255;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static CssColor? ParseHex(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (3 or 4 or 6 or 8) || !uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)) return null;
        return digits.Length switch
        {
            3 => new CssColor(17 * (value >> 8), 17 * ((value >> 4) & 15), 17 * (value & 15)),
            4 => new CssColor(17 * (value >> 12), 17 * ((value >> 8) & 15), 17 * ((value >> 4) & 15), (value & 15) / 15.0),
            6 => new CssColor(value >> 16, (value >> 8) & 255, value & 255),
            _ => new CssColor(value >> 24, (value >> 16) & 255, (value >> 8) & 255, (value & 255) / 255.0),
        };
    }
}
