using System.Text;
using CsvHelper;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// A CSV file of unknown make, row by row: finds its encoding, its separator and its header, and passes over blank lines. Memory does
/// not grow with the file.
/// </summary>
internal sealed class CsvTable : IAsyncDisposable
{
    /// <summary>Longest row in bytes of UTF-8. A real row has hundreds; an unclosed quotation mark takes in the rest of the file.</summary>
    private const int MaxRecordBytes = 64 * 1024;

    private readonly CsvReader reader;
    private readonly Stream? spool;
    private bool malformed;
    private int columns;

    private CsvTable(string name, Stream source, Stream? spool, CsvReaderOptions options)
    {
        Name = name;
        this.spool = spool;
        reader = CsvReader.Create(source, options with { OnMalformedRecord = _ => malformed = true }, leaveOpen: true);
    }

    /// <summary>Name of the file, for messages.</summary>
    internal string Name { get; }

    /// <summary>Names of the columns, trimmed; empty for a column without one.</summary>
    internal IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line of the header, from 1.</summary>
    internal int HeaderLine { get; private set; }

    /// <summary>Cells that a row must have: up to the last column with a name.</summary>
    internal int Columns => columns;

    /// <summary>Line on which the row starts, from 1, as an editor counts.</summary>
    internal int Line => (int)reader.LineNumber;

    /// <summary>Cells in the row.</summary>
    internal int CellCount => reader.FieldCount;

    /// <summary>What is wrong with the shape of the row.</summary>
    internal RowFault Fault { get; private set; }

    /// <summary>A cell of the row as it stands in the file, without its quotation marks; empty when the row is shorter or there is no such column.</summary>
    internal string this[int column] => column < 0 || column >= reader.FieldCount ? "" : reader.GetString(column);

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="stream">The file; it stays open when the table is disposed.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="options">What the operator said about it.</param>
    /// <param name="isKnown">Whether a column name is known.</param>
    /// <param name="keepsRows">Whether all rows will be held in memory, so that equal texts are better shared.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="GiftContactException">It is empty or not text.</exception>
    internal static async Task<CsvTable> OpenAsync(
        Stream stream, string name, ContactReaderOptions options, Func<string, bool> isKnown, bool keepsRows, CancellationToken cancellationToken)
    {
        var spool = stream.CanSeek ? null : await SpoolAsync(stream, cancellationToken).ConfigureAwait(false);
        var source = spool ?? stream;
        CsvTable? table = null;
        try
        {
            var start = source.Position;
            var head = new byte[MaxRecordBytes];
            var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            // A small file is read once: what follows then finds all of it in memory.
            if (length < head.Length) source = new MemoryStream(head, 0, length, writable: false);
            else source.Position = start;
            if (head is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
                throw ContactText.Error(ContactCodes.FileNotText, name);
            var encoding = options.Encoding is { } given && !HasMark(head)
                ? given
                : await ContactEncoding.DetectAsync(source, cancellationToken).ConfigureAwait(false);
            var text = encoding.GetString(head, 0, length).TrimStart('\ufeff');
            table = new CsvTable(name, source, spool, new CsvReaderOptions
            {
                // None for UTF-8: the library then takes the bytes as they are.
                Encoding = encoding.CodePage == Encoding.UTF8.CodePage ? null : encoding,
                Separator = options.Separator ?? CsvSeparator.Find(text, isKnown),
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = MaxRecordBytes,
                PoolStrings = keepsRows,
                IncludeValuesInExceptions = false,
            });
            await table.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return table;
        }
        catch
        {
            if (table is not null) await table.DisposeAsync().ConfigureAwait(false);
            else if (spool is not null) await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="GiftContactException">A quotation mark makes it impossible to tell the rows apart, or a row is too long.</exception>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            malformed = false;
            try
            {
                if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return false;
            }
            catch (CsvFormatException e)
            {
                throw ContactText.Error(ContactCodes.RecordTooLong, Name, e.LineNumber, MaxRecordBytes);
            }
            var quotes = malformed ? CheckQuotes() : QuoteState.Sound;
            if (IsBlank()) continue;
            Fault = quotes != QuoteState.Sound ? RowFault.Quotes
                : reader.FieldCount < columns ? RowFault.TooFew
                : reader.FieldCount > columns && !IsBlankFrom(columns) ? RowFault.TooMany
                : RowFault.None;
            return true;
        }
    }

    /// <summary>Closes what was opened for the table.</summary>
    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync().ConfigureAwait(false);
        if (spool is not null) await spool.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken).ConfigureAwait(false)) throw ContactText.Error(ContactCodes.FileEmpty, Name);
        HeaderLine = Line;
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = CellText.Trim(reader.GetString(i));
            if (names[i].Length > 0) columns = i + 1;
        }
        Header = names;
    }

    private QuoteState CheckQuotes()
    {
        var row = Encoding.UTF8.GetString(reader.RawRecord);
        var state = QuoteCheck.Of(row, reader.Separator);
        // Where a faulty row reaches over several lines, customers have disappeared in one of its cells: no row of the file can be trusted.
        if (state == QuoteState.Unclosed || (state == QuoteState.TextAfterClosing && row.AsSpan().ContainsAny('\r', '\n')))
            throw ContactText.Error(ContactCodes.QuoteUnclosed, Name, Line);
        return state;
    }

    private bool IsBlank()
    {
        // Nearly every row is settled by its first byte.
        var first = reader.GetSpan(0);
        return (first.IsEmpty || first[0] is <= (byte)' ' or >= 0x80) && IsBlankFrom(0);
    }

    private bool IsBlankFrom(int column)
    {
        for (; column < reader.FieldCount; column++)
            if (CellText.Trim(reader.GetString(column)).Length > 0) return false;
        return true;
    }

    private static bool HasMark(byte[] head) => head is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static async Task<Stream> SpoolAsync(Stream stream, CancellationToken cancellationToken)
    {
        // A pipe can be read once only, and the encoding is known at its end. The copy is the user's alone and goes with its handle.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        try
        {
            await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
