using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Lab.Faults;

/// <summary>
/// Every step of a campaign first against a server that answers nonsense, then against the service: the first ends in a clear error within
/// its time, the second goes on as if nothing had been.
/// </summary>
internal sealed class NonsenseRun(int seed)
{
    private const int Gifts = 12;
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1.5);

    // Two attempts at each of two questions, and as much again for a machine that has other things to do.
    private static readonly TimeSpan Limit = Attempt * 4 + TimeSpan.FromSeconds(15);

    public async Task RunAsync(LabReport report)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = 0, Seed = seed });
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            // Side by side: they spend their time waiting.
            var runs = Enum.GetValues<Nonsense>().Select(async kind => (Kind: kind, Wrong: await CampaignAsync(simulator, Path.Combine(folder, kind.ToString()), kind))).ToList();
            foreach (var (kind, (wrong, codes)) in await Task.WhenAll(runs))
                report.Judge($"a server that answers {kind}: a clear error in each of six steps, the ledger intact, the campaign completed afterwards ({string.Join(", ", codes)})", wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(List<string> Wrong, List<string> Codes)> CampaignAsync(SimulatorHost simulator, string home, Nonsense kind)
    {
        var (wrong, codes) = (new List<string>(), new List<string>());
        using var server = new NonsenseServer(kind);
        var good = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = home };
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");
        var bad = new Dictionary<string, string>(good) { ["GIFTBIT_ENDPOINT"] = $"http://{address}/papi/v1", ["MAILJET_ENDPOINT"] = $"http://{address}/", ["GIFT_SMTP"] = $"smtp://user@{address}?tls=none" };
        var id = $"nonsense-{kind.ToString().ToLowerInvariant()}";
        var patience = LabPatience.Short(Attempt, retries: 1);
        await using var nowhere = new LabCampaign(bad, id, simulator.Clock, patience);
        await using var campaign = new LabCampaign(good, id, simulator.Clock, patience);
        var contacts = LabCampaign.Contacts(Gifts);

        await FailsAsync("order", () => nowhere.OrderAsync(contacts));
        await campaign.OrderAsync(contacts);
        await FailsAsync("links", () => nowhere.CollectAsync(TimeSpan.Zero));
        simulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await campaign.CollectAsync(TimeSpan.Zero);
        foreach (var transport in new[] { "mailjet", "smtp" })
        {
            await IsLeftOpenAsync(transport);
            simulator.Clock.Advance(TimeSpan.FromMinutes(30));
            if (transport == "smtp") campaign.Decide(gift => simulator.Inbox.ByCustomId(gift.CustomId).Count > 0);
            else if (campaign.Ledger.Mails.Uncertain(LabCampaign.Where, id).Count > 0) await FailsAsync("settling", nowhere.SettleAsync);
            await campaign.SettleAsync();
        }
        await campaign.SendAsync();
        await FailsAsync("poll", nowhere.PollAsync);
        await campaign.PollAsync();
        wrong.AddRange(LabVerdict.On(campaign, simulator, Gifts));
        return (wrong, codes);

        async Task FailsAsync(string step, Func<Task> run)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await run();
                wrong.Add($"{step} said nothing");
            }
            catch (GiftException e)
            {
                codes.Add($"{step}: {e.Code}");
                if (!e.Message.Contains("127.0.0.1", StringComparison.Ordinal) && !e.Message.Contains("Giftbit", StringComparison.Ordinal) && !e.Message.Contains("Mailjet", StringComparison.Ordinal)) wrong.Add($"{step} does not say who answered: {e.Message}");
            }
            InTime(step, started);
        }

        // A hand-over has one outcome per mail in place of an error; or an error that says that nothing went out.
        async Task IsLeftOpenAsync(string transport)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                var summary = await nowhere.SendAsync(transport);
                codes.Add($"{transport}: {summary.Uncertain} uncertain, {summary.Deferred} deferred, {summary.NotSent} not sent");
                if (summary.Sent > 0 || summary.Refused > 0) wrong.Add($"{transport} gave {summary.Sent} sent and {summary.Refused} refused");
            }
            catch (MailTransportException e)
            {
                codes.Add($"{transport}: {e.Code}");
            }
            InTime(transport, started);
        }

        void InTime(string step, long started)
        {
            if (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed > Limit) wrong.Add($"{step} took {elapsed.TotalSeconds:0} s");
        }
    }
}
