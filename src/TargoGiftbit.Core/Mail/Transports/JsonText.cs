using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>
/// Long texts as JSON strings in UTF-8, escaped no more than RFC 8259 §7 demands. <see cref="Utf8JsonWriter"/> escapes character by
/// character once it has met the first quote, which makes up half of the work for a page of HTML.
/// </summary>
internal static class JsonText
{
    // Worst case: three octets a unit, or every octet as \u00XX; and room to write a vector beyond the end.
    private const int OctetsPerUnit = 6;
    private const int Beyond = 64;

    /// <summary>Writes a property with a body: what all mails share is only copied.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, MailBody body)
    {
        var shared = body.Shared;
        var own = body.Own;
        var most = Beyond + 2;
        foreach (var piece in shared) most += piece.Json.Length;
        foreach (var piece in own) most += piece.Length * OctetsPerUnit;
        var array = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var written = 0;
            array[written++] = (byte)'"';
            for (var i = 0; i < own.Length; i++)
            {
                written += Copy(shared[i].Json, array.AsSpan(written));
                written += Escape(own[i], array.AsSpan(written));
            }
            written += Copy(shared[^1].Json, array.AsSpan(written));
            array[written++] = (byte)'"';
            json.WritePropertyName(name);
            json.WriteRawValue(array.AsSpan(0, written), skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    /// <summary>A text as it stands inside a JSON string.</summary>
    public static byte[] Escaped(string text)
    {
        var target = new byte[(text.Length * OctetsPerUnit) + Beyond];
        return target[..Escape(text, target)];
    }

    private static int Copy(byte[] from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private static int Escape(string text, Span<byte> target)
    {
        var plain = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Escape(plain.AsSpan(0, Encoding.UTF8.GetBytes(text, plain)), target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    // Compiled fully at first use: most runs are over before the runtime would get to it.
    /// <summary>Writes the text without quotes.</summary>
    /// <returns>Octets written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Escape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var run = CopyPlain(text, target[written..]);
            written += run;
            if (run == text.Length) break;
            written += EscapeOne(text[run], target[written..]);
            text = text[(run + 1)..];
        }
        return written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EscapeOne(byte octet, Span<byte> target)
    {
        target[0] = (byte)'\\';
        var letter = octet switch
        {
            (byte)'"' or (byte)'\\' => octet,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)'u',
        };
        target[1] = letter;
        if (letter != 'u') return 2;
        target[2] = target[3] = (byte)'0';
        target[4] = (byte)"0123456789abcdef"[octet >> 4];
        target[5] = (byte)"0123456789abcdef"[octet & 0xF];
        return 6;
    }

    // Looks and copies at once, writing perhaps beyond the run.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyPlain(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var at = 0;
        ref var from = ref MemoryMarshal.GetReference(text);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var octets = Vector128.LoadUnsafe(ref from, (nuint)at);
            octets.StoreUnsafe(ref to, (nuint)at);
            var odd = Vector128.LessThan(octets, Vector128.Create((byte)' ')) | Vector128.Equals(octets, Vector128.Create((byte)'"'))
                | Vector128.Equals(octets, Vector128.Create((byte)'\\'));
            if (odd != Vector128<byte>.Zero) return at + BitOperations.TrailingZeroCount(odd.ExtractMostSignificantBits());
        }
        for (; at < text.Length && text[at] is >= (byte)' ' and not (byte)'"' and not (byte)'\\'; at++) target[at] = text[at];
        return at;
    }
}
