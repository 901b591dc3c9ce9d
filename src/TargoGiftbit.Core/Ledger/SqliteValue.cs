using System.Runtime.InteropServices;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// SQLite's functions that read a value of the current row. A gift has 39 of them, and each call by way of the packages' wrapper costs as much as
/// the value is worth: it holds the statement's handle and lets the garbage collector in. These four do neither; none of them waits or calls back.
/// </summary>
/// <remarks>
/// A value may be read without SQLite's lock because the connection is used by one thread at a time and SQLite is told so
/// (<see cref="LedgerConnection"/>; https://www.sqlite.org/c3ref/value.html).
/// </remarks>
internal static unsafe partial class SqliteValue
{
    private const string Library = "e_sqlite3";

    /// <summary>The value in a column, good until the next step.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value"), SuppressGCTransition]
    public static partial nint Of(nint statement, int column);

    /// <summary>The type in which a value is stored (<c>SQLITE_INTEGER</c> …).</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_type"), SuppressGCTransition]
    public static partial int TypeOf(nint value);

    /// <summary>A value as a whole number; 0 when it is none.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64"), SuppressGCTransition]
    public static partial long NumberOf(nint value);

    /// <summary>A value as bytes, text as UTF-8; good until the next step.</summary>
    public static ReadOnlySpan<byte> BytesOf(nint value)
    {
        // In this order: the first call is the one that converts.
        var first = Blob(value);
        return new(first, Length(value));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_value_blob"), SuppressGCTransition]
    private static partial byte* Blob(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes"), SuppressGCTransition]
    private static partial int Length(nint value);
}
