using System.Buffers;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>Quoted-printable of text in UTF-8 (RFC 2045 §6.7): lines of at most 76 characters, CRLF line breaks, nothing but ASCII.</summary>
public static class QuotedPrintable
{
    // 75 and the "=" of a soft break make the 76 of RFC 2045 §6.7 (5).
    private const int LineLimit = 75;

    private static readonly SearchValues<byte> Literal = SearchValues.Create(
        " \t!\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Encodes text. Any line break (CRLF, CR, LF) becomes CRLF; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">Where the encoded octets go.</param>
    public static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(text, utf8);
            WriteUtf8(utf8.AsSpan(0, length), output);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    private static void WriteUtf8(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        // Worst case: every octet as =XX, and a soft break (3) after every 25 of them.
        var line = new Line(output.GetSpan((text.Length * 3) + (text.Length / 8) + 16));
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(Literal);
            if (run < 0) run = text.Length;
            var literal = text[..run];
            var atLineEnd = run == text.Length || text[run] is (byte)'\r' or (byte)'\n';
            // RFC 2045 §6.7 (3): white space must not end an encoded line.
            if (atLineEnd && run > 0 && literal[^1] is (byte)' ' or (byte)'\t')
            {
                line.Plain(literal[..^1]);
                line.Encoded(literal[^1]);
            }
            else
            {
                line.Plain(literal);
            }
            text = text[run..];
            if (text.IsEmpty) break;
            if (atLineEnd)
            {
                line.Break();
                text = text[(text[0] == '\r' && text.Length > 1 && text[1] == '\n' ? 2 : 1)..];
            }
            else
            {
                line.Encoded(text[0]);
                text = text[1..];
            }
        }
        output.Advance(line.Written);
    }

    private ref struct Line(Span<byte> target)
    {
        private readonly Span<byte> target = target;
        private int column;

        public int Written { get; private set; }

        public void Plain(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                if (column == LineLimit) SoftBreak();
                // A dot at the start of a line is safe only where every relay stuffs it rightly: encoded, it cannot end a message early.
                if (column == 0 && bytes[0] == '.')
                {
                    Encoded((byte)'.');
                    bytes = bytes[1..];
                    continue;
                }
                var take = Math.Min(bytes.Length, LineLimit - column);
                bytes[..take].CopyTo(target[Written..]);
                Written += take;
                column += take;
                bytes = bytes[take..];
            }
        }

        public void Encoded(byte value)
        {
            if (column + 3 > LineLimit) SoftBreak();
            target[Written++] = (byte)'=';
            target[Written++] = HexDigit(value >> 4);
            target[Written++] = HexDigit(value & 0xF);
            column += 3;
        }

        public void Break()
        {
            target[Written++] = (byte)'\r';
            target[Written++] = (byte)'\n';
            column = 0;
        }

        private void SoftBreak()
        {
            target[Written++] = (byte)'=';
            Break();
        }

        private static byte HexDigit(int nibble) => (byte)(nibble < 10 ? '0' + nibble : 'A' + nibble - 10);
    }
}
