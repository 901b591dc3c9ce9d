using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Lab.Campaigns;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>What the services answer, read by the very clients that the product uses; the bytes come without a network.</summary>
internal sealed class ServiceTargets : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Secret Key = new(FuzzTarget.SecretMark);
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private readonly AnswerHandler handler = new();
    private readonly GiftbitProvider giftbit;
    private readonly IfeelgoodsProvider ifeelgoods;
    private readonly ErpNextApi erpNext;
    private readonly MailjetTransport transport;
    private readonly HttpSender lookUps;
    private readonly MailjetMessages messages;
    private readonly ServiceSeeds seeds;

    public ServiceTargets(ServiceSeeds seeds)
    {
        this.seeds = seeds;
        giftbit = GiftbitProvider.Connect(new ServiceConnection(LabCampaign.Where, new Uri("https://giftbit.example/papi/v1"), Key), TimeProvider.System, Once("Giftbit"), handler);
        ifeelgoods = IfeelgoodsProvider.Connect(new IfeelgoodsConnection(LabCampaign.Where, new Uri("https://ifeelgoods.example/fulfillment/v2"), new Secret("public"), Key), TimeProvider.System, null, Once("Ifeelgoods"), handler);
        erpNext = new ErpNextApi(new ErpNextConnection(new Uri("https://erp.example"), new Secret("key:" + FuzzTarget.SecretMark)), new HttpSender(Once("ERPNext"), handler));
        var mailjet = new MailjetSettings(new Uri("https://mailjet.example"), new Secret("public"), Key);
        transport = new MailjetTransport(mailjet, HttpConnections.CreateClient(handler), new MailjetOptions { RateLimitRetries = 0 });
        lookUps = new HttpSender(Once("Mailjet"), handler);
        messages = new MailjetMessages(new MailjetRest(mailjet, lookUps));
    }

    public static IReadOnlyList<RenderedMessage> Batch { get; } = [.. Enumerable.Range(1, 2).Select(row => new RenderedMessage
    {
        From = new MailAddress("noreply@targo.ca", "TARGO"), To = new MailAddress($"essais+{row}@targo.ca", "Élodie"), Subject = "Un cadeau", HtmlBody = $"<a href=\"http://gtbt.co/{FuzzTarget.LinkMark}\">x</a>", TextBody = "x",
        Language = "fr-CA", CustomId = $"spring:{row}", AttemptId = $"attempt{row}", Campaign = "spring",
    })];

    public IEnumerable<FuzzTarget> All() =>
    [
        new("giftbit", seeds.Giftbit, (input, random) => GivenAsync(input, random, () => AskGiftbitAsync(giftbit, "order", "gift", random.Next(9)))),
        new("ifeelgoods", seeds.Ifeelgoods, (input, random) => GivenAsync(input, random, () => AskIfeelgoodsAsync(ifeelgoods, "1", random.Next(8)))),
        new("erpnext", seeds.ErpNext, (input, random) => GivenAsync(input, random, () => AskErpNextAsync(erpNext, TimeProvider.System))),
        new("mailjet", seeds.Mailjet, (input, random) => GivenAsync(input, random, () => random.Next(2) == 0 ? HandOverAsync() : messages.FindAsync("spring:1", Now.AddDays(-1), Now, None))),
    ];

    public static async Task AskGiftbitAsync(GiftbitProvider provider, string order, string gift, int? question = null)
    {
        if (question is null or 0) await provider.CheckAsync(None);
        if (question is null or 1) await provider.GetFundsAsync(None);
        if (question is null or 2) await provider.Api.FindOrderAsync(order, None);
        if (question is null or 3) await provider.GetLinksAsync(order, None);
        if (question is null or 4) await EachAsync(provider.ListAsync(new ProviderQuery { ProviderOrderId = order }, None));
        if (question is null or 5) await provider.FindAsync(gift, None);
        if (question is null or 6) await provider.CheckTermsAsync(Terms("giftbit", "timhortonsca"), 3, None);
        // Not asked for seeds: the order is there already, and the gift is still needed.
        if (question is 7) await provider.PlaceAsync(provider.Prepare(Terms("giftbit", "timhortonsca"), "spring", [new OrderRecipient(1, "C1", "Élise", "Roy", "essais+1@targo.ca")]), None);
        if (question is 8) await provider.CancelAsync(gift, None);
        if (question is null) await provider.Api.GetRegionsAsync(None);
    }

    public static PreparedOrder IfeelgoodsOrder(IfeelgoodsProvider provider) =>
        provider.Prepare(Terms("ifeelgoods", "TIM-GC-60CAD-CA"), provider.OrderIdOf("spring", 1, 0), [new OrderRecipient(1, "C1", "Zoé", "L'Écuyer", "essais+1@targo.ca")]);

    public static async Task AskIfeelgoodsAsync(IfeelgoodsProvider provider, string redemption, int? question = null)
    {
        if (question is null or 0) await provider.CheckAsync(None);
        if (question is null or 1) await provider.GetFundsAsync(None);
        if (question is null or 2) await EachAsync(provider.Api.ListRewardsAsync(null, None));
        if (question is null or 3) await provider.CheckTermsAsync(Terms("ifeelgoods", "TIM-GC-60CAD-CA"), 3, None);
        if (question is null or 4) await EachAsync(provider.ListAsync(new ProviderQuery { Program = "PRM-TARGO", Kind = GiftKind.Code, CreatedFrom = Now.AddDays(-1), CreatedTo = Now.AddDays(1), OrderIds = ["spring-1-0"], CodesWanted = new HashSet<string> { "spring-1-0" } }, None));
        if (question is null or 5) await provider.Api.FindPromotionAsync("PRM-TARGO", None);
        if (question is 6) await provider.PlaceAsync(IfeelgoodsOrder(provider), None);
        if (question is 7) await provider.CancelAsync(redemption, None);
    }

    public static async Task AskErpNextAsync(ErpNextApi api, TimeProvider clock) => await EachAsync(new ErpNextCustomers(api, clock).ReadAsync(new ErpNextCustomerQuery(), None));

    public async ValueTask DisposeAsync()
    {
        giftbit.Dispose();
        ifeelgoods.Dispose();
        erpNext.Dispose();
        lookUps.Dispose();
        await transport.DisposeAsync();
        handler.Dispose();
    }

    private static HttpOptions Once(string service) => new() { Service = service, MaxRetries = 0 };

    private static GiftCampaign Terms(string provider, string brand) => new()
    {
        Environment = LabCampaign.Where, CampaignId = "spring", Provider = provider, OrderMode = provider == "giftbit" ? OrderMode.Batch : OrderMode.PerRecipient,
        Kind = provider == "giftbit" ? GiftKind.Link : GiftKind.Code, Program = provider == "giftbit" ? null : "PRM-TARGO",
        Price = Money.Cad(6000), BrandCodes = [brand], Expiry = new DateOnly(2026, 12, 31), Subject = "Cadeau TARGO", Message = "Merci !",
    };

    private static async Task EachAsync<T>(IAsyncEnumerable<T> pages)
    {
        await foreach (var _ in pages) { }
    }

    private Task GivenAsync(byte[] input, Random random, Func<Task> ask)
    {
        handler.Next(input, random);
        return ask();
    }

    private async Task HandOverAsync()
    {
        var outcomes = await transport.HandOverAsync(Batch, None);
        FuzzTarget.Promise(outcomes.Count == Batch.Count, "every message has one outcome");
        foreach (var outcome in outcomes)
        {
            var said = $"{outcome.Reason} {outcome.ReasonCode} {outcome.MessageId}";
            FuzzTarget.Promise(!said.Contains("gtbt.co/" + FuzzTarget.LinkMark, StringComparison.Ordinal) && !said.Contains(FuzzTarget.SecretMark, StringComparison.Ordinal), $"an outcome shows neither link nor key: {said}");
        }
    }
}
