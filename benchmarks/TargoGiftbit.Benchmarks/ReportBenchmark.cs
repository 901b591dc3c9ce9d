using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reports;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// Figures and HTML report of campaigns of 0, 1, 300, 5,000 and 100,000 gifts with a month of made-up life: time and size. Arguments: a
/// folder in which to leave the reports, to be looked at.
/// </summary>
public static class ReportBenchmark
{
    private static readonly string[] Brands = ["timhortonsca", "walmartca", "homedepotca", "igacaca", "homehardwareca"];

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("report-benchmark-").FullName;
        try
        {
            var output = args.Length > 0 ? Directory.CreateDirectory(args[0]).FullName : folder;
            Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
            foreach (var gifts in args.Length > 0 ? new[] { 0, 1, 300, 5_000 } : [0, 1, 300, 5_000, 100_000])
                await MeasureAsync(Path.Combine(folder, $"{gifts}"), output, gifts, cancellationToken);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, string output, int gifts, CancellationToken cancellationToken)
    {
        var clock = new SetClock(new DateTimeOffset(2026, 5, 4, 13, 30, 0, TimeSpan.Zero));
        using var ledger = GiftLedger.Open(folder, clock);
        Live(ledger, clock, gifts);
        foreach (var language in new[] { GiftLanguage.Fr, GiftLanguage.En })
        {
            var path = Path.Combine(output, $"report-{gifts}-{(language == GiftLanguage.Fr ? "fr" : "en")}.html");
            var started = Stopwatch.GetTimestamp();
            var figures = CampaignMeasure.Take(ledger, GiftEnvironment.Sandbox, "targo-2026-q2-loyalty", clock);
            var counted = Stopwatch.GetElapsedTime(started);
            await GiftReportHtml.WriteAsync(path, figures, language, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{gifts,7:N0} gifts, {language}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds,6:N0} ms in all, {counted.TotalMilliseconds,6:N0} ms of it counting, {new FileInfo(path).Length / 1024.0:N0} KB"));
        }
    }

    private static void Live(GiftLedger ledger, SetClock clock, int gifts)
    {
        ledger.Brands.Store(GiftEnvironment.Sandbox, "giftbit", [new("timhortonsca", "Tim Hortons", null), new("walmartca", "Walmart", null), new("homedepotca", "The Home Depot", null), new("igacaca", "IGA", null)]);
        var campaign = SentCampaign.Create(ledger, "targo-2026-q2-loyalty", gifts);
        var random = new Random(7);
        var sent = clock.Now;
        clock.Now = sent.AddDays(34);
        ledger.Campaigns.NoteSending(GiftEnvironment.Sandbox, "targo-2026-q2-loyalty", sent);
        ledger.Campaigns.NotePoll(GiftEnvironment.Sandbox, "targo-2026-q2-loyalty", sent.AddDays(30), new DateTimeOffset(2027, 1, 2, 8, 0, 0, TimeSpan.Zero));
        var redeemed = new List<(GiftId, ProviderGift)>();
        foreach (var chunk in Enumerable.Range(0, gifts).Chunk(200))
        {
            var bodies = new List<MailjetEventBody>();
            foreach (var index in chunk)
            {
                var id = campaign.Ids[index];
                var when = sent.AddMinutes(1);
                var fate = random.NextDouble();
                if (fate < 0.03) bodies.Add(Event(campaign, index, "bounce", when, ("error", random.Next(3) switch { 0 => "user unknown", 1 => "quota exceeded", _ => "no mail host" }), ("hard_bounce", fate < 0.02)));
                else if (fate < 0.035) bodies.Add(Event(campaign, index, "blocked", when, ("error", "preblocked")));
                else bodies.Add(Event(campaign, index, "sent", when));
                if (fate < 0.035) continue;
                if (random.NextDouble() < 0.15) bodies.Add(Click(campaign, index, when.AddSeconds(3)));
                if (random.NextDouble() < 0.3) bodies.Add(Event(campaign, index, "open", when.AddMinutes(5), ("agent", "GoogleImageProxy")));
                if (random.NextDouble() < 0.004) bodies.Add(Event(campaign, index, "spam", when.AddHours(2)));
                if (random.NextDouble() > 0.74) continue;
                var clicked = when.AddHours(Math.Pow(random.NextDouble(), 3) * 24 * 24 + 0.05);
                bodies.Add(Click(campaign, index, clicked));
                if (random.NextDouble() < 0.82) redeemed.Add((id, new ProviderGift
                {
                    ProviderGiftId = $"{id.CampaignId}-{id.Row}", Status = GiftStatus.Redeemed, RawStatus = "REDEEMED", BrandCode = Brands[(int)(Math.Pow(random.NextDouble(), 1.6) * 5)],
                    RedeemedAt = clicked.AddHours(Math.Pow(random.NextDouble(), 4) * 200 + 0.1),
                }));
            }
            ledger.Events.Store(bodies);
        }
        if (gifts > 100) redeemed.AddRange(campaign.Ids.TakeLast(gifts / 100).Select(id => (id, new ProviderGift { ProviderGiftId = $"{id.CampaignId}-{id.Row}", Status = GiftStatus.Refunded, RawStatus = "GIVER_CANCELLED" })));
        ledger.Gifts.StoreStatuses(redeemed);
    }

    private static MailjetEventBody Click(SentCampaign campaign, int index, DateTimeOffset at) =>
        Event(campaign, index, "click", at, ("url", SentCampaign.LinkOf(campaign.Ids[index])), ("agent", "Mozilla/5.0 (iPhone)"));

    private static MailjetEventBody Event(SentCampaign campaign, int index, string kind, DateTimeOffset at, params (string Name, object Value)[] more)
    {
        var e = new Dictionary<string, object>
        {
            ["event"] = kind, ["time"] = at.ToUnixTimeSeconds(), ["MessageID"] = SentCampaign.MessageIdOf(campaign.Ids[index]), ["email"] = $"c{index}@example.com",
            ["CustomID"] = campaign.Ids[index].CustomId, ["Payload"] = campaign.Attempts[index],
        };
        foreach (var (name, value) in more) e[name] = value;
        return MailjetEventReader.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(e)));
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
