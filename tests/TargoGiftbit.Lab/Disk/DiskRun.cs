using System.Diagnostics;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Lab.Disk;

/// <summary>Runs inside the small file system.</summary>
internal sealed class DiskRun(string folder, int rounds, int gifts, Random random)
{
    public const int Kilobytes = 6 * 1024;

    private static readonly string[] Steps = ["open", "order", "links", "mails", "poll", "report"];

    private readonly Dictionary<string, int> full = new(StringComparer.Ordinal);
    private readonly List<GiftContact> contacts = LabCampaign.Contacts(gifts);
    private SimulatorHost simulator = null!;
    private Dictionary<string, string> settings = null!;

    private string Ballast => Path.Combine(folder, "ballast");

    private string Report => Path.Combine(folder, "report.csv");

    public async Task RunAsync()
    {
        await using (simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ClockScale = 0, Seed = random.Next() }))
        {
            for (var round = 0; round < rounds; round++) await RoundAsync(round, Steps[round % Steps.Length]);
            Console.WriteLine($"= {rounds} campaigns of {gifts} gifts on a disk that filled up ({string.Join(", ", full.Select(f => $"{f.Value} × at {f.Key}"))}), all completed afterwards");
            await ReadOnlyAsync();
            Console.WriteLine("= a folder that cannot be written was refused with and without a ledger in it, and the campaign in it completed afterwards");
        }
    }

    // A file system with a file open for writing does not become read-only: here each step is a process of its own, as with the cmdlets.
    private async Task ReadOnlyAsync()
    {
        const string Id = "disk-read-only";
        settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = Path.Combine(folder, "home-read-only") };
        Remount("ro");
        await RefusedAsync("no ledger");
        Remount("rw");
        await using (var campaign = Open(Id)) await StepAsync("order", campaign, Id);
        foreach (var step in Steps.Skip(2))
        {
            Remount("ro");
            await RefusedAsync(step);
            Remount("rw");
            await using var campaign = Open(Id);
            await StepAsync(step, campaign, Id);
        }
        await using var all = Open(Id);
        foreach (var wrong in LabVerdict.On(all, simulator, gifts)) Wrong(rounds, "read-only", wrong);

        async Task RefusedAsync(string step)
        {
            try
            {
                await using var campaign = Open(Id);
                await StepAsync(step, campaign, Id);
                Wrong(rounds, step, "a folder that cannot be written was not refused");
            }
            catch (LedgerException e) when (e.Code == "LedgerReadOnly" && e.Message.Contains(folder, StringComparison.Ordinal))
            {
                // As it must be.
            }
        }
    }

    private async Task RoundAsync(int round, string failing)
    {
        // A ledger of its own each: what a round leaves behind must not help the next.
        var home = Path.Combine(folder, $"home-{round}");
        settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = home };
        var id = $"disk-{round:000}";
        LabCampaign? campaign = null;
        try
        {
            foreach (var step in Steps)
            {
                if (step != failing)
                {
                    campaign = await StepAsync(step, campaign, id);
                    continue;
                }
                FillUp();
                var before = simulator.Giftbit.Store.Orders.Count;
                try
                {
                    campaign = await StepAsync(step, campaign, id);
                    // What was left of the disk was enough, or the step had nothing to write.
                    full["no step"] = full.GetValueOrDefault("no step") + 1;
                }
                catch (Exception e)
                {
                    full[step] = full.GetValueOrDefault(step) + 1;
                    // A report has no ledger to say so; the system says what is the matter with which file, and the face what to do about it.
                    var isClear = step == "report" ? e is IOException : e is LedgerException { Code: "LedgerDiskFull" };
                    if (!isClear || !e.Message.Contains(folder, StringComparison.Ordinal)) Wrong(round, step, $"the error is not clear: {e}");
                    else if (Directory.EnumerateFiles(folder, ".report*").Any()) Wrong(round, step, "half a report was left behind");
                    else if (step == "order" && simulator.Giftbit.Store.Orders.Count > before && campaign!.Ledger.Campaigns.Find(LabCampaign.Where, id) is null) Wrong(round, step, "an order was placed that the ledger does not know");
                }
                MakeRoom();
                // A new process after a while: claims that could not be settled have run out.
                if (campaign is not null) await campaign.DisposeAsync();
                simulator.Clock.Advance(TimeSpan.FromMinutes(30));
                campaign = Open(id);
                if (campaign.Ledger.CheckIntegrity() is not "ok" and var integrity) Wrong(round, step, integrity);
                // All over again, as an operator would.
                foreach (var again in Steps.TakeWhile(s => s != failing).Append(failing).Skip(1)) await StepAsync(again, campaign, id);
            }
            foreach (var wrong in LabVerdict.On(campaign!, simulator, gifts)) Wrong(round, failing, wrong);
            if ((await File.ReadAllLinesAsync(Report)).Length != gifts + 1) Wrong(round, failing, "the report is not whole");
            File.Delete(Report);
        }
        catch (Exception e)
        {
            MakeRoom();
            Wrong(round, failing, $"it broke down: {e}");
        }
        finally
        {
            if (campaign is not null) await campaign.DisposeAsync();
            if (Directory.Exists(home)) Directory.Delete(home, recursive: true);
        }
    }

    private async Task<LabCampaign> StepAsync(string step, LabCampaign? campaign, string id)
    {
        switch (step)
        {
            case "open":
                return campaign ?? Open(id);
            case "order":
                await campaign!.OrderAsync(contacts);
                simulator.Clock.Advance(TimeSpan.FromSeconds(10));
                break;
            case "links":
                await campaign!.CollectAsync(TimeSpan.Zero);
                break;
            case "mails":
                await campaign!.SettleAsync();
                await campaign.SendAsync();
                break;
            case "poll":
                foreach (var gift in campaign!.Gifts.Where(g => g.Row % 3 == 0 && g.MailState == MailState.Sent)) simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");
                await campaign.PollAsync();
                break;
            default:
                await GiftReportCsv.WriteAsync(Report, campaign!.Gifts.ToAsyncEnumerable(), null, CancellationToken.None);
                break;
        }
        return campaign!;
    }

    private LabCampaign Open(string id) => new(settings, id, simulator.Clock, LabPatience.Short(TimeSpan.FromSeconds(10), retries: 1));

    // Leaves anything between nothing and what a step may need.
    private void FillUp()
    {
        var free = new DriveInfo(folder).AvailableFreeSpace - random.Next(4) * random.Next(30) * 1024;
        using var ballast = new FileStream(Ballast, FileMode.Create);
        var block = new byte[4096];
        try
        {
            for (var written = 0L; written < free; written += block.Length)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full to the last page.
        }
    }

    private void MakeRoom() => File.Delete(Ballast);

    private void Remount(string how)
    {
        using var mount = Process.Start("mount", ["-o", $"remount,{how}", folder]);
        mount.WaitForExit();
        if (mount.ExitCode != 0) throw new InvalidOperationException($"mount ended with {mount.ExitCode}");
    }

    private static void Wrong(int round, string step, string what) => Console.WriteLine($"! round {round}, {step}: {what.ReplaceLineEndings(" ")}");
}
