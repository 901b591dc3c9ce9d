using System.Buffers;
using System.Text;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Cleans and judges the text of one cell.</summary>
internal static class CellText
{
    // C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of the text around them.
    private static readonly SearchValues<char> Refused = SearchValues.Create(
        Characters(0, 0x1f) + Characters(0x7f, 0x9f) + "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    // Where a byte of DOS or Mac text is read as Windows-1252, or could not be read at all. None of them occurs in a name.
    private static readonly SearchValues<char> Doubtful = SearchValues.Create("\ufffd\u00a4‚ƒ„…†‡ˆ‰‹›¦¨¬¯");

    // What bytes 80 to BF, which continue a letter in UTF-8, are in Windows-1252.
    private static readonly SearchValues<char> Continuation = SearchValues.Create(
        "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ" + Characters(0xa0, 0xbf));

    private const int LongestShown = 80;

    /// <summary>Without white space, no-break spaces and invisible marks around it.</summary>
    internal static string Trim(string text)
    {
        if (text.Length == 0 || (IsInner(text[0]) && IsInner(text[^1]))) return text;
        int start = 0, end = text.Length;
        while (start < end && !IsInner(text[start])) start++;
        while (end > start && !IsInner(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>A name: composed letters, so that the same name always has the same characters.</summary>
    internal static string Name(string text)
    {
        var trimmed = Trim(text);
        return Ascii.IsValid(trimmed) || !IsWellFormed(trimmed) ? trimmed : trimmed.Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether it has a control character, a line break, or a mark that reverses text.</summary>
    internal static bool HasControl(string text) => text.AsSpan().ContainsAny(Refused);

    /// <summary>Whether it looks as if it had been read in the wrong encoding: <c>Ã‰lise</c>, <c>Andr‚</c>, <c>�lise</c>.</summary>
    internal static bool LooksMisread(string text)
    {
        if (Ascii.IsValid(text)) return false;
        if (text.AsSpan().ContainsAny(Doubtful) || !IsWellFormed(text)) return true;
        // UTF-8 read as Windows-1252: the first byte of a French letter is seen as Â, Ã or Å, that of a curly quotation mark as â€.
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is 'Â' or 'Ã' or 'Å' && Continuation.Contains(text[i + 1])) return true;
            if (text[i] == 'â' && text[i + 1] == '€') return true;
        }
        return false;
    }

    /// <summary>
    /// A cell as it may stand in a message: short, on one line, and never a link, which a shifted row or a missing header can bring into
    /// any column (spec A7).
    /// </summary>
    internal static string Shown(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) || (text.Contains('/', StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal))) return "…";
        var line = HasControl(text) ? string.Concat(text.Select(c => Refused.Contains(c) ? '?' : c)) : text;
        return line.Length <= LongestShown ? line : string.Concat(line.AsSpan(0, LongestShown), "…");
    }

    /// <summary>A contact's name behind a place in a message: <c> (Marie Roy)</c>, or nothing.</summary>
    internal static string InParentheses(GiftContact contact)
    {
        var name = $"{contact.FirstName} {contact.LastName}".Trim();
        return name.Length == 0 ? "" : $" ({Shown(name)})";
    }

    private static bool IsInner(char c) => !char.IsWhiteSpace(c) && c is not ('\ufeff' or '\u200b' or '\u200e' or '\u200f' or '\u2060');

    // U+FFFE, the byte order mark read backwards, is no character either: the framework refuses to compose it.
    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is 0xfffd or 0xfffe) return false;
        return true;
    }

    private static string Characters(int first, int last)
    {
        var characters = new char[last - first + 1];
        for (var i = 0; i < characters.Length; i++) characters[i] = (char)(first + i);
        return new string(characters);
    }
}
