using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TargoGiftbit.Core.Contacts;

/// <summary>Finds out how a text file is encoded, and knows encodings by name.</summary>
public static class ContactEncoding
{
    /// <summary>Windows-1252, which older office programs write in Quebec.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>An encoding by its name or code page; <c>ansi</c> and <c>1252</c> mean Windows-1252, <c>unicode</c> UTF-16.</summary>
    /// <param name="name">For example <c>utf-8</c>, <c>utf8BOM</c>, <c>windows-1252</c>, <c>850</c>.</param>
    /// <exception cref="GiftContactException">The name is not known (<c>ContactEncodingUnknown</c>).</exception>
    public static Encoding Parse(string name)
    {
        var known = name.Trim().ToLowerInvariant();
        switch (known)
        {
            case "utf8" or "utf8bom" or "utf8nobom": return Encoding.UTF8;
            case "unicode" or "utf16": return Encoding.Unicode;
            case "bigendianunicode": return Encoding.BigEndianUnicode;
            case "ansi": return Windows1252;
        }
        try
        {
            var found = int.TryParse(known, out var codePage)
                ? CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage)
                : CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
            return found;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw ContactText.Error(ContactCodes.EncodingUnknown, name);
        }
    }

    /// <summary>
    /// The encoding of a whole stream: by its byte order mark, else UTF-16 by its zero bytes, else UTF-8 if every byte of it is valid
    /// UTF-8, else Windows-1252. All of it is looked at, since the first accent may stand on the last line.
    /// </summary>
    /// <param name="stream">A seekable stream; it is left at the position it had.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<Encoding> DetectAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = stream.Position;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var filled = await stream.ReadAtLeastAsync(buffer, 4096, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (ByMark(buffer.AsSpan(0, filled)) is { } marked) return marked;
            if (ByZeroBytes(buffer.AsSpan(0, filled)) is { } wide) return wide;
            while (filled > 0)
            {
                // A sequence cut by the end of the buffer waits for the rest of it.
                var waiting = IncompleteTail(buffer.AsSpan(0, filled));
                if (!Utf8.IsValid(buffer.AsSpan(0, filled - waiting))) return Windows1252;
                buffer.AsSpan(filled - waiting, waiting).CopyTo(buffer);
                var read = await stream.ReadAsync(buffer.AsMemory(waiting), cancellationToken).ConfigureAwait(false);
                if (read == 0) return waiting == 0 ? Encoding.UTF8 : Windows1252;
                filled = waiting + read;
            }
            return Encoding.UTF8;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            stream.Position = start;
        }
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static Encoding? ByZeroBytes(ReadOnlySpan<byte> head)
    {
        // Text in a Latin script has a zero in nearly every second byte in UTF-16, and none in the other encodings.
        int even = 0, odd = 0;
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0)
                _ = i % 2 == 0 ? even++ : odd++;
        var pairs = head.Length / 2;
        if (pairs == 0) return null;
        if (odd * 10 >= pairs * 6 && even * 10 <= pairs) return Encoding.Unicode;
        return even * 10 >= pairs * 6 && odd * 10 <= pairs ? Encoding.BigEndianUnicode : null;
    }

    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b < 0x80) return 0;
            if (b < 0xC0) continue;
            var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return length > back ? back : 0;
        }
        return 0;
    }
}
