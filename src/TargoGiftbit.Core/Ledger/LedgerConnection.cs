using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// One SQLite connection, used by one thread at a time, with its prepared statements. The only class that knows SQLite's
/// pragmas and error codes; everything else is portable SQL.
/// </summary>
internal sealed class LedgerConnection : IDisposable
{
    private const int BusySeconds = 30;
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly sqlite3 database;
    private readonly Dictionary<string, LedgerStatement> statements = new(StringComparer.Ordinal);
    private readonly string path;
    private bool isInTransaction;

    // Why SQLite cannot be used in this process; null when it can.
    private static readonly DllNotFoundException? Missing = Start();

    public LedgerConnection(string path)
    {
        if (Missing is not null) throw new LedgerException("LedgerEngineMissing", LedgerText.EngineMissing(RuntimeInformation.RuntimeIdentifier), Missing);
        this.path = path;
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
            database = connection.Handle!;
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

    private static DllNotFoundException? Start()
    {
        try
        {
            Batteries_V2.Init();
            // Every connection here is used by one thread at a time, so that its calls need not lock it once more. SQLite refuses when it is at
            // work already and then goes on locking, which does no harm.
            _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
            return null;
        }
        catch (DllNotFoundException e)
        {
            return e;
        }
    }

    /// <summary>Runs a read inside its own snapshot.</summary>
    public T Read<T>(Func<LedgerConnection, T> work) => Locked(work, write: false);

    /// <summary>Runs a write transaction; rolls back whole when <paramref name="work"/> throws.</summary>
    public T Write<T>(Func<LedgerConnection, T> work) => Locked(work, write: true);

    /// <summary>Runs a write transaction.</summary>
    public void Write(Action<LedgerConnection> work) => Write(c => { work(c); return true; });

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Run(Prepared(sql), values);

    /// <summary>Runs a query and maps its rows.</summary>
    public List<T> Query<T>(string sql, Func<LedgerRow, T> map, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var rows = new List<T>();
        ForEach(sql, row => { rows.Add(map(row)); return true; }, values);
        return rows;
    }

    /// <summary>Runs a query and hands each row to <paramref name="each"/>, which may return false to stop.</summary>
    public void ForEach(string sql, Func<LedgerRow, bool> each, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var statement = Prepared(sql);
        statement.Open(values);
        try
        {
            while (statement.Step() && each(statement.Row)) { }
        }
        finally
        {
            statement.Close();
        }
    }

    /// <summary>Runs a query and returns its rows by column name.</summary>
    public List<IReadOnlyList<KeyValuePair<string, object?>>> Rows(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var columns = Prepared(sql).Columns;
        return Query<IReadOnlyList<KeyValuePair<string, object?>>>(sql, row => [.. columns.Select((name, i) => KeyValuePair.Create(name, row.Value(i)))], values);
    }

    /// <summary>The columns of a table.</summary>
    public IReadOnlyList<string> ColumnsOf(string table) => Prepared($"SELECT * FROM {table}").Columns;

    /// <summary>Runs a statement whose text is made for the occasion, and is not kept prepared.</summary>
    public void ExecuteOnce(string sql, IEnumerable<(string Name, object? Value)> values)
    {
        using var statement = new LedgerStatement(database, sql);
        Run(statement, [.. values]);
    }

    /// <summary>First column of the first row, or default.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        object? value = null;
        ForEach(sql, row => { value = row.Value(0); return false; }, values);
        return value is null ? default : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture);
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
            foreach (var statement in statements.Values) statement.Dispose();
            statements.Clear();
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
            if (isInTransaction) return work(this);
            try
            {
                // IMMEDIATE takes the write lock at the start: a reader that turns writer half-way could only fail.
                Execute(write ? "BEGIN IMMEDIATE" : "BEGIN");
                isInTransaction = true;
                var result = work(this);
                Execute("COMMIT");
                return result;
            }
            catch (SqliteException e)
            {
                throw Explain(e);
            }
            finally
            {
                isInTransaction = false;
                RollBack();
            }
        }
    }

    // What was not committed; a full disk may already have done so.
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(database) != 0) return;
        try { Execute("ROLLBACK"); }
        catch (SqliteException) { }
    }

    private int Run(LedgerStatement statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        statement.Open(values);
        try
        {
            while (statement.Step()) { }
            return raw.sqlite3_changes(database);
        }
        finally
        {
            statement.Close();
        }
    }

    private LedgerStatement Prepared(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement)) statements[sql] = statement = new LedgerStatement(database, sql);
        return statement;
    }

    private LedgerException Explain(SqliteException e) => e.SqliteErrorCode switch
    {
        // Without room for the memory that the connections share, SQLite speaks of input and output (SQLITE_IOERR_SHMSIZE, tried on a full tmpfs).
        10 when e.SqliteExtendedErrorCode == 4874 => new("LedgerDiskFull", LedgerText.DiskFull(path), e),
        10 => new("LedgerDiskFailed", LedgerText.DiskFailed(path), e),
        5 or 6 => new("LedgerBusy", LedgerText.Busy(path), e),
        8 => new("LedgerReadOnly", LedgerText.ReadOnly(path), e),
        11 or 26 => new("LedgerDamaged", LedgerText.Damaged(path), e),
        13 => new("LedgerDiskFull", LedgerText.DiskFull(path), e),
        14 => new("LedgerReadOnly", LedgerText.ReadOnly(path), e),
        _ => new("LedgerUnusable", LedgerText.Unusable(path, e.Message), e),
    };
}
