using System.IO.Compression;

namespace TargoGiftbit.Builder.Packing;

/// <summary>Zip files whose bytes depend on nothing but what is in them: entries in one order, with one time stamp and one mode.</summary>
internal static class SteadyZip
{
    private static readonly DateTimeOffset Stamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int OwnerWritesAllRead = 0b110_100_100 << 16;

    /// <summary>Writes a zip file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="entries">Names with forward slashes, and bytes.</param>
    internal static void Write(string path, IEnumerable<(string Name, byte[] Bytes)> entries) => OutputFile.Replace(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = Stamp;
            entry.ExternalAttributes = OwnerWritesAllRead;
            using var content = entry.Open();
            content.Write(bytes);
        }
    });
}
