namespace TargoGiftbit.Core.Contacts;

/// <summary>What the quotation marks of a row come to.</summary>
internal enum QuoteState
{
    /// <summary>Every quoted cell is closed where the cell ends. A quotation mark inside a cell without quotes is ordinary text.</summary>
    Sound,

    /// <summary>Text follows a closing quotation mark.</summary>
    TextAfterClosing,

    /// <summary>A quoted cell is never closed.</summary>
    Unclosed,
}

/// <summary>Looks at the quotation marks of a whole row. The CSV library reports the first oddity of a row only, which may hide a worse one.</summary>
internal static class QuoteCheck
{
    /// <summary>The worst that is found.</summary>
    /// <param name="row">The row as it stands in the file, without its line break.</param>
    /// <param name="separator">The separator.</param>
    internal static QuoteState Of(ReadOnlySpan<char> row, char separator)
    {
        var worst = QuoteState.Sound;
        var at = 0;
        while (at < row.Length)
        {
            if (row[at] == '"')
            {
                at = EndOfQuoted(row, at + 1);
                if (at < 0) return QuoteState.Unclosed;
                if (at < row.Length && row[at] != separator) worst = QuoteState.TextAfterClosing;
            }
            var next = row[at..].IndexOf(separator);
            if (next < 0) break;
            at += next + 1;
        }
        return worst;
    }

    private static int EndOfQuoted(ReadOnlySpan<char> row, int at)
    {
        while (true)
        {
            var quote = row[at..].IndexOf('"');
            if (quote < 0) return -1;
            at += quote + 1;
            if (at >= row.Length || row[at] != '"') return at;
            at++;
        }
    }
}
