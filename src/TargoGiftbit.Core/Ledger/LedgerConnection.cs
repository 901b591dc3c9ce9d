using Microsoft.Data.Sqlite;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// One SQLite connection, used by one thread at a time, with its prepared commands. The only class that knows SQLite's
/// pragmas and error codes; everything else is portable SQL.
/// </summary>
internal sealed class LedgerConnection : IDisposable
{
    private const int BusySeconds = 30;
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly string path;
    private SqliteTransaction? transaction;

    public LedgerConnection(string path)
    {
        this.path = path;
        SQLitePCL.Batteries_V2.Init();
        connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            // The provider's own retry sleeps 150 ms at a time; SQLite's busy handler wakes far sooner (shared/design.md, traps).
            Pragma($"PRAGMA busy_timeout={BusySeconds * 1000}");
            Pragma("PRAGMA journal_mode=WAL");
            // FULL: a hand-over that was recorded must survive a power cut, or a mail might go out twice.
            Pragma("PRAGMA synchronous=FULL");
            Pragma("PRAGMA foreign_keys=ON");
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(e);
        }
    }

    /// <summary>Runs a read inside its own snapshot.</summary>
    public T Read<T>(Func<LedgerConnection, T> work) => Locked(work, write: false);

    /// <summary>Runs a write transaction; rolls back whole when <paramref name="work"/> throws.</summary>
    public T Write<T>(Func<LedgerConnection, T> work) => Locked(work, write: true);

    /// <summary>Runs a write transaction.</summary>
    public void Write(Action<LedgerConnection> work) => Write(c => { work(c); return true; });

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query and maps its rows.</summary>
    public List<T> Query<T>(string sql, Func<LedgerRow, T> map, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        var row = new LedgerRow(reader);
        while (reader.Read()) rows.Add(map(row));
        return rows;
    }

    /// <summary>Runs a query and hands each row to <paramref name="each"/>, which may return false to stop.</summary>
    public void ForEach(string sql, Func<LedgerRow, bool> each, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var row = new LedgerRow(reader);
        while (reader.Read() && each(row)) { }
    }

    /// <summary>Runs a query and returns its rows by column name.</summary>
    public List<IReadOnlyList<KeyValuePair<string, object?>>> Rows(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<IReadOnlyList<KeyValuePair<string, object?>>>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => KeyValuePair.Create(reader.GetName(i), reader.IsDBNull(i) ? null : reader.GetValue(i)))]);
        return rows;
    }

    /// <summary>The columns of a table.</summary>
    public IReadOnlyList<string> ColumnsOf(string table)
    {
        using var reader = Prepare($"SELECT * FROM {table} WHERE 1 = 0", []).ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>Runs a statement whose text is made for the occasion, and is not kept prepared.</summary>
    public void ExecuteOnce(string sql, IEnumerable<(string Name, object? Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + name, Value = value ?? DBNull.Value });
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Makes what was deleted unreadable in the file: call it before the deletion, and <see cref="Shrink"/> after it. What SQLite
    /// frees is overwritten from now on.
    /// </summary>
    public void EraseDeleted() => Unlocked(() => Pragma("PRAGMA secure_delete=ON"));

    /// <summary>Rewrites the file without its free pages, and empties the log beside it.</summary>
    public void Shrink() => Unlocked(() =>
    {
        Pragma("VACUUM");
        Pragma("PRAGMA wal_checkpoint(TRUNCATE)");
    });

    /// <summary>First column of the first row, or default.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var value = Prepare(sql, values).ExecuteScalar();
        return value is null or DBNull ? default : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Statements that cannot run inside a transaction (VACUUM, checkpoints).</summary>
    public void Pragma(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read()) { }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var command in commands.Values) command.Dispose();
            commands.Clear();
            connection.Dispose();
        }
    }

    private void Unlocked(Action work)
    {
        lock (gate)
        {
            try { work(); }
            catch (SqliteException e) { throw Explain(e); }
        }
    }

    private T Locked<T>(Func<LedgerConnection, T> work, bool write)
    {
        lock (gate)
        {
            // A write inside a write joins it: the outer one commits.
            if (transaction is not null) return work(this);
            try
            {
                // IMMEDIATE takes the write lock at the start: a reader that turns writer half-way could only fail.
                transaction = connection.BeginTransaction(deferred: !write);
                var result = work(this);
                transaction.Commit();
                return result;
            }
            catch (SqliteException e)
            {
                throw Explain(e);
            }
            finally
            {
                // Dispose rolls back what was not committed; a full disk may already have done so.
                try { transaction?.Dispose(); }
                catch (SqliteException) { }
                transaction = null;
            }
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands[sql] = command;
        }
        command.Transaction = transaction;
        // One statement is written in one place, so its parameters come in one order: only the values change.
        if (command.Parameters.Count == 0)
            foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + name });
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    private LedgerException Explain(SqliteException e) => e.SqliteErrorCode switch
    {
        5 or 6 => new("LedgerBusy", LedgerText.Busy(path), e),
        8 => new("LedgerReadOnly", LedgerText.ReadOnly(path), e),
        11 or 26 => new("LedgerDamaged", LedgerText.Damaged(path), e),
        13 => new("LedgerDiskFull", LedgerText.DiskFull(path), e),
        14 => new("LedgerReadOnly", LedgerText.ReadOnly(path), e),
        _ => new("LedgerUnusable", LedgerText.Unusable(path, e.Message), e),
    };
}
