using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>The <c>filename</c> of a Content-Disposition: quoted when ASCII, RFC 2231 encoded, in numbered pieces when long, when not.</summary>
internal static class FileNameParameter
{
    private const int PieceLimit = 54; // leaves room for " filename*NN*=utf-8''" and ";" in 76

    /// <summary>Writes the parameter after a disposition that ends with <c>;</c>.</summary>
    /// <param name="header">The header.</param>
    /// <param name="fileName">The name; path separators and control characters are replaced.</param>
    public static void Write(HeaderWriter header, string fileName)
    {
        var name = BaseName(fileName);
        if (name.Length <= 60 && Ascii.IsValid(name) && name.AsSpan().IndexOfAny('"', '%') < 0 && !name.Contains("=?", StringComparison.Ordinal))
        {
            header.Word(Encoding.ASCII.GetBytes($"filename=\"{name}\""));
            return;
        }
        var pieces = Pieces(name);
        if (pieces.Count == 1)
        {
            header.Word(Encoding.ASCII.GetBytes($"filename*=utf-8''{pieces[0]}"));
            return;
        }
        for (var i = 0; i < pieces.Count; i++)
            header.Word(Encoding.ASCII.GetBytes($"filename*{i}*={(i == 0 ? "utf-8''" : "")}{pieces[i]}{(i < pieces.Count - 1 ? ";" : "")}"));
    }

    private static string BaseName(string fileName)
    {
        var clean = string.Create(Math.Min(fileName.Length, 200), MessageRules.Clean(fileName), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = from[i] is '/' or '\\' or ':' ? '_' : from[i];
        }).Trim();
        return clean.Length == 0 ? "image" : clean;
    }

    private static List<string> Pieces(string name)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            // A character is not split: some readers decode each piece on its own.
            if (piece.Length + (rune.IsAscii && IsPlain(rune.Value) ? 1 : rune.Utf8SequenceLength * 3) > PieceLimit)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (IsPlain(b)) piece.Append((char)b);
                else piece.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 0xF]);
            }
        }
        pieces.Add(piece.ToString());
        return pieces;
    }

    private static bool IsPlain(int value) => char.IsAsciiLetterOrDigit((char)value) || value is '-' or '.' or '_' or '~';
}
