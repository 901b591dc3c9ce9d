using CsvHelper;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Csv;

/// <summary>
/// Writes a CSV file that holds links or personal data: RFC 4180 (comma, CRLF, UTF-8), for the current user alone from its first byte,
/// and under its name only when it is complete.
/// </summary>
internal sealed class PrivateCsv : IAsyncDisposable
{
    private readonly PrivateFile file;
    private readonly CsvWriter writer;

    private PrivateCsv(PrivateFile file, bool byteOrderMark)
    {
        this.file = file;
        writer = CsvWriter.Create(file.Stream, new CsvWriterOptions { WriteByteOrderMark = byteOrderMark }, leaveOpen: true);
    }

    /// <summary>Rows written, without the header.</summary>
    internal int Count { get; private set; }

    /// <summary>Starts a file with its header.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="byteOrderMark">Whether it starts with a UTF-8 byte order mark, by which Excel knows UTF-8.</param>
    /// <param name="header">Names of the columns.</param>
    internal static PrivateCsv Create(string path, bool byteOrderMark, ReadOnlySpan<string> header)
    {
        var csv = new PrivateCsv(PrivateFile.Create(path), byteOrderMark);
        csv.writer.WriteHeader(header);
        return csv;
    }

    /// <summary>Adds a cell of text that people entered; it cannot run as a formula.</summary>
    internal void Text(string? value) => writer.WriteField(SpreadsheetCell.Guard(value ?? ""));

    /// <summary>Adds a cell that this product made: a number, a date, a link.</summary>
    internal void Value(string? value) => writer.WriteField(value ?? "");

    /// <summary>Ends the row.</summary>
    internal async ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        await writer.EndRecordAsync(cancellationToken).ConfigureAwait(false);
        Count++;
    }

    /// <summary>Puts the file in place.</summary>
    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        await writer.DisposeAsync().ConfigureAwait(false);
        await file.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes what was written, unless it was put in place.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also when the writer cannot get rid of its last bytes, on a full disk.
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
