using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Core.Tests.Campaigns;

/// <summary>
/// A whole campaign against the simulator over real HTTP, on the simulator's clock, which stands still until a test moves it.
/// The network's own time-outs run on real time and are short.
/// </summary>
internal sealed class CampaignWorld : IAsyncDisposable
{
    public const string Inbox = "essais@targo.ca";

    private readonly TemporaryFolder folder = new();
    private readonly HttpSender lookUps;

    private CampaignWorld(SimulatorHost simulator, GiftEnvironment environment)
    {
        Simulator = simulator;
        Environment = environment;
        Ledger = GiftLedger.Open(folder.Path, simulator.Clock);
        // Hangs last far longer than an attempt may, and a repeat comes soon: a campaign under faults stays a matter of seconds.
        var http = new HttpOptions { Service = "Giftbit", BaseDelay = TimeSpan.FromMilliseconds(2), MaxDelay = TimeSpan.FromMilliseconds(20), AttemptTimeout = TimeSpan.FromSeconds(2), MaxRetries = 4 };
        Provider = GiftbitProvider.Connect(
            new ServiceConnection(environment, simulator.Addresses.Giftbit, new Secret(simulator.Options.GiftbitToken)), simulator.Clock, http);
        Mailjet = new MailjetSettings(simulator.Addresses.Mailjet, new Secret(simulator.Options.MailjetPublicKey), new Secret(simulator.Options.MailjetPrivateKey));
        lookUps = new HttpSender(http with { Service = "Mailjet" });
        Messages = new MailjetMessages(new MailjetRest(Mailjet, lookUps));
        Renderer = new GiftMailRenderer(TemplateSet.BuiltIn, new MailSenderSettings());
    }

    public SimulatorHost Simulator { get; }

    public GiftEnvironment Environment { get; }

    public GiftLedger Ledger { get; }

    public GiftbitProvider Provider { get; }

    public MailjetSettings Mailjet { get; }

    public MailjetMessages Messages { get; }

    public GiftMailRenderer Renderer { get; }

    public string Folder => folder.Path;

    public static async Task<CampaignWorld> StartAsync(Action<SimulatorOptions>? set = null, GiftEnvironment environment = GiftEnvironment.Sandbox, int seed = 1)
    {
        var options = new SimulatorOptions { Start = new DateTimeOffset(2026, 5, 4, 14, 0, 0, TimeSpan.Zero), ClockScale = 0, Seed = seed, TestInbox = Inbox, HangTime = TimeSpan.FromSeconds(3) };
        set?.Invoke(options);
        return new CampaignWorld(await SimulatorHost.StartAsync(options), environment);
    }

    public GiftCampaign Terms(OrderMode mode = OrderMode.Batch, string id = "spring") => new()
    {
        Environment = Environment,
        CampaignId = id,
        OrderMode = mode,
        Price = Money.Cad(6000),
        BrandCodes = ["timhortonsca", "walmartca", "igacaca"],
        Expiry = new DateOnly(2026, 12, 31),
        Subject = "Cadeau TARGO — merci",
        Message = "Merci d'être client TARGO.",
    };

    public static List<GiftContact> Contacts(int count, int from = 1) =>
    [
        .. Enumerable.Range(from, count).Select(n => new GiftContact
        {
            CustomerId = $"C{n:0000}",
            FirstName = n % 3 == 0 ? "Élise" : "Marc-André",
            LastName = $"Côté {n}",
            Email = $"client{n}@example.com",
            Language = n % 4 == 0 ? GiftLanguage.En : GiftLanguage.Fr,
            Other = new Dictionary<string, string> { ["Téléphone"] = "450-555-0101", ["Adresse"] = "12, rue du Secret" },
        }),
    ];

    public CampaignOrder Order() => new(Provider, Ledger, Inbox, Simulator.Clock);

    public async Task<OrderRun> OrderAsync(GiftCampaign terms, IReadOnlyList<GiftContact> contacts, bool skipInvalid = false)
    {
        var order = Order();
        var preview = await order.PreviewAsync(terms, contacts, skipInvalid, CancellationToken.None);
        if (preview.Refusal is not null) throw preview.Refusal;
        Assert.Empty(preview.Check.Problems);
        return await order.ExecuteAsync(preview, CancellationToken.None);
    }

    public async Task CollectAsync(string campaign = "spring")
    {
        Simulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await new LinkCollection(Provider, Ledger, Simulator.Clock).CollectAsync(Environment, campaign, TimeSpan.Zero, _ => { }, CancellationToken.None);
    }

    public async Task<(MailingSummary Summary, List<MailingResult> Results)> SendAsync(string campaign = "spring", MailingOptions? options = null, Func<MailingResult, ValueTask>? report = null, bool canAsk = true, CancellationToken cancellationToken = default)
    {
        await using var transport = new MailjetTransport(Mailjet, HttpConnections.CreateClient(), new MailjetOptions
        {
            RequestTimeout = TimeSpan.FromSeconds(2),
            RateLimitWait = TimeSpan.FromMilliseconds(20),
        });
        var composer = new GiftMailComposer(Ledger, Renderer, (_, _) => Task.FromResult<BrandLogo?>(null), Inbox);
        var mailing = new GiftMailing(Ledger, transport, composer.ComposeAsync, Simulator.Clock, canAsk ? Messages.FatesAsync : null);
        var results = new List<MailingResult>();
        var ids = Ledger.Gifts.OfCampaign(Environment, campaign).Select(g => g.Identity).ToList();
        var summary = await mailing.RunAsync(ids.ToAsyncEnumerable(), options ?? new MailingOptions(), async result =>
        {
            results.Add(result);
            if (report is not null) await report(result);
        }, cancellationToken);
        return (summary, results);
    }

    /// <summary>Waits until the mail service must have indexed everything, then settles what is uncertain.</summary>
    public Task<IReadOnlyList<SettledMail>> SettleAsync(string campaign = "spring")
    {
        Simulator.Clock.Advance(TimeSpan.FromMinutes(30));
        return new DeliverySettler(Ledger, Messages.FindAsync, DeliverySettler.DefaultIndexingDelay, Inbox, Simulator.Clock).SettleAsync(Environment, campaign, "mailjet", CancellationToken.None);
    }

    public Task<PollResult> PollAsync(string campaign = "spring") => new StatusReconciler(Provider, Ledger, Simulator.Clock).PollAsync(Environment, campaign, CancellationToken.None);

    public IReadOnlyList<Gift> Gifts(string campaign = "spring") => Ledger.Gifts.OfCampaign(Environment, campaign);

    /// <summary>Everything that left the process, as text.</summary>
    public string Wire() => string.Concat(Simulator.Requests.All.Select(r => $"{r.Method} {r.Path}{r.QueryString}\n{Encoding.UTF8.GetString(r.Body.Span)}\n"));

    public async ValueTask DisposeAsync()
    {
        lookUps.Dispose();
        Provider.Dispose();
        Ledger.Dispose();
        await Simulator.DisposeAsync();
        folder.Dispose();
    }
}
