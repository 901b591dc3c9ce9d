using System.Globalization;
using System.Text;
using SQLitePCL;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Typed access to the columns of the current row: instants are Unix milliseconds, dates and enums text.</summary>
internal readonly struct LedgerRow(sqlite3_stmt statement)
{
    private const int LongestName = 64;

    public string Text(int column)
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        return bytes.Length > 0 || !IsNull(column) ? Encoding.UTF8.GetString(bytes) : throw Missing(column);
    }

    public string? TextOrNull(int column)
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        return bytes.Length > 0 || !IsNull(column) ? Encoding.UTF8.GetString(bytes) : null;
    }

    public int Int(int column) => checked((int)Long(column));

    // Only a zero can stand for NULL.
    public long Long(int column) => raw.sqlite3_column_int64(statement, column) is var number && (number != 0 || !IsNull(column)) ? number : throw Missing(column);

    public bool Flag(int column) => raw.sqlite3_column_int64(statement, column) != 0;

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public DateTimeOffset Instant(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? InstantOrNull(int column) => raw.sqlite3_column_int64(statement, column) is var number && (number != 0 || !IsNull(column)) ? DateTimeOffset.FromUnixTimeMilliseconds(number) : null;

    public DateOnly Date(int column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public T Enum<T>(int column) where T : struct, Enum
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        Span<char> name = stackalloc char[LongestName];
        return bytes.Length is > 0 and <= LongestName ? System.Enum.Parse<T>(name[..Encoding.UTF8.GetChars(bytes, name)]) : throw Missing(column);
    }

    /// <summary>The value in the type in which it is stored: long, double, string, byte[] or null.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_BLOB => Bytes(column),
        _ => Text(column),
    };

    private InvalidOperationException Missing(int column) =>
        new($"Column {raw.sqlite3_column_name(statement, column).utf8_to_string()} of the ledger holds no usable value.");
}

/// <summary>Values in the form in which the ledger stores them.</summary>
internal static class LedgerValue
{
    public static long? Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
