using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Tests.Engagement;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// Posts spoilt bodies to the listener in its own process: every one must be answered, none by 5xx, the listener must live on, and neither
/// a link nor an address nor a secret may show in anything it says or keeps. Arguments: bodies (default 100,000), seed.
/// </summary>
public static class MutationBenchmark
{
    private const int Connections = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
        Say($"{count:N0} spoilt bodies, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("mutation-benchmark-").FullName;
        try
        {
            SentCampaign campaign;
            using (var ledger = GiftLedger.Open(folder, TimeProvider.System)) campaign = SentCampaign.Create(ledger, "spoilt", 50);
            var said = new StringBuilder();
            using var listener = await EventsBenchmark.StartAsync(folder, "show");
            var reading = Task.WhenAll(ReadAsync(listener.StandardOutput, said), ReadAsync(listener.StandardError, said));
            var (answers, slowest) = await PostAsync([.. Seeds(campaign)], count, seed, listener, cancellationToken);
            var lived = !listener.HasExited;
            var whole = lived ? await OneAsync(Seeds(campaign).First(), cancellationToken) : 0;
            listener.Kill();
            await listener.WaitForExitAsync(cancellationToken);
            await reading;

            using var after = GiftLedger.Open(folder, TimeProvider.System);
            foreach (var kept in after.Events.Quarantine.Newest(QuarantineStore.Capacity)) said.AppendLine(kept.Reason).AppendLine(kept.Body);
            var all = said.ToString();
            var leaks = 0;
            foreach (var secret in Secrets(campaign))
            {
                if (all.IndexOf(secret, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at)) continue;
                leaks++;
                Say($"LEAK of {secret}: {all.Substring(Math.Max(0, at - 200), 300)}");
            }
            Say($"answers: {string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Value} times {a.Key}"))}; slowest {slowest.TotalMilliseconds:N0} ms; a good body at the end: {whole}");
            Say($"stored {after.Events.Count()}, in quarantine {after.Events.Quarantine.Count()}, integrity {after.CheckIntegrity()}; {said.Length:N0} characters said or kept, {leaks} secrets in them");
            return lived && whole == 200 && leaks == 0 && answers.Keys.All(status => status is >= 200 and < 500) && answers.Values.Sum() == count ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(ConcurrentDictionary<int, int> Answers, TimeSpan Slowest)> PostAsync(byte[][] seeds, int count, int seed, Process listener, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<int, int>();
        var (next, slowest) = (0, 0L);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) <= count;)
            {
                // By its number, so that each body can be made again whatever the order was.
                var random = new Random(unchecked(seed * 31 + n));
                var body = Mutation.Of(seeds[random.Next(seeds.Length)], random);
                var started = Stopwatch.GetTimestamp();
                answers.AddOrUpdate(await OneAsync(body, cancellationToken), 1, (_, times) => times + 1);
                var took = Stopwatch.GetElapsedTime(started).Ticks;
                for (var known = Interlocked.Read(ref slowest); took > known && Interlocked.CompareExchange(ref slowest, took, known) != known;) known = Interlocked.Read(ref slowest);
                if (n % (count / 5) != 0) continue;
                listener.Refresh();
                Say($"{n,9:N0} bodies, listener at {listener.WorkingSet64 / 1048576} MB");
            }
        }, cancellationToken)));
        return (answers, new TimeSpan(slowest));
    }

    // 0 stands for no answer at all: a hang, or a connection cut.
    private static async Task<int> OneAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await Client.PostAsync(new Uri(EventSender.Path, UriKind.Relative), content, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = Longest,
        BaseAddress = new Uri($"http://127.0.0.1:{EventsBenchmark.Port}/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{EventSender.User}:{EventSender.Password}"))) },
    };

    private static async Task ReadAsync(StreamReader reader, StringBuilder said)
    {
        while (await reader.ReadLineAsync() is { } line)
            lock (said) said.AppendLine(line);
    }

    private static IEnumerable<byte[]> Seeds(SentCampaign campaign)
    {
        var events = campaign.Ids.Take(8).Select((id, n) => new Dictionary<string, object>
        {
            ["event"] = ((string[])["sent", "click", "open", "bounce", "blocked", "spam", "unsub", "click"])[n], ["time"] = SentCampaign.SentAt.ToUnixTimeSeconds() + 60,
            ["MessageID"] = long.Parse(SentCampaign.MessageIdOf(id), CultureInfo.InvariantCulture), ["email"] = $"c4n4ry{n}@example.org", ["CustomID"] = id.CustomId, ["Payload"] = campaign.Attempts[n],
            ["url"] = SentCampaign.LinkOf(id), ["ip"] = "203.0.113.20", ["agent"] = "Mozilla/5.0", ["hard_bounce"] = true, ["error"] = "user unknown", ["comment"] = "550 5.1.1 <c4n4ry@example.org> unknown",
        }).ToList();
        yield return JsonSerializer.SerializeToUtf8Bytes(events);
        foreach (var one in events) yield return JsonSerializer.SerializeToUtf8Bytes(one);
    }

    private static IEnumerable<string> Secrets(SentCampaign campaign) =>
        [EventSender.Path, EventSender.Password + "\"", "c4n4ry", "203.0.113.20", .. campaign.Ids.Select(id => SentCampaign.LinkOf(id)["http://gtbt.co".Length..])];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
