using System.Globalization;
using System.Text;
using SQLitePCL;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Typed access to the columns of the current row: instants are Unix milliseconds, dates and enums text.</summary>
internal readonly struct LedgerRow(sqlite3_stmt statement, RepeatedTexts repeated)
{
    private readonly nint handle = statement.DangerousGetHandle();

    public string Text(int column) => Encoding.UTF8.GetString(SqliteValue.BytesOf(Present(column)));

    public string? TextOrNull(int column) => TryGet(column, out var value) ? Encoding.UTF8.GetString(SqliteValue.BytesOf(value)) : null;

    /// <summary>A text that many rows have in common.</summary>
    public string Repeated(int column) => repeated.Of(SqliteValue.BytesOf(Present(column)));

    /// <summary>A text that many rows have in common, or null.</summary>
    public string? RepeatedOrNull(int column) => TryGet(column, out var value) ? repeated.Of(SqliteValue.BytesOf(value)) : null;

    public int Int(int column) => checked((int)Long(column));

    public int? IntOrNull(int column) => TryGet(column, out var value) ? checked((int)SqliteValue.NumberOf(value)) : null;

    public long Long(int column) => SqliteValue.NumberOf(Present(column));

    public bool Flag(int column) => SqliteValue.NumberOf(SqliteValue.Of(handle, column)) != 0;

    public bool IsNull(int column) => !TryGet(column, out _);

    public byte[] Bytes(int column) => SqliteValue.BytesOf(SqliteValue.Of(handle, column)).ToArray();

    public DateTimeOffset Instant(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? InstantOrNull(int column) =>
        TryGet(column, out var value) ? DateTimeOffset.FromUnixTimeMilliseconds(SqliteValue.NumberOf(value)) : null;

    public DateOnly Date(int column) => DateOnly.ParseExact(Repeated(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public T Enum<T>(int column) where T : struct, Enum
    {
        var name = SqliteValue.BytesOf(Present(column));
        return name.IsEmpty ? throw Missing(column) : EnumNames<T>.Parse(name);
    }

    /// <summary>The value in the type in which it is stored: long, double, string, byte[] or null.</summary>
    public object? Value(int column) => SqliteValue.TypeOf(SqliteValue.Of(handle, column)) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => Long(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_BLOB => Bytes(column),
        _ => Text(column),
    };

    private bool TryGet(int column, out nint value)
    {
        value = SqliteValue.Of(handle, column);
        return SqliteValue.TypeOf(value) != raw.SQLITE_NULL;
    }

    private nint Present(int column) => TryGet(column, out var value) ? value : throw Missing(column);

    private InvalidOperationException Missing(int column) =>
        new($"Column {raw.sqlite3_column_name(statement, column).utf8_to_string()} of the ledger holds no usable value.");
}

/// <summary>Values in the form in which the ledger stores them.</summary>
internal static class LedgerValue
{
    public static long? Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
