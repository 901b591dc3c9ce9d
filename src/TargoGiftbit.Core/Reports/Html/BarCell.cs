namespace TargoGiftbit.Core.Reports.Html;

/// <summary>
/// A bar inside a table cell. Its width is a percentage, so that it fits any screen without shrinking text; the number stands beside it as
/// text, so that the picture itself can be hidden from screen readers.
/// </summary>
internal static class BarCell
{
    /// <summary>A bar of a share of 0 to 1.</summary>
    public static HtmlText Of(double share, string colour) => new HtmlText().Add(
        $"""<svg class="bar" width="100%" height="14" aria-hidden="true" focusable="false"><rect class="track" width="100%" height="14" rx="7"/><rect class="{colour}" width="{Width(share)}%" height="14" rx="7"/></svg>""");

    /// <summary>A bar with the range in which the true share lies.</summary>
    public static HtmlText WithRange(double share, (double Low, double High) range, string colour) => new HtmlText().Add(
        $"""
        <svg class="bar" width="100%" height="18" aria-hidden="true" focusable="false"><rect class="track" y="2" width="100%" height="14" rx="7"/><rect class="{colour}" y="2" width="{Width(share)}%" height="14" rx="7"/><line class="range" x1="{range.Low * 100}%" x2="{range.High * 100}%" y1="9" y2="9"/><line class="range" x1="{range.Low * 100}%" x2="{range.Low * 100}%" y1="5" y2="13"/><line class="range" x1="{range.High * 100}%" x2="{range.High * 100}%" y1="5" y2="13"/></svg>
        """);

    // Something, however little, must be seen.
    private static double Width(double share) => share <= 0 ? 0 : Math.Clamp(share * 100, 0.7, 100);
}
