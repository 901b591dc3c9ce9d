using System.Buffers.Binary;
using System.IO.Compression;

namespace TargoGiftbit.Core.Mail.Codes;

/// <summary>Writes black and white pictures as PNG (ISO/IEC 15948), one bit a dot.</summary>
internal static class MonochromePng
{
    private static readonly uint[] CrcTable = MakeTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="width">Dots across.</param>
    /// <param name="height">Dots down.</param>
    /// <param name="isBlack">Whether the dot at x, y is black.</param>
    public static byte[] Write(int width, int height, Func<int, int, bool> isBlack)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        // One bit a dot, shades of grey: 0 is black.
        header[8] = 1;
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Rows(width, height, isBlack));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Rows(int width, int height, Func<int, int, bool> isBlack)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            // A leading zero: the row is written as it is.
            var row = new byte[1 + ((width + 7) / 8)];
            for (var y = 0; y < height; y++)
            {
                Array.Clear(row);
                for (var x = 0; x < width; x++)
                    if (!isBlack(x, y)) row[1 + (x / 8)] |= (byte)(0x80 >> (x % 8));
                zip.Write(row);
            }
        }
        return packed.ToArray();
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(Crc(uint.MaxValue, type), data) ^ uint.MaxValue);
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++) c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
