using System.Globalization;
using System.Text;
using TargoGiftbit.Core.Mail.Templates;

namespace TargoGiftbit.Core.Mail;

/// <summary>Makes values from outside harmless before they enter a mail.</summary>
internal static class MailValue
{
    private const int LongestName = 100;

    /// <summary>
    /// A person's or a brand's name: one line, no invisible direction marks, and braces and brackets as round ones, since
    /// Mailjet reads <c>{{…}}</c> and <c>[[…]]</c> as its own templating (reference/email-compliance.md D).
    /// </summary>
    public static string Name(string? value)
    {
        var line = Line(value);
        if (line.AsSpan().IndexOfAny("{}[]") >= 0)
            line = line.Replace('{', '(').Replace('[', '(').Replace('}', ')').Replace(']', ')');
        return line.Length <= LongestName ? line : Cut(line);
    }

    /// <summary>One line without control characters, for headers and single-line values.</summary>
    public static string Line(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        if (IsPlain(value)) return value.Trim();
        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            }
            // Direction marks can make a text read backwards; the joiners (U+200C, U+200D) hold emoji and scripts together.
            else if ((category != UnicodeCategory.Format || rune.Value is 0x200C or 0x200D) && !(rune.IsBmp && MailSlots.IsMark((char)rune.Value)))
            {
                text.Append(rune);
            }
        }
        return text.ToString().Trim();
    }

    // Latin text, which nearly every name is.
    private static bool IsPlain(string value)
    {
        foreach (var c in value)
            if (c is < ' ' or (>= '\u007F' and <= '\u009F') or '\u00AD' or > '\u02FF') return false;
        return true;
    }

    private static string Cut(string line) =>
        char.IsHighSurrogate(line[LongestName - 2]) ? line[..(LongestName - 2)] + "…" : line[..(LongestName - 1)] + "…";
}
