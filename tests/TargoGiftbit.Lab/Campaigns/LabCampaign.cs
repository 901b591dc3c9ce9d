using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Lab.Campaigns;

/// <summary>The steps of a sandbox campaign through Core, as the cmdlets take them: with settings, against whatever services those name.</summary>
internal sealed class LabCampaign : IAsyncDisposable
{
    public const GiftEnvironment Where = GiftEnvironment.Sandbox;

    private readonly GiftSettings settings;
    private readonly TimeProvider clock;
    private readonly LabPatience patience;
    private readonly HttpSender lookUps;
    private readonly MailjetSettings mailjet;
    private readonly GiftMailRenderer renderer = new(TemplateSet.BuiltIn, new MailSenderSettings());

    public LabCampaign(IReadOnlyDictionary<string, string> environment, string id, TimeProvider clock, LabPatience patience, OrderMode mode = OrderMode.Batch)
    {
        (Id, Mode, this.clock, this.patience) = (id, mode, clock, patience);
        settings = GiftSettings.Load(environment: environment);
        Ledger = GiftLedger.Open(settings.DataFolder, clock);
        Provider = GiftbitProvider.Connect(settings.Giftbit(Where), clock, patience.Http("Giftbit"));
        mailjet = new MailjetSettings(settings.Endpoint(SettingName.MailjetEndpoint)!, settings.RequireSecret(SettingName.MailjetPublicKey), settings.RequireSecret(SettingName.MailjetPrivateKey));
        lookUps = new HttpSender(patience.Http("Mailjet"));
    }

    public string Id { get; }

    public OrderMode Mode { get; }

    public GiftLedger Ledger { get; }

    public GiftbitProvider Provider { get; }

    public IReadOnlyList<Gift> Gifts => Ledger.Gifts.OfCampaign(Where, Id);

    public static List<GiftContact> Contacts(int count) =>
    [
        .. Enumerable.Range(1, count).Select(n => new GiftContact
        {
            CustomerId = $"C{n:0000}",
            FirstName = n % 3 == 0 ? "Élise" : "Marc-André",
            LastName = $"Côté {n}",
            Email = $"client{n}@example.com",
            Language = n % 4 == 0 ? GiftLanguage.En : GiftLanguage.Fr,
        }),
    ];

    public async Task<bool> OrderAsync(IReadOnlyList<GiftContact> contacts)
    {
        var terms = new GiftCampaign
        {
            Environment = Where,
            CampaignId = Id,
            OrderMode = Mode,
            Price = Money.Cad(6000),
            BrandCodes = ["timhortonsca", "walmartca"],
            Expiry = PacificTime.DateAt(clock.GetUtcNow()).AddMonths(6),
            Subject = "Cadeau TARGO — merci",
            Message = "Merci d'être client TARGO.",
        };
        // The calendar may turn between two runs; an ordered campaign keeps its terms.
        if (Ledger.Campaigns.Find(Where, Id) is { } ordered) terms = terms with { Expiry = ordered.Expiry };
        var order = new CampaignOrder(Provider, Ledger, settings.RequireTestInbox(), clock);
        var preview = await order.PreviewAsync(terms, contacts, skipInvalid: false, CancellationToken.None);
        if (preview.Refusal is not null) throw preview.Refusal;
        if (preview.Check.Problems.Count > 0) throw new OrderException(preview.Check.Problems[0].Code, preview.Check.Problems[0].Message);
        return (await order.ExecuteAsync(preview, CancellationToken.None)).Failures.Count == 0;
    }

    public Task CollectAsync(TimeSpan timeout) => new LinkCollection(Provider, Ledger, clock).CollectAsync(Where, Id, timeout, _ => { }, CancellationToken.None);

    public async Task<MailingSummary> SendAsync(string transport = "mailjet", MailingOptions? options = null)
    {
        await using var way = Transport(transport);
        var composer = new GiftMailComposer(Ledger, renderer, (_, _) => Task.FromResult<BrandLogo?>(null), settings.RequireTestInbox());
        var ids = Gifts.Select(g => g.Identity).ToList();
        return await new GiftMailing(Ledger, way, composer.ComposeAsync, clock)
            .RunAsync(ids.ToAsyncEnumerable(), options ?? new MailingOptions(), _ => ValueTask.CompletedTask, CancellationToken.None);
    }

    public Task<IReadOnlyList<SettledMail>> SettleAsync() =>
        new DeliverySettler(Ledger, new MailjetMessages(new MailjetRest(mailjet, lookUps)).FindAsync, DeliverySettler.DefaultIndexingDelay, null, clock)
            .SettleAsync(Where, Id, "mailjet", CancellationToken.None);

    /// <summary>Settles what went by SMTP, which cannot be asked, by the word of someone who knows.</summary>
    public void Decide(Func<GiftId, bool> wentOut)
    {
        var settler = new DeliverySettler(Ledger, null, DeliverySettler.DefaultIndexingDelay, null, clock);
        foreach (var mail in Ledger.Mails.Uncertain(Where, Id)) settler.Decide(mail, wentOut(mail.Gift), "lab");
    }

    public Task<PollResult> PollAsync() => new StatusReconciler(Provider, Ledger, clock).PollAsync(Where, Id, CancellationToken.None);

    public Task<ReconciliationSummary> PollDueAsync() => new ReconciliationRun(Ledger, _ => Provider, clock).RunAsync(_ => { }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        lookUps.Dispose();
        Provider.Dispose();
        Ledger.Dispose();
        await ValueTask.CompletedTask;
    }

    private IMailTransport Transport(string name) => name == "smtp"
        ? new SmtpTransport(SmtpSettings.Parse(settings.RequireText(SettingName.Smtp), settings.Secret(SettingName.SmtpPassword)), patience.Smtp)
        : new MailjetTransport(mailjet, HttpConnections.CreateClient(), patience.Mailjet);
}
