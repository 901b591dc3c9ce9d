using Microsoft.Data.Sqlite;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Lab.Campaigns;

/// <summary>
/// Lets an hour pass for what is under way in a ledger. Processes under test run on the real clock, and a claim holds for a quarter of
/// an hour: in place of waiting, what has begun is said to have begun earlier.
/// </summary>
internal static class LabTime
{
    private const long Hour = 3_600_000;

    public static void Pass(string folder)
    {
        var path = Path.Combine(folder, GiftLedger.FileName);
        if (!File.Exists(path)) return;
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        // Killed before its first transaction was through: nothing has begun yet.
        if (Number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'mails'") == 0) return;
        Number(connection, $"UPDATE mails SET lease_until = lease_until - {Hour} WHERE lease_until IS NOT NULL");
        Number(connection, $"UPDATE hand_overs SET started_at = started_at - {Hour} WHERE outcome IS NULL OR outcome = 'Unknown'");
        Number(connection, $"UPDATE leases SET until = until - {Hour}");
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
