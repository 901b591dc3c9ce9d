using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Tests.Http;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

/// <summary>A simulator and a ledger of one's own and the provider that talks to both. Waits of the network run a hundred times as fast as real time.</summary>
internal sealed class IfeelgoodsBench : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IfeelgoodsProvider> opened = [];

    private IfeelgoodsBench(SimulatorHost sim)
    {
        Sim = sim;
        Ledger = GiftLedger.Open(folder.Path, sim.Clock);
        Provider = Connect();
    }

    public SimulatorHost Sim { get; }

    public GiftLedger Ledger { get; private set; }

    public IfeelgoodsProvider Provider { get; private set; }

    public IfeelgoodsStore Store => Sim.Ifeelgoods.Store;

    public IfeelgoodsSwitches Switches => Sim.Options.Ifeelgoods;

    public List<RetryNotice> Notices { get; } = [];

    public static async Task<IfeelgoodsBench> StartAsync(Action<SimulatorOptions>? set = null)
    {
        var options = new SimulatorOptions
        {
            Start = new DateTimeOffset(2026, 7, 1, 19, 0, 0, TimeSpan.Zero),
            ClockScale = 0,
            IfeelgoodsKey = "canary-key-" + Guid.NewGuid().ToString("N"),
            IfeelgoodsSecret = "canary-secret-" + Guid.NewGuid().ToString("N"),
        };
        set?.Invoke(options);
        return new IfeelgoodsBench(await SimulatorHost.StartAsync(options));
    }

    public static GiftCampaign Terms(GiftKind kind = GiftKind.Code, string sku = "TIM-GC-60CAD-CA", string id = "ete-2026") => new()
    {
        Environment = GiftEnvironment.Sandbox,
        CampaignId = id,
        Provider = "ifeelgoods",
        OrderMode = OrderMode.PerRecipient,
        Kind = kind,
        Program = "PRM-TARGO",
        Price = Money.Cad(6000),
        BrandCodes = [sku],
        Expiry = new DateOnly(2026, 12, 31),
    };

    public static List<GiftContact> Contacts(int count) =>
        [.. Enumerable.Range(1, count).Select(n => new GiftContact { CustomerId = $"C{n}", FirstName = $"Zoé{n}", LastName = "Roy", Email = $"zoe{n}@client.example", Other = new Dictionary<string, string> { ["téléphone"] = "514 555-0100" } })];

    public IfeelgoodsProvider Connect(IfeelgoodsOptions? options = null, Secret? secret = null, int retries = 6)
    {
        var http = new HttpOptions
        {
            Service = "Ifeelgoods", Time = new FastTime(100), AttemptTimeout = TimeSpan.FromSeconds(100), TotalTime = TimeSpan.FromHours(1), MaxRetries = retries,
            OnRetry = n => { lock (Notices) Notices.Add(n); },
        };
        var connection = new IfeelgoodsConnection(GiftEnvironment.Sandbox, Sim.Addresses.Ifeelgoods, new Secret(Sim.Options.IfeelgoodsKey), secret ?? new Secret(Sim.Options.IfeelgoodsSecret));
        var provider = IfeelgoodsProvider.Connect(connection, Sim.Clock, options, http);
        opened.Add(provider);
        return provider;
    }

    /// <summary>From now on the provider with other switches.</summary>
    public void Use(IfeelgoodsOptions? options = null, int retries = 6) => Provider = Connect(options, retries: retries);

    /// <summary>What a new process finds.</summary>
    public void Restart()
    {
        Ledger.Dispose();
        Ledger = GiftLedger.Open(folder.Path, Sim.Clock);
        Use();
    }

    public async Task<OrderPreview> PreviewAsync(int count, GiftCampaign? terms = null) =>
        await new CampaignOrder(Provider, Ledger, Sim.Options.TestInbox, Sim.Clock).PreviewAsync(terms ?? Terms(), Contacts(count), skipInvalid: false, default);

    public async Task<OrderRun> OrderAsync(int count, GiftCampaign? terms = null)
    {
        var order = new CampaignOrder(Provider, Ledger, Sim.Options.TestInbox, Sim.Clock);
        return await order.ExecuteAsync(await order.PreviewAsync(terms ?? Terms(), Contacts(count), skipInvalid: false, default), default);
    }

    /// <summary>One order, past the ledger.</summary>
    public Task<OrderAnswer> PlaceAsync(GiftCampaign? terms = null, int row = 1, string? email = null, IfeelgoodsProvider? provider = null)
    {
        terms ??= Terms();
        provider ??= Provider;
        var recipient = new OrderRecipient(row, $"C{row}", "Zoé", "L'Écuyer", email ?? $"essais+{row}@targo.ca");
        return provider.PlaceAsync(provider.Prepare(terms, provider.OrderIdOf(terms.CampaignId, row, 0), [recipient]), default);
    }

    public async Task<GiftProviderException> RefusalAsync(GiftCampaign? terms = null, int row = 1, string? email = null, IfeelgoodsProvider? provider = null) =>
        await Assert.ThrowsAsync<GiftProviderException>(() => PlaceAsync(terms, row, email, provider));

    public async Task<List<ProviderGift>> ListAsync(ProviderQuery query)
    {
        var gifts = new List<ProviderGift>();
        await foreach (var page in Provider.ListAsync(query, default)) gifts.AddRange(page);
        return gifts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in opened) provider.Dispose();
        Ledger.Dispose();
        await Sim.DisposeAsync();
        folder.Dispose();
    }
}
