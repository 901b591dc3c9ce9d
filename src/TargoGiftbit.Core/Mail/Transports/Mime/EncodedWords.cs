using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>Text beyond ASCII in a header, as RFC 2047 encoded words of at most 75 characters, split between characters only.</summary>
internal static class EncodedWords
{
    private const int WordLimit = 75;
    private const int Frame = 12; // =?utf-8?Q? and ?=

    /// <summary>Writes the text as one or more encoded words.</summary>
    /// <param name="header">A header that has its name and perhaps other words already.</param>
    /// <param name="text">Clean text without control characters.</param>
    public static void Write(HeaderWriter header, string text)
    {
        var base64 = Base64Length(text) < QLength(text);
        Span<byte> payload = stackalloc byte[WordLimit];
        Span<byte> utf8 = stackalloc byte[WordLimit];
        var filled = 0;
        var room = header.RoomFor(Frame + 12, WordLimit) - Frame;
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8[filled..]);
            if (Cost(utf8[..(filled + length)], base64) > room)
            {
                header.Word(Close(payload, utf8[..filled], base64));
                utf8.Slice(filled, length).CopyTo(utf8);
                filled = 0;
                room = header.RoomFor(WordLimit, WordLimit) - Frame;
            }
            filled += length;
        }
        if (filled > 0) header.Word(Close(payload, utf8[..filled], base64));
    }

    private static ReadOnlySpan<byte> Close(Span<byte> word, ReadOnlySpan<byte> utf8, bool base64)
    {
        (base64 ? "=?utf-8?B?"u8 : "=?utf-8?Q?"u8).CopyTo(word);
        var at = 10;
        if (base64)
        {
            System.Buffers.Text.Base64.EncodeToUtf8(utf8, word[at..], out _, out var written);
            at += written;
        }
        else
        {
            foreach (var b in utf8) at += Q(b, word[at..]);
        }
        "?="u8.CopyTo(word[at..]);
        return word[..(at + 2)];
    }

    // The letters that RFC 2047 §5 (3) allows even inside a display name.
    private static bool IsPlain(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';

    private static int Q(byte b, Span<byte> target)
    {
        if (IsPlain(b) || b == ' ')
        {
            target[0] = b == ' ' ? (byte)'_' : b;
            return 1;
        }
        target[0] = (byte)'=';
        target[1] = (byte)"0123456789ABCDEF"[b >> 4];
        target[2] = (byte)"0123456789ABCDEF"[b & 0xF];
        return 3;
    }

    private static int Cost(ReadOnlySpan<byte> utf8, bool base64)
    {
        if (base64) return (utf8.Length + 2) / 3 * 4;
        var cost = 0;
        foreach (var b in utf8) cost += IsPlain(b) || b == ' ' ? 1 : 3;
        return cost;
    }

    private static int Base64Length(string text) => Encoding.UTF8.GetByteCount(text) * 4 / 3;

    private static int QLength(string text)
    {
        var cost = 0;
        foreach (var rune in text.EnumerateRunes()) cost += rune.IsAscii && (IsPlain((byte)rune.Value) || rune.Value == ' ') ? 1 : rune.Utf8SequenceLength * 3;
        return cost;
    }
}
