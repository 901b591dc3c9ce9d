using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Lab.Kill;

/// <summary>
/// Kills a process at random points of an order–send–poll run and starts it again each time, until the points are used up and the run is
/// done: no mail twice, none missing, no order twice, a sound ledger (spec D8, G1).
/// </summary>
internal static class KillRoom
{
    public static async Task RunAsync(LabArguments arguments, LabReport report)
    {
        var (points, gifts, seed) = (arguments.Number("points", 200), arguments.Number("gifts", 1000), arguments.Number("seed", 0));
        var mode = Enum.Parse<OrderMode>(arguments.Text("mode") ?? nameof(OrderMode.Batch));
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Seed = seed });
        // What takes a service seconds takes it a moment here: between two processes "half an hour" passes in as much (LabTime).
        simulator.Options.Mailjet.IndexDelay = TimeSpan.FromMilliseconds(100);
        // On loopback an answer takes no time, and hardly any process would die waiting for one: before its request has had its effect, or after.
        Fault[] slow = [Fault.Slow(TimeSpan.FromMilliseconds(60)), new(FaultKind.Slow, AfterEffect: true) { Duration = TimeSpan.FromMilliseconds(60) }];
        simulator.Faults.Random("giftbit.*", 0.4, seed, slow);
        simulator.Faults.Random("mailjet.*", 0.8, seed, slow);
        // And some requests never have any: a process that dies with one of those under way must send again.
        simulator.Faults.Random("mailjet.send", 0.15, seed, Fault.Hang(duration: TimeSpan.FromMilliseconds(400)));
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            var settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = Path.Combine(folder, "home") };
            // Slow enough that the points spread over the whole run.
            var stretch = TimeSpan.FromMilliseconds(250);
            var victim = new Victim(folder, settings, gifts, gifts / (points * stretch.TotalSeconds), mode, !arguments.Has("host") && await Victim.HasPowerShellAsync());
            await new KillRun(simulator, victim, settings, gifts, mode, new Random(seed), stretch).RunAsync(points, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>The kills of one room, and their count by stage.</summary>
internal sealed class KillRun(SimulatorHost simulator, Victim victim, Dictionary<string, string> settings, int gifts, OrderMode mode, Random random, TimeSpan stretch)
{
    private readonly int[] kills = new int[Enum.GetValues<KillStage>().Length];
    private readonly List<string> wrong = [];
    private int campaigns;
    private int ends;
    private int settledSent;
    private int settledUnsent;

    private string Home => settings["GIFT_HOME"];

    private string Campaign => $"kill-{campaigns:000}";

    public async Task RunAsync(int points, LabReport report)
    {
        // A run that gets done before its points are used up is followed by another on the same ledger.
        while (kills.Sum() < points || campaigns == 0)
        {
            campaigns++;
            var had = kills.Sum();
            ends = 0;
            while (await LaunchAsync(killed: kills.Sum() < points)) { }
            await JudgeAsync(report, kills.Sum() - had);
            if (wrong.Count > 0) break;
        }
        LabReport.Say($"  {kills.Sum()} kills of a {victim.Kind}: {kills[0]} before the order, {kills[1]} before the links, {kills[2]} among the mails, {kills[3]} in the poll; {settledSent} mails found sent afterwards, {settledUnsent} found unsent");
    }

    // True when the campaign has to be gone on with.
    private async Task<bool> LaunchAsync(bool killed)
    {
        var stage = StageNow();
        if (stage == KillStage.Poll) Redeem();
        simulator.Requests.Clear();
        using var process = victim.Start(Campaign);
        if (killed)
        {
            var point = KillPoint.Draw(random, stage, stretch);
            if (await point.ReachedAsync(process, simulator) && await process.KillAsync())
            {
                kills[(int)StageNow()]++;
                // What the process had sent off when it died is with the services by now, or never will be.
                await Task.Delay(300);
                LabTime.Pass(Home);
                return true;
            }
        }
        if (!await process.EndsWithinAsync(TimeSpan.FromMinutes(10))) wrong.Add($"{Campaign} did not end");
        // A connection that was lost leaves mails in doubt, and nobody can be asked about them at once: the operator comes back later.
        if (process.ExitCode == 0 && simulator.Inbox.Messages.Count(m => m.CustomId.StartsWith(Campaign + ":", StringComparison.Ordinal)) >= gifts && !HasDoubts()) return false;
        if (wrong.Count == 0 && ++ends > 40) wrong.Add($"{Campaign} still was not done after it had ended {ends} times, the last with {process.ExitCode}: {process.Errors} {process.Output}");
        await Task.Delay(300);
        LabTime.Pass(Home);
        return wrong.Count == 0;
    }

    private bool HasDoubts()
    {
        using var ledger = GiftLedger.Open(Home, TimeProvider.System);
        return ledger.Gifts.OfCampaign(LabCampaign.Where, Campaign).Any(g => g.MailState != MailState.Sent);
    }

    private KillStage StageNow()
    {
        var order = simulator.Giftbit.Store.Orders.Count(o => o.Id == Campaign || o.Id.StartsWith(Campaign + "-", StringComparison.Ordinal));
        if (order < (mode == OrderMode.Batch ? 1 : gifts)) return KillStage.Order;
        var mails = simulator.Inbox.Messages.Count(m => m.CustomId.StartsWith(Campaign + ":", StringComparison.Ordinal));
        return mails == 0 ? KillStage.Links : mails < gifts ? KillStage.Send : KillStage.Poll;
    }

    // Something for the poll to find.
    private void Redeem()
    {
        foreach (var gift in simulator.Giftbit.Store.Gifts.Where(g => g.Order.Id.StartsWith(Campaign, StringComparison.Ordinal)).Where((_, i) => i % 3 == 0))
            simulator.Giftbit.Store.Redeem(gift.Uuid, "walmartca");
    }

    private async Task JudgeAsync(LabReport report, int killed)
    {
        // The last process saw the gifts before some were redeemed; one more poll must find those.
        Redeem();
        await using var campaign = new LabCampaign(settings, Campaign, TimeProvider.System, LabPatience.Normal, mode);
        await campaign.PollAsync();
        wrong.AddRange(LabVerdict.On(campaign, simulator, gifts));
        foreach (var entry in campaign.Gifts.SelectMany(g => campaign.Ledger.History.Of(g.Identity)))
        {
            if (entry.Kind == "MailSettledSent") settledSent++;
            if (entry.Kind == "MailSettledNotSent") settledUnsent++;
        }
        report.Judge($"{gifts} gifts, {mode}, killed {killed} times: 0 mails twice, 0 missing, 0 orders twice, ledger sound", wrong);
    }
}
