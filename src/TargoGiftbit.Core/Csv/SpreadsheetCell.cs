namespace TargoGiftbit.Core.Csv;

/// <summary>
/// Keeps a spreadsheet program from running a cell as a formula (spec F5): a cell that begins with <c>=</c>, <c>+</c>, <c>-</c>,
/// <c>@</c> (or their full-width forms), a tab or a line break, also behind white space or quotation marks, gets an apostrophe in
/// front. The apostrophe shows in the spreadsheet; nothing is lost, and <see cref="Restore"/> takes it away again.
/// </summary>
public static class SpreadsheetCell
{
    /// <summary>The text as it may stand in a file that a spreadsheet opens.</summary>
    /// <param name="text">Any text.</param>
    public static string Guard(string text) => NeedsGuard(text) ? "'" + text : text;

    /// <summary>Takes the apostrophe of <see cref="Guard"/> away; any other text is returned as it is.</summary>
    /// <param name="text">A cell of a file that was written with <see cref="Guard"/>.</param>
    public static string Restore(string text) => text.Length > 1 && text[0] == '\'' && NeedsGuard(text.AsSpan(1)) ? text[1..] : text;

    private static bool NeedsGuard(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') return true;
            // Programs differ in what they skip before they look for a formula. An apostrophe is skipped so that Restore stays exact.
            if (c is not ('"' or '\'') && !char.IsWhiteSpace(c)) return false;
        }
        return false;
    }
}
