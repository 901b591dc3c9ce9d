using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>The campaign of the sample script through Core, where no PowerShell can load the module. The schedule runs on the simulator's clock.</summary>
internal static class CoreCampaign
{
    private const GiftEnvironment Where = GiftEnvironment.Sandbox;
    private const string Id = "targo-2026-q2-loyalty";

    public static async Task<int> RunAsync(string root, SimulatorHost sim, string home, string report, string page)
    {
        var settings = GiftSettings.Load(environment: DemoEnvironment.Settings(sim, home));
        using var ledger = GiftLedger.Open(settings.DataFolder, sim.Clock);
        using var provider = GiftbitProvider.Connect(settings.Giftbit(Where), sim.Clock);
        var contacts = await ContactReader.ReadAsync(Path.Combine(root, "samples", "clients.csv")).ToListAsync();
        var order = new CampaignOrder(provider, ledger, settings.RequireTestInbox(), sim.Clock);
        var preview = await order.PreviewAsync(Terms(sim), contacts, skipInvalid: true, CancellationToken.None);
        foreach (var bad in preview.BadContacts) Console.Error.WriteLine(bad.Message);
        foreach (var problem in preview.Check.Problems) Console.Error.WriteLine(problem.Message);
        if (!preview.MayProceed) return 1;
        await order.ExecuteAsync(preview, CancellationToken.None);
        await new LinkCollection(provider, ledger, TimeProvider.System).CollectAsync(Where, Id, TimeSpan.FromSeconds(30), _ => { }, CancellationToken.None);
        await SendAsync(settings, ledger, sim);
        using var stop = new CancellationTokenSource();
        await using var listener = new EventListener(ledger, EventListenerOptions.From(settings, DemoEnvironment.EventPort), _ => { });
        var listening = listener.RunAsync(stop.Token);
        // An hour after sending, and a day after, on the simulator's clock.
        await PollWhenDueAsync(ledger, provider, sim, polls: 2);
        await sim.Mailjet.Events.FlushAsync();
        await stop.CancelAsync();
        await listening;
        await GiftReportCsv.WriteAsync(report, ledger.Gifts.OfCampaign(Where, Id).ToAsyncEnumerable(), null, CancellationToken.None);
        await GiftReportHtml.WriteAsync(page, CampaignMeasure.Take(ledger, Where, Id, sim.Clock), GiftLanguage.Fr, CancellationToken.None);
        return 0;
    }

    private static async Task SendAsync(GiftSettings settings, GiftLedger ledger, SimulatorHost sim)
    {
        await using var mail = MailService.Open(settings, TransportChoice.Mailjet);
        using var http = HttpConnections.CreateClient();
        var logos = new BrandLogos(http, Path.Combine(settings.DataFolder, "logos"));
        var composer = new GiftMailComposer(ledger, new GiftMailRenderer(TemplateSet.BuiltIn, MailSenderReader.Read(settings)),
            (brand, token) => logos.GetAsync(Uri.TryCreate(brand.ImageUrl, UriKind.Absolute, out var address) ? address : null, token), settings.RequireTestInbox());
        var ids = ledger.Gifts.OfCampaign(Where, Id).Where(g => g.Link is not null).Select(g => g.Identity).ToList();
        // The lease is counted on the simulator's fast clock.
        var summary = await new GiftMailing(ledger, mail.Transport, composer.ComposeAsync, sim.Clock)
            .RunAsync(ids.ToAsyncEnumerable(), new MailingOptions { Lease = TimeSpan.FromDays(30) }, _ => ValueTask.CompletedTask, CancellationToken.None);
        DemoCommand.Say($"{summary.Sent} e-mails handed over.");
    }

    private static async Task PollWhenDueAsync(GiftLedger ledger, GiftbitProvider provider, SimulatorHost sim, int polls)
    {
        // What the customers do is spread over the simulator's time: let it pass, then move the clock to each poll rather than wait.
        for (var end = sim.Clock.Now + DemoCustomers.Over + TimeSpan.FromMinutes(1); sim.Clock.Now < end;) await Task.Delay(100);
        for (var polled = 0; polled < polls;)
        {
            sim.Clock.AdvanceTo(ledger.Campaigns.NextDue() ?? sim.Clock.Now);
            polled += (await new ReconciliationRun(ledger, _ => provider, sim.Clock).RunAsync(_ => { }, CancellationToken.None)).Polled;
        }
    }

    private static GiftCampaign Terms(SimulatorHost sim) => new()
    {
        Environment = Where,
        CampaignId = Id,
        Price = Money.Cad(6000),
        BrandCodes = ["timhortonsca", "walmartca", "homedepotca", "igacaca", "homehardwareca"],
        Expiry = PacificTime.DateAt(sim.Clock.GetUtcNow()).AddMonths(6),
        Subject = "Cadeau TARGO — merci",
        Message = "Merci d'être client TARGO. Voici une carte-cadeau pour te remercier.",
    };
}
