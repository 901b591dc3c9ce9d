using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Lab.Processes;

/// <summary>Eight processes on one ledger: two that send, two that poll, two that store events, two that only look (spec G1).</summary>
internal static class ProcessRoom
{
    private static readonly string[] Roles = ["send", "status", "events", "query"];

    public static async Task RunAsync(LabArguments arguments, LabReport report)
    {
        var (gifts, seconds) = (arguments.Number("gifts", 600), arguments.Number("seconds", 8));
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Seed = arguments.Number("seed", 0) });
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            var settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = folder };
            await using var campaign = new LabCampaign(settings, CrowdWorker.Campaign, TimeProvider.System, LabPatience.Normal);
            await campaign.OrderAsync(LabCampaign.Contacts(gifts));
            await campaign.CollectAsync(TimeSpan.FromMinutes(1));
            await CrowdAsync(campaign, simulator, settings, gifts, seconds, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CrowdAsync(LabCampaign campaign, SimulatorHost simulator, Dictionary<string, string> settings, int gifts, int seconds, LabReport report)
    {
        var (wrong, told) = (new List<string>(), new List<string>());
        var crowd = Roles.SelectMany(role => Enumerable.Range(0, 2).Select(index => (Name: $"{role} {index}", Process: LabProcess.StartSelf(
            [CrowdWorker.Name, "--role", role, "--index", Text(index), "--gifts", Text(gifts), "--seconds", Text(seconds)], settings)))).ToList();
        try
        {
            // Customers redeem while all this goes on, some of them before the sender has written down that they have their mail.
            while (crowd.Exists(c => !c.Process.HasExited) && simulator.Inbox.Count < gifts)
            {
                foreach (var mail in simulator.Inbox.Messages.Where(m => m.Id % 3 == 0).ToList()) Redeem(mail.CustomId);
                await Task.Delay(20);
            }
            foreach (var (name, process) in crowd)
            {
                if (!await process.EndsWithinAsync(TimeSpan.FromSeconds(seconds + 60))) wrong.Add($"{name} did not end");
                else if (process.ExitCode != 0 || process.Errors.Length > 0) wrong.Add($"{name}: {process.Errors}");
                if (process.Errors.Contains("locked", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{name} was shown a lock");
                told.Add($"{name}: {process.Output}");
            }
        }
        finally
        {
            crowd.ForEach(c => c.Process.Dispose());
        }
        await campaign.PollAsync();
        wrong.AddRange(LabVerdict.On(campaign, simulator, gifts));
        var ours = campaign.Gifts;
        if (ours.Count(g => g.OpenedAt is null) is > 0 and var opens) wrong.Add($"{opens} opens were lost");
        // So soon after the mail a click passes for a scanner's.
        if (ours.Count(g => g.ClickedAt is null && g.ScannedAt is null) is > 0 and var clicks) wrong.Add($"{clicks} clicks were lost");
        if (campaign.Ledger.Events.Count() is var stored && stored != 2 * gifts) wrong.Add($"{stored} events in place of {2 * gifts}");
        report.Judge($"eight processes on one ledger of {gifts} gifts: no lost update, no deadlock, no lock shown ({string.Join("; ", told)})", wrong);

        void Redeem(string customId)
        {
            if (GiftId.TryParseCustomId(customId, LabCampaign.Where, out var id) && campaign.Ledger.Gifts.Find(id)?.Link is { } link) simulator.Giftbit.Store.Redeem(link.Reveal(), "walmartca");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
