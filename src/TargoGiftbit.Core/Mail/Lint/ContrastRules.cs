using System.Globalization;
using AngleSharp.Dom;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>
/// Contrast of every visible text with what is behind it, in light mode and, where the mail declares it, in dark mode; and the
/// smallest text size. At least 4.5 : 1, or 3 : 1 from 24 px, or from 18.66 px in bold (WCAG 2.2, 1.4.3).
/// </summary>
internal static class ContrastRules
{
    private const double Normal = 4.5;
    private const double Large = 3;
    private const double SmallestText = 11;

    public static void Check(LintTarget target)
    {
        HashSet<(CssColor, CssColor, bool)> seen = [];
        foreach (var (_, element) in VisibleText.Nodes(target.Document, target.Styles))
        {
            var size = target.Styles.FontSize(element);
            if (size < SmallestText) target.Report(MailRules.FontSize, MailPart.Html, LintTarget.LineOf(element), size.ToString("0.#", CultureInfo.InvariantCulture));
            if (element.Closest("[aria-hidden=true]") is not null) continue;
            var needed = size >= 24 || (size >= 18.66 && target.Styles.IsBold(element)) ? Large : Normal;
            foreach (var dark in target.Styles.DeclaresDark ? new[] { false, true } : [false])
            {
                if (Behind(target.Styles, element, dark) is not { } below || Text(target.Styles, element, dark) is not { } above) continue;
                above = above.Over(below);
                var ratio = CssColor.Contrast(above, below);
                // Rounded down: 4.49 is not 4.5.
                if (ratio < needed && seen.Add((above, below, dark)))
                    target.Report(MailRules.Contrast, MailPart.Html, LintTarget.LineOf(element),
                        above, below, MailText.Get(dark ? "ModeDark" : "ModeLight"), (Math.Floor(ratio * 100) / 100).ToString("0.00", CultureInfo.InvariantCulture), needed.ToString("0.0", CultureInfo.InvariantCulture));
            }
        }
    }

    // What nobody sets is the reader's own: black on white, or white on black where the mail follows dark mode.
    private static CssColor? Text(MailStyles styles, IElement element, bool dark)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
        {
            var value = styles.Own(at, "color", dark) ?? (at.LocalName == "font" ? at.GetAttribute("color") : null);
            if (value is not null && value != "inherit") return CssColor.Parse(value);
            if (at.LocalName == "a" && at.HasAttribute("href") && value is null) return CssColor.Parse(dark ? "#9E9EFF" : "#0000EE");
        }
        return CssColor.Parse(dark ? "#FFFFFF" : "#000000");
    }

    private static CssColor? Behind(MailStyles styles, IElement element, bool dark)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
        {
            var value = styles.Own(at, "background-color", dark) ?? styles.Own(at, "background", dark) ?? at.GetAttribute("bgcolor");
            // A picture behind text is beyond arithmetic.
            if (value?.Contains('(') == true && !value.TrimStart().StartsWith("rgb", StringComparison.OrdinalIgnoreCase)) return null;
            if (at.HasAttribute("background")) return null;
            if (value is null || FirstColor(value) is not { Alpha: > 0 } color) continue;
            if (color.Alpha >= 1) return color;
            return at.ParentElement is { } parent && Behind(styles, parent, dark) is { } below ? color.Over(below) : null;
        }
        return CssColor.Parse(dark ? "#121212" : "#FFFFFF");
    }

    private static CssColor? FirstColor(string value) =>
        CssColor.Parse(value) ?? value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CssColor.Parse).FirstOrDefault(c => c is not null);
}
