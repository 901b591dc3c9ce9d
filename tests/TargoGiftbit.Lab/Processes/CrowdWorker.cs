using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Lab.Campaigns;

namespace TargoGiftbit.Lab.Processes;

/// <summary>One of the processes that share a ledger: does its one thing again and again until it is done and the time is up.</summary>
internal static class CrowdWorker
{
    public const string Name = "crowd-worker";
    public const string Campaign = "crowd";

    public static async Task<int> RunAsync(LabArguments arguments)
    {
        try
        {
            await using var campaign = new LabCampaign(GiftSettings.ProcessEnvironment(), Campaign, TimeProvider.System, LabPatience.Normal);
            var (index, gifts, time) = (arguments.Number("index", 0), arguments.Number("gifts", 0), TimeSpan.FromSeconds(arguments.Number("seconds", 0)));
            Func<int, Task<bool>> step = arguments.Text("role") switch
            {
                "send" => _ => SendAsync(campaign, gifts / time.TotalSeconds),
                "status" => round => StatusAsync(campaign, isDueRun: round % 2 == index % 2),
                "events" => Events(campaign, gifts, index == 0 ? "open" : "click"),
                _ => _ => Task.FromResult(Query(campaign, gifts)),
            };
            var (started, rounds, longest) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero);
            // What must get done gets the time it takes; the room has a limit of its own.
            for (var isDone = false; !isDone || Stopwatch.GetElapsedTime(started) < time; rounds++)
            {
                var begun = Stopwatch.GetTimestamp();
                isDone = await step(rounds);
                if (Stopwatch.GetElapsedTime(begun) is var took && took > longest) longest = took;
                await Task.Delay(5);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds, longest {longest.TotalMilliseconds:0} ms"));
            return 0;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e is GiftException known ? $"{known.Code}: {known.Message}" : e.ToString());
            return 1;
        }
    }

    private static async Task<bool> SendAsync(LabCampaign campaign, double rate)
    {
        var summary = await campaign.SendAsync(options: new MailingOptions { RateLimit = rate, Parallelism = 2 });
        if (summary.Refused + summary.Uncertain + summary.Deferred > 0) throw new InvalidOperationException($"{summary}");
        return campaign.Gifts.All(g => g.MailState == MailState.Sent);
    }

    private static async Task<bool> StatusAsync(LabCampaign campaign, bool isDueRun)
    {
        if (isDueRun)
        {
            var summary = await campaign.PollDueAsync();
            if (summary.Failures.Count > 0) throw summary.Failures[0].Error;
        }
        else
        {
            await campaign.PollAsync();
        }
        return true;
    }

    // One event of its kind for each mail, as soon as that is out; and each of them twice, as Mailjet does when it is in doubt.
    private static Func<int, Task<bool>> Events(LabCampaign campaign, int gifts, string kind)
    {
        var told = new HashSet<int>();
        return _ =>
        {
            foreach (var batch in campaign.Gifts.Where(g => g is { MailState: MailState.Sent, MessageId: not null } && told.Add(g.Row)).Chunk(20))
            {
                var body = MailjetEventReader.Read(JsonSerializer.SerializeToUtf8Bytes(batch.Select(gift => new Dictionary<string, object?>
                {
                    ["event"] = kind,
                    ["time"] = gift.SentAt!.Value.ToUnixTimeSeconds(),
                    ["MessageID"] = long.Parse(gift.MessageId!, CultureInfo.InvariantCulture),
                    ["CustomID"] = gift.Identity.CustomId,
                    ["email"] = gift.ProviderEmail,
                    ["url"] = kind == "click" ? gift.Link!.Reveal() : null,
                })));
                campaign.Ledger.Events.Store([body, body]);
            }
            return Task.FromResult(told.Count == gifts);
        };
    }

    // Whatever goes on at the same time, a reader sees a whole campaign.
    private static bool Query(LabCampaign campaign, int gifts)
    {
        var seen = campaign.Gifts;
        if (seen.Count != gifts || seen.Any(g => g.Link is null)) throw new InvalidOperationException($"a query saw {seen.Count} gifts");
        var one = seen[Random.Shared.Next(seen.Count)];
        campaign.Ledger.History.Of(one.Identity);
        campaign.Ledger.Mails.HandOversOf(one.Identity);
        campaign.Ledger.Events.Of(one.Identity);
        campaign.Ledger.Campaigns.List();
        var figures = CampaignMeasure.Take(campaign.Ledger, LabCampaign.Where, campaign.Id, TimeProvider.System);
        if (figures.Total.Gifts != gifts) throw new InvalidOperationException($"the figures count {figures.Total.Gifts} gifts");
        return true;
    }
}
