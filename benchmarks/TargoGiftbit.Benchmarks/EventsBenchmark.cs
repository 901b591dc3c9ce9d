using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// The event listener in a process of its own, with a durable ledger, under load from this one: events per second, memory, and
/// whether any event is lost while the listener is killed and started again. Arguments: events (default 200,000), kills (default 10).
/// </summary>
public static class EventsBenchmark
{
    private const int Gifts = 5_000;
    public const int Port = 18_025;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
        var kills = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        var folder = Directory.CreateTempSubdirectory("events-benchmark-").FullName;
        try
        {
            Say($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {Gifts:N0} gifts");
            SentCampaign campaign;
            using (var ledger = GiftLedger.Open(folder, TimeProvider.System)) campaign = SentCampaign.Create(ledger, "load", Gifts);
            foreach (var size in new[] { 50, 10, 1 }) await LoadAsync(folder, campaign, size, cancellationToken);
            return await KillAsync(folder, campaign, events, kills, cancellationToken) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The listener's own process. Arguments: data folder; <c>show</c> to write each receipt out.</summary>
    public static async Task<int> ListenAsync(string[] args, CancellationToken cancellationToken)
    {
        using var ledger = GiftLedger.Open(args[0], TimeProvider.System);
        var options = new EventListenerOptions { Port = Port, Path = new Secret(EventSender.Path), User = EventSender.User, Password = new Secret(EventSender.Password) };
        await using var listener = new EventListener(ledger, options, args.Length > 1 ? receipt => Console.WriteLine(JsonSerializer.Serialize(receipt)) : _ => { }) { Failed = e => Console.Error.WriteLine(e.Message) };
        Console.WriteLine("ready");
        await listener.RunAsync(cancellationToken);
        return 0;
    }

    private static async Task LoadAsync(string folder, SentCampaign campaign, int size, CancellationToken cancellationToken)
    {
        using var listener = await StartAsync(folder);
        using var sender = new EventSender(Port);
        var count = size == 1 ? 5_000 : 20_000;
        // Times of their own, so that no event of one run is a repeat of another's.
        var bodies = Bodies(campaign, count, size, offset: size * 100_000).ToList();
        listener.Refresh();
        var idle = listener.TotalProcessorTime;
        var elapsed = await sender.SendAsync(bodies, 16, null, cancellationToken);
        listener.Refresh();
        var busy = (listener.TotalProcessorTime - idle).TotalSeconds;
        Say($"bodies of {size,3}: {count / elapsed.TotalSeconds,8:N0} events/s stored durably, {bodies.Count / elapsed.TotalSeconds,6:N0} posts/s, {count / busy:N0} events per second of the listener's CPU, {listener.WorkingSet64 / 1048576} MB");
        listener.Kill();
        await listener.WaitForExitAsync(cancellationToken);
    }

    private static async Task<bool> KillAsync(string folder, SentCampaign campaign, int events, int kills, CancellationToken cancellationToken)
    {
        long before;
        using (var ledger = GiftLedger.Open(folder, TimeProvider.System)) before = ledger.Events.Count();
        const int size = 20;
        var bodies = Bodies(campaign, events, size, offset: 50_000_000).ToList();
        var listener = await StartAsync(folder);
        var memory = new List<long>();
        using var sender = new EventSender(Port);
        var killed = 0;
        var restart = Task.CompletedTask;
        var gate = new Lock();
        var elapsed = await sender.SendAsync(bodies, 16, done =>
        {
            lock (gate)
            {
                if (killed >= kills || done < (killed + 1) * bodies.Count / (kills + 1) || !restart.IsCompleted) return;
                killed++;
                restart = Task.Run(async () =>
                {
                    listener.Refresh();
                    memory.Add(listener.WorkingSet64 / 1048576);
                    listener.Kill();
                    await listener.WaitForExitAsync(cancellationToken);
                    listener.Dispose();
                    listener = await StartAsync(folder);
                }, cancellationToken);
            }
        }, cancellationToken);
        await restart;
        listener.Kill();
        await listener.WaitForExitAsync(cancellationToken);
        listener.Dispose();

        using var after = GiftLedger.Open(folder, TimeProvider.System);
        var stored = after.Events.Count() - before;
        Say($"{events:N0} events, {killed} kills: {stored:N0} stored, {events - stored:N0} lost, {sender.Retries} posts repeated, {events / elapsed.TotalSeconds:N0} events/s over all, integrity {after.CheckIntegrity()}, {after.Events.Quarantine.Count()} in quarantine");
        Say($"listener's memory before each kill, MB: {string.Join(' ', memory)}");
        return stored == events && killed == kills;
    }

    /// <summary>Starts the listener in a process of its own and waits until it listens.</summary>
    public static async Task<Process> StartAsync(string folder, params string[] more)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = more.Length > 0 };
        // `dotnet x.dll` and a program of its own are both ways in which this may run.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(EventsBenchmark).Assembly.Location);
        start.ArgumentList.Add("events-listen");
        start.ArgumentList.Add(folder);
        foreach (var argument in more) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "ready") throw new InvalidOperationException("The listener did not start.");
        return process;
    }

    private static IEnumerable<byte[]> Bodies(SentCampaign campaign, int events, int size, int offset)
    {
        string[] kinds = ["sent", "open", "click", "open"];
        return Enumerable.Range(0, events).Chunk(size).Select(chunk => JsonSerializer.SerializeToUtf8Bytes(chunk.Select(n =>
        {
            var index = n % Gifts;
            var round = n / Gifts;
            var e = new Dictionary<string, object?>
            {
                ["event"] = kinds[round % 4],
                // Whole seconds long ago, each one once for a gift and kind.
                ["time"] = SentCampaign.SentAt.ToUnixTimeSeconds() - offset / 10 + round,
                ["MessageID"] = long.Parse(SentCampaign.MessageIdOf(campaign.Ids[index]), CultureInfo.InvariantCulture),
                ["Message_GUID"] = "8b3f0b2c-0000-4000-8000-000000000001",
                ["email"] = $"inbox+{index + 1}@example.org",
                ["mj_campaign_id"] = 7257,
                ["mj_contact_id"] = 4,
                ["customcampaign"] = "load",
                ["CustomID"] = campaign.Ids[index].CustomId,
                ["Payload"] = campaign.Attempts[index],
            };
            if (round % 4 == 2) e["url"] = SentCampaign.LinkOf(campaign.Ids[index]);
            if (round % 4 != 0) (e["ip"], e["geo"], e["agent"]) = ("203.0.113.20", "CA", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36");
            return e;
        })));
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
