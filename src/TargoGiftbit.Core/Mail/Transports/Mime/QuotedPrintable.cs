using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>Quoted-printable of text in UTF-8 (RFC 2045 §6.7): lines of at most 76 characters, CRLF line breaks, nothing but ASCII.</summary>
public static class QuotedPrintable
{
    // 75 and the "=" of a soft break make the 76 of RFC 2045 §6.7 (5).
    private const int LineLimit = 75;

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
            // Worst case: every octet as =XX, and a soft break (3) after every 25 of them; and room to write a vector beyond the end.
            output.Advance(Encode(utf8.AsSpan(0, length), output.GetSpan((length * 3) + (length / 8) + 64)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    // Compiled fully at first use: most runs are over before the runtime would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Encode(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int at = 0, written = 0, column = 0;
        while (at < text.Length)
        {
            if (column == LineLimit && !IsBreak(text[at])) written = SoftBreak(target, written, out column);
            // A dot at the start of a line is safe only where every relay stuffs it rightly: encoded, it cannot end a message early.
            if (column != 0 || text[at] != '.')
            {
                var copied = CopyPlain(text[at..], target[written..], LineLimit - column);
                at += copied;
                written += copied;
                column += copied;
                if (at == text.Length || (column == LineLimit && !IsBreak(text[at]))) continue;
            }
            var octet = text[at++];
            if (IsBreak(octet))
            {
                if (octet == '\r' && at < text.Length && text[at] == '\n') at++;
                written = EncodeLastSpace(target, written, column);
                target[written++] = (byte)'\r';
                target[written++] = (byte)'\n';
                column = 0;
            }
            else
            {
                if (column + 3 > LineLimit) written = SoftBreak(target, written, out column);
                Hex(octet, target[written..]);
                written += 3;
                column += 3;
            }
        }
        return EncodeLastSpace(target, written, column);
    }

    // HTML is dense with "=" and line breaks: runs are short, so each step looks and copies at once, writing perhaps beyond the run.
    // Plain is printable ASCII and space without "="; a tab is rare enough to be encoded always.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyPlain(ReadOnlySpan<byte> text, Span<byte> target, int limit)
    {
        var at = 0;
        ref var from = ref MemoryMarshal.GetReference(text);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (; at < limit && at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var octets = Vector128.LoadUnsafe(ref from, (nuint)at);
            octets.StoreUnsafe(ref to, (nuint)at);
            var odd = Vector128.GreaterThan(octets - Vector128.Create((byte)' '), Vector128.Create((byte)('~' - ' ')))
                | Vector128.Equals(octets, Vector128.Create((byte)'='));
            if (odd != Vector128<byte>.Zero) return Math.Min(limit, at + BitOperations.TrailingZeroCount(odd.ExtractMostSignificantBits()));
        }
        if (at >= limit) return limit;
        for (; at < text.Length && at < limit && text[at] is >= (byte)' ' and <= (byte)'~' and not (byte)'='; at++) target[at] = text[at];
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBreak(byte octet) => octet is (byte)'\r' or (byte)'\n';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SoftBreak(Span<byte> target, int written, out int column)
    {
        "=\r\n"u8.CopyTo(target[written..]);
        column = 0;
        return written + 3;
    }

    // RFC 2045 §6.7 (3): white space must not end an encoded line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EncodeLastSpace(Span<byte> target, int written, int column)
    {
        if (column == 0 || target[written - 1] != ' ') return written;
        written--;
        if (column + 2 > LineLimit) written = SoftBreak(target, written, out _);
        Hex((byte)' ', target[written..]);
        return written + 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Hex(byte octet, Span<byte> target)
    {
        target[2] = (byte)"0123456789ABCDEF"[octet & 0xF];
        target[1] = (byte)"0123456789ABCDEF"[octet >> 4];
        target[0] = (byte)'=';
    }
}
