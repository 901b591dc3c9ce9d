using System.Runtime.CompilerServices;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// Reads a gift file: <c>giftbit-gifts-….csv</c> as <see cref="GiftLinkFile"/> writes it, or one exported from the provider's web site.
/// Encodings and separators are found as in <see cref="ContactReader"/>. A bad row is passed on flagged, never dropped.
/// </summary>
public static class GiftFileReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="defaultCurrency">ISO 4217 code for amounts without a currency.</param>
    /// <param name="options">What the operator says about the file; null to find everything out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">The file as a whole cannot be used: it is empty, or has no column for the link.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static async IAsyncEnumerable<GiftFileRow> ReadAsync(
        string path, string defaultCurrency = "CAD", ContactReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = ContactReader.OpenFile(path);
        await using (stream.ConfigureAwait(false))
        {
            var table = await CsvTable.OpenAsync(
                stream, Path.GetFileName(path), options ?? new ContactReaderOptions(), header => GiftFields.Names.Contains(HeaderName.Fold(header)),
                keepsRows: true, cancellationToken).ConfigureAwait(false);
            await using (table.ConfigureAwait(false))
            {
                var rows = new GiftFileRowBuilder(table, defaultCurrency);
                while (await table.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return rows.Current();
                }
            }
        }
    }
}
