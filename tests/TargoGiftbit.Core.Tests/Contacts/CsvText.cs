using System.Text;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Contacts;

/// <summary>Reads text as if it were a file.</summary>
internal static class CsvText
{
    internal static Task<List<GiftContact>> ReadAsync(string text, Encoding? encoding = null, ContactReaderOptions? options = null) =>
        ReadAsync(Bytes(text, encoding), options);

    internal static async Task<List<GiftContact>> ReadAsync(byte[] bytes, ContactReaderOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return await ReadAsync(stream, options);
    }

    internal static async Task<List<GiftContact>> ReadAsync(Stream stream, ContactReaderOptions? options = null)
    {
        var contacts = new List<GiftContact>();
        await foreach (var contact in ContactReader.ReadAsync(stream, "clients.csv", options)) contacts.Add(contact);
        return contacts;
    }

    internal static async Task<GiftContactException> RefusedAsync(string text, ContactReaderOptions? options = null) =>
        await Assert.ThrowsAsync<GiftContactException>(() => ReadAsync(text, null, options));

    internal static byte[] Bytes(string text, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(false);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }
}
