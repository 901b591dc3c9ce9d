using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// Durable hand-overs per second through the ledger beside bare SQLite with the same durability, and the look-up of 300 gifts
/// among many. Arguments: gifts in the ledger (default 100,000).
/// </summary>
public static class LedgerBenchmark
{
    private const int HandOvers = 5_000;

    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var gifts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = Directory.CreateTempSubdirectory("ledger-benchmark-").FullName;
        try
        {
            Say($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
            Bare(folder, 1, 1_000);
            Bare(folder, 50, 50_000);
            using var ledger = GiftLedger.Open(folder, TimeProvider.System);
            HandOver(ledger);
            Fill(ledger, gifts, cancellationToken);
            LookUp(ledger, gifts);
            Say($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB");
            return Task.FromResult(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Bare(string folder, int perTransaction, int updates)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, $"bare{perTransaction}.db")};Pooling=False");
        SQLitePCL.Batteries_V2.Init();
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, state TEXT)");
        Execute(connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT i, 'new' FROM n");
        var started = Stopwatch.GetTimestamp();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE t SET state = $s WHERE id = $id";
        var state = command.Parameters.Add("$s", SqliteType.Text);
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        for (var i = 0; i < updates;)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var j = 0; j < perTransaction; j++, i++)
            {
                state.Value = i.ToString(CultureInfo.InvariantCulture);
                id.Value = i % 1000 + 1;
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Say($"bare SQLite, WAL, FULL, {perTransaction} updates per transaction: {updates / seconds:N0} updates/s");
    }

    // One hand-over is a claim and an outcome: four rows written, two transactions per batch of 50.
    private static void HandOver(GiftLedger ledger)
    {
        var ids = Campaign(ledger, "mail", HandOvers);
        foreach (var size in new[] { 50, 1 })
        {
            var some = size == 50 ? ids : ids.Take(500).ToList();
            var started = Stopwatch.GetTimestamp();
            foreach (var batch in some.Chunk(size))
            {
                var claims = ledger.Mails.Claim(batch, MailPurpose.Gift, "benchmark", TimeSpan.FromMinutes(15), resend: true);
                ledger.Mails.Record([.. claims.Select(c => new HandOverRecord(c, new HandOver(HandOverResult.Accepted, "1"), "Sujet", "hash"))]);
            }
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Say($"ledger, batches of {size}: {some.Count / seconds:N0} durable hand-overs/s (claim and outcome)");
        }
    }

    // One campaign the long way, the others copies of it row for row: a million gifts would take minutes otherwise.
    private static void Fill(GiftLedger ledger, int gifts, CancellationToken cancellationToken)
    {
        const int size = 500;
        const string Copy = "printf('fill-%05d', n.i)";
        var started = Stopwatch.GetTimestamp();
        Campaign(ledger, "fill-00000", size);
        using (var connection = new SqliteConnection($"Data Source={ledger.Path};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "PRAGMA synchronous=OFF");
            using var transaction = connection.BeginTransaction();
            foreach (var table in new[] { "campaigns", "orders", "gifts", "history" })
            {
                cancellationToken.ThrowIfCancellationRequested();
                var columns = ColumnsOf(connection, table).Where(c => c != "id").ToList();
                var values = columns.Select(c => c switch
                {
                    "campaign_id" or "order_id" => Copy,
                    "link" or "provider_gift_id" => $"{c} || '-' || n.i",
                    "link_hash" => "lower(hex(randomblob(32)))",
                    _ => c,
                });
                Execute(connection,
                    $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {gifts / size - 1}) " +
                    $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM n, {table} WHERE campaign_id = 'fill-00000'");
            }
            transaction.Commit();
        }
        Campaign(ledger, "wanted", 300);
        Say($"filled with {gifts:N0} gifts in campaigns of {size}, {new FileInfo(ledger.Path).Length / 1048576:N0} MB: {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    private static void LookUp(GiftLedger ledger, int gifts)
    {
        var times = new List<double>();
        for (var i = 0; i < 21; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var found = ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "wanted");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (found.Count != 300) throw new InvalidOperationException("the look-up lost gifts");
        }
        times.Sort();
        Say($"300 gifts out of {gifts:N0}: median {times[10]:0.0} ms, worst {times[20]:0.0} ms");
    }

    private static List<GiftId> Campaign(GiftLedger ledger, string id, int gifts)
    {
        var terms = new GiftCampaign
        {
            Environment = GiftEnvironment.Sandbox,
            CampaignId = id,
            Price = Money.Cad(6000),
            BrandCodes = ["timhortonsca"],
            Expiry = DateOnly.FromDateTime(DateTime.UtcNow.AddMonths(6)),
            Message = "Merci",
        };
        var contacts = Enumerable.Range(1, gifts).Select(n => new GiftContact { CustomerId = $"C{n}", FirstName = "Marie", LastName = "Tremblay", Email = $"c{n}@example.com" }).ToList();
        var plan = ledger.Orders.Plan(terms, contacts, g => new OrderRecipient(g.Row, g.CustomerId, g.FirstName, g.LastName, g.Email),
            (order, recipients) => new PreparedOrder(order, Encoding.UTF8.GetBytes($"{order} {recipients.Count}"), "hash"));
        foreach (var order in plan.Open) ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = "u-" + id });
        ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, new GiftLink($"http://gtbt.example/{id}{g.Row:00000000}"), $"{id}-{g.Row}"))]);
        return [.. plan.Gifts.Select(g => g.Identity)];
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
