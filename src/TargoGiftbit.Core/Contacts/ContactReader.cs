using System.Runtime.CompilerServices;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// Reads the contact list that a Quebec office really has (spec C1): comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; French or
/// English headers in any spelling; quoted line breaks; stray blank lines. A bad row is passed on flagged
/// (<see cref="GiftContact.ProblemCode"/>), never dropped. Memory does not grow with the file.
/// </summary>
public static class ContactReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the operator says about it; null to find everything out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">The file as a whole cannot be used.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static IAsyncEnumerable<GiftContact> ReadAsync(
        string path, ContactReaderOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadFileAsync(path, options ?? new ContactReaderOptions(), keepsRows: false, cancellationToken);

    /// <summary>Reads a stream. One that cannot seek is copied to a private temporary file first, since its encoding is known at its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="options">What the operator says about it; null to find everything out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">The file as a whole cannot be used.</exception>
    public static IAsyncEnumerable<GiftContact> ReadAsync(
        Stream stream, string name, ContactReaderOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync(stream, name, options ?? new ContactReaderOptions(), keepsRows: false, cancellationToken);

    /// <summary>Opens a file for one reading from front to back, also while another program has it open.</summary>
    internal static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        // The CSV library has a buffer of its own.
        BufferSize = 0,
    });

    /// <summary>Reads a file all of whose contacts stay in memory: equal texts are then shared.</summary>
    internal static IAsyncEnumerable<GiftContact> ReadForKeepingAsync(string path, ContactReaderOptions options, CancellationToken cancellationToken) =>
        ReadFileAsync(path, options, keepsRows: true, cancellationToken);

    private static async IAsyncEnumerable<GiftContact> ReadFileAsync(
        string path, ContactReaderOptions options, bool keepsRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = OpenFile(path);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var contact in ReadAsync(stream, Path.GetFileName(path), options, keepsRows, cancellationToken).ConfigureAwait(false))
                yield return contact;
        }
    }

    private static async IAsyncEnumerable<GiftContact> ReadAsync(
        Stream stream, string name, ContactReaderOptions options, bool keepsRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await CsvTable.OpenAsync(
            stream, name, options, header => ContactFields.Names.Contains(HeaderName.Fold(header)), keepsRows, cancellationToken).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            var rows = new ContactRow(table, options.KeepOtherColumns);
            while (await table.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return rows.Current();
            }
        }
    }
}
