using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// A prepared statement, bound and read through SQLite's own functions. The data provider looks up every parameter by its name and
/// every column by several calls, each time; claims, outcomes and events come by the thousand.
/// </summary>
internal sealed class LedgerStatement : IDisposable
{
    private const int ShortText = 170;
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly RepeatedTexts repeated = new();
    private int[]? places;
    private bool isOpen;

    /// <summary>Prepares it.</summary>
    /// <exception cref="SqliteException">SQLite does not accept it.</exception>
    public LedgerStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <summary>The current row.</summary>
    public LedgerRow Row => new(statement, repeated);

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            var names = new string[raw.sqlite3_column_count(statement)];
            for (var i = 0; i < names.Length; i++) names[i] = raw.sqlite3_column_name(statement, i).utf8_to_string();
            return names;
        }
    }

    /// <summary>Binds values and makes ready; <see cref="Close"/> must follow.</summary>
    /// <param name="values">Always the same names in the same order.</param>
    public void Open(ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (isOpen) throw new InvalidOperationException("The statement is being read.");
        places ??= PlacesOf(values);
        for (var i = 0; i < values.Length; i++)
            if (places[i] > 0) Check(Bind(places[i], values[i].Value));
        isOpen = true;
    }

    /// <summary>Goes to the next row, or does the work of a statement without rows.</summary>
    /// <returns>False after the last row.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, database);
        return false;
    }

    /// <summary>Ends reading; the statement can be opened again.</summary>
    public void Close()
    {
        // Its code repeats the error of the last step, which was thrown there.
        _ = raw.sqlite3_reset(statement);
        isOpen = false;
    }

    public void Dispose() => statement.Dispose();

    private int[] PlacesOf(ReadOnlySpan<(string Name, object? Value)> values)
    {
        var found = new int[values.Length];
        var distinct = new HashSet<int>();
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = raw.sqlite3_bind_parameter_index(statement, "$" + values[i].Name);
            if (found[i] > 0) distinct.Add(found[i]);
        }
        // A parameter without a value would be NULL without a word.
        return distinct.Count == raw.sqlite3_bind_parameter_count(statement) ? found : throw new InvalidOperationException("A parameter has no value.");
    }

    private int Bind(int place, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(statement, place),
        string text => BindText(place, text),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        bool flag => raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        double number => raw.sqlite3_bind_double(statement, place, number),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The ledger stores no {value.GetType()}."), nameof(value)),
    };

    private int BindText(int place, string text)
    {
        if (text.Length > ShortText) return raw.sqlite3_bind_text(statement, place, Encoding.UTF8.GetBytes(text));
        Span<byte> bytes = stackalloc byte[ShortText * 3];
        return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
