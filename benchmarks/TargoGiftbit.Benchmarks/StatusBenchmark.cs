using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// A status cycle, the scheduled job's, over many gifts in campaigns of 500, all due, a tenth of them redeemed since: requests, time, processor
/// time and memory of the process that polls. Arguments: gifts (default 100,000). The bars: one request per 500 gifts beside the ping, 10 s,
/// memory that does not grow with the campaigns.
/// </summary>
public static class StatusBenchmark
{
    public const string Polling = "status-run";
    private const int Size = 500;
    private const GiftEnvironment Where = GiftEnvironment.Sandbox;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var campaigns = (args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000) / Size;
        var folder = Directory.CreateTempSubdirectory("status-benchmark-").FullName;
        try
        {
            Say($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
            await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = 0, RecordBodies = false, KeptBodies = 0 }, cancellationToken);
            simulator.Options.Giftbit.FundsCad = long.MaxValue / 2;
            var started = Stopwatch.GetTimestamp();
            await FillAsync(simulator, folder, campaigns, cancellationToken);
            Say($"filled with {campaigns * Size:N0} gifts in {campaigns:N0} campaigns of {Size}: {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
            simulator.Requests.Clear();
            using var process = PeerProcess.Start(Environment.ProcessPath!, [Polling, simulator.Addresses.Giftbit.AbsoluteUri, simulator.Options.GiftbitToken, folder])!;
            Console.Write(await process.StandardOutput.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            var requests = simulator.Requests.All.GroupBy(r => r.Route).ToDictionary(g => g.Key, g => g.Count());
            Say($"requests: {string.Join(", ", requests.Select(r => $"{r.Value:N0} × {r.Key}"))}; {requests.Where(r => r.Key != "giftbit.ping").Sum(r => r.Value):N0} without pings");
            return process.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The polling process: everything that is due, once.</summary>
    public static async Task<int> PollAsync(string[] args, CancellationToken cancellationToken)
    {
        using var ledger = GiftLedger.Open(args[2], TimeProvider.System, mustExist: true);
        using var provider = Provider(new Uri(args[0]), args[1], TimeProvider.System);
        using var me = Process.GetCurrentProcess();
        var processor = me.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var (polled, early) = (0, 0L);
        var summary = await new ReconciliationRun(ledger, _ => provider, TimeProvider.System).RunAsync(_ =>
        {
            if (++polled == 20) early = Measurement.PeakOfThisProcess();
        }, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        me.Refresh();
        Say($"polled {summary.Polled:N0} campaigns, {summary.Changed:N0} gifts changed, {summary.Missing} missing, {summary.Failures.Count} failures: {elapsed.TotalSeconds:0.0} s, of it {(me.TotalProcessorTime - processor).TotalSeconds:0.0} s of processor time");
        Say($"peak memory {early / 1048576} MB after 20 campaigns, {Measurement.PeakOfThisProcess() / 1048576} MB at the end");
        return summary.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task FillAsync(SimulatorHost simulator, string folder, int campaigns, CancellationToken cancellationToken)
    {
        using var ledger = GiftLedger.Open(folder, simulator.Clock);
        using var provider = Provider(simulator.Addresses.Giftbit, simulator.Options.GiftbitToken, simulator.Clock);
        var order = new CampaignOrder(provider, ledger, simulator.Options.TestInbox, simulator.Clock);
        var contacts = Enumerable.Range(1, Size).Select(n => new GiftContact { CustomerId = $"C{n}", FirstName = "Marie", LastName = "Tremblay", Email = $"c{n}@example.com" }).ToList();
        for (var i = 0; i < campaigns; i++)
        {
            var terms = new GiftCampaign
            {
                Environment = Where, CampaignId = $"status-{i:00000}", Price = Money.Cad(6000), BrandCodes = ["timhortonsca"],
                Expiry = PacificTime.DateAt(simulator.Clock.GetUtcNow()).AddMonths(6), Subject = "Cadeau", Message = "Merci",
            };
            await order.ExecuteAsync(await order.PreviewAsync(terms, contacts, skipInvalid: false, cancellationToken), cancellationToken);
        }
        simulator.Clock.Advance(TimeSpan.FromSeconds(10));
        var links = new LinkCollection(provider, ledger, simulator.Clock);
        for (var i = 0; i < campaigns; i++)
        {
            await links.CollectAsync(Where, $"status-{i:00000}", TimeSpan.Zero, _ => { }, cancellationToken);
            ledger.Campaigns.NotePoll(Where, $"status-{i:00000}", null, simulator.Clock.GetUtcNow().AddHours(-1));
        }
        foreach (var gift in simulator.Giftbit.Store.Gifts.Where((_, i) => i % 10 == 0)) simulator.Giftbit.Store.Redeem(gift.Uuid);
    }

    private static GiftbitProvider Provider(Uri endpoint, string token, TimeProvider clock) => GiftbitProvider.Connect(new ServiceConnection(Where, endpoint, new Secret(token)), clock);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
