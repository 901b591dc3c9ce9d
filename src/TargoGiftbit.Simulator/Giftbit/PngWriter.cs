using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Writes an indexed-colour PNG (PNG specification, 2nd edition, §11).</summary>
internal static class PngWriter
{
    /// <summary>Pixels are palette indexes, row by row; the palette is red, green, blue of each index.</summary>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> palette)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 3;
        header[10..].Clear();
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "PLTE", palette);
        WriteChunk(file, "IDAT", Compress(width, height, pixels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zip.WriteByte(0);
                zip.Write(pixels.Slice(row * width, width));
            }
        }

        return buffer.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var start = (int)file.Position;
        file.Write(Encoding.ASCII.GetBytes(type));
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(file.GetBuffer().AsSpan(start, (int)file.Position - start)));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
