using System.Buffers.Binary;

namespace TargoGiftbit.Core.Mail;

/// <summary>Knows PNG, JPEG and GIF by their first bytes and reads their size; whatever a server calls them is not asked.</summary>
public static class ImageHeader
{
    private const int LargestSide = 4000;

    /// <summary>Looks at a picture.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <returns>Null when it is not one of the three types, or has no size between 1 and 4000 pixels a side.</returns>
    public static BrandLogo? Read(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        (string Type, int Width, int Height)? found =
            bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png(bytes)
            : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? Gif(bytes)
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(bytes)
            : null;
        return found is var (type, width, height) && width is > 0 and <= LargestSide && height is > 0 and <= LargestSide
            ? new BrandLogo(type, width, height, content)
            : null;
    }

    private static (string, int, int)? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8)
            ? ("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    private static (string, int, int)? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10
            ? ("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    private static (string, int, int)? Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF) { at++; continue; }
            // SOF0…SOF15 hold the size; C4, C8 and CC are other things in the same range (ITU-T T.81, table B.1).
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return ("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            if (marker is 0xD9 or 0xDA) return null;
            at += marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return null;
    }
}
