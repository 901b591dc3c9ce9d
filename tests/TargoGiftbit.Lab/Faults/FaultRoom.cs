using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Lab.Faults;

/// <summary>Campaigns among services of which a fifth of all requests fails, in every way; and servers that answer nonsense (spec B3, D8, F4).</summary>
internal static class FaultRoom
{
    private static readonly Fault[] Kinds = [.. FaultKinds.Http, Fault.Trickle(TimeSpan.FromMilliseconds(2)), Fault.Trickle(TimeSpan.FromSeconds(1))];

    public static async Task RunAsync(LabArguments arguments, LabReport report)
    {
        var seed = arguments.Number("seed", 0);
        for (var i = 0; i < arguments.Number("campaigns", 4); i++)
        {
            // The four ways a campaign can go, in turn.
            var mode = (i & 1) == 0 ? OrderMode.Batch : OrderMode.PerRecipient;
            var transport = ((i >> 1) & 1) == (i & 1) ? "mailjet" : "smtp";
            await CampaignAsync(seed + i, mode, transport, arguments.Number("gifts", 200), report);
        }
        await new NonsenseRun(seed).RunAsync(report);
    }

    private static async Task CampaignAsync(int seed, OrderMode mode, string transport, int gifts, LabReport report)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = 0, Seed = seed, HangTime = TimeSpan.FromSeconds(3) });
        // Small pages: a campaign in one order asks so little that hardly anything could go wrong.
        simulator.Options.Giftbit.MaxGiftsPage = 10;
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            var settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = folder };
            await using var campaign = new LabCampaign(settings, "faults", simulator.Clock, LabPatience.Short(TimeSpan.FromSeconds(1), retries: 4), mode);
            simulator.Faults.Random("giftbit.*", 0.2, seed, Kinds);
            simulator.Faults.Random("mailjet.*", 0.2, seed + 1, Kinds);
            simulator.Faults.Random("smtp.*", 0.2, seed + 2);
            var errors = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var wrong = new List<string>();
            var contacts = LabCampaign.Contacts(gifts);
            await UntilAsync("order", errors, wrong, () => campaign.OrderAsync(contacts));
            await UntilAsync("links", errors, wrong, async () =>
            {
                simulator.Clock.Advance(TimeSpan.FromSeconds(10));
                await campaign.CollectAsync(TimeSpan.Zero);
                return campaign.Gifts.All(g => g.Link is not null);
            });
            await UntilAsync("mails", errors, wrong, async () =>
            {
                await campaign.SendAsync(transport, new MailingOptions { Parallelism = 2 });
                // The services must have indexed everything by then, and no claim holds any longer.
                simulator.Clock.Advance(TimeSpan.FromMinutes(30));
                if (transport == "smtp") campaign.Decide(gift => simulator.Inbox.ByCustomId(gift.CustomId).Count > 0);
                else await campaign.SettleAsync();
                return campaign.Gifts.All(g => g.MailState == MailState.Sent);
            });
            foreach (var gift in campaign.Gifts.Where(g => g.Row % 3 == 0 && g.Link is not null)) simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");
            await UntilAsync("statuses", errors, wrong, async () =>
            {
                await campaign.PollAsync();
                return campaign.Gifts.All(g => (g.Status == GiftStatus.Redeemed) == (g.Row % 3 == 0));
            });
            wrong.AddRange(LabVerdict.On(campaign, simulator, gifts));
            report.Judge($"{gifts} gifts, {mode}, {transport}: {simulator.Faults.Applied.Count} faults in {simulator.Requests.All.Count} requests, nothing twice, nothing lost ({string.Join(", ", errors.Select(e => $"{e.Value} × {e.Key}"))})", wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // An operator would run the same command again after an error, for as long as anyone would.
    private static async Task UntilAsync(string stage, SortedDictionary<string, int> errors, List<string> wrong, Func<Task<bool>> run)
    {
        for (var attempt = 1; attempt <= 80; attempt++)
        {
            try
            {
                if (await run()) return;
            }
            catch (GiftException e)
            {
                errors[e.Code] = errors.GetValueOrDefault(e.Code) + 1;
            }
        }
        wrong.Add($"{stage} did not end");
    }
}
