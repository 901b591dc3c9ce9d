using Microsoft.Data.Sqlite;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Typed access to the columns of the current row: instants are Unix milliseconds, dates and enums text.</summary>
internal readonly struct LedgerRow(SqliteDataReader reader)
{
    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public int Int(int column) => reader.GetInt32(column);

    public long Long(int column) => reader.GetInt64(column);

    public bool Flag(int column) => !reader.IsDBNull(column) && reader.GetInt64(column) != 0;

    public bool IsNull(int column) => reader.IsDBNull(column);

    public byte[] Bytes(int column) => (byte[])reader.GetValue(column);

    public DateTimeOffset Instant(int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public DateTimeOffset? InstantOrNull(int column) => reader.IsDBNull(column) ? null : Instant(column);

    public DateOnly Date(int column) => DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public T Enum<T>(int column) where T : struct, Enum => System.Enum.Parse<T>(reader.GetString(column));
}

/// <summary>Values in the form in which the ledger stores them.</summary>
internal static class LedgerValue
{
    public static long? Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
