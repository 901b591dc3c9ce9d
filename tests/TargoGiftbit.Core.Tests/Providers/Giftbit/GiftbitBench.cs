using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Core.Tests.Http;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

/// <summary>A simulator of one's own and the provider that talks to it. Waits of the network run fifty times as fast as real time.</summary>
internal sealed class GiftbitBench : IAsyncDisposable
{
    private GiftbitBench(SimulatorHost sim)
    {
        Sim = sim;
        Provider = Connect(new Secret(sim.Options.GiftbitToken));
    }

    public SimulatorHost Sim { get; }

    public GiftbitProvider Provider { get; }

    public GiftbitApi Api => Provider.Api;

    public List<RetryNotice> Notices { get; } = [];

    public static GiftCampaign Terms { get; } = new()
    {
        Environment = GiftEnvironment.Sandbox,
        CampaignId = "targo-2026",
        Price = Money.Cad(6000),
        BrandCodes = ["timhortonsca", "walmartca"],
        Expiry = new DateOnly(2026, 12, 31),
        Subject = "Cadeau TARGO — merci",
        Message = "Merci d'être client TARGO. Voici « une carte » & plus.",
    };

    public static async Task<GiftbitBench> StartAsync(Action<SimulatorOptions>? set = null)
    {
        var options = new SimulatorOptions { Start = new DateTimeOffset(2026, 3, 10, 18, 0, 0, TimeSpan.Zero), ClockScale = 0, GiftbitToken = "canary-" + Guid.NewGuid().ToString("N") };
        set?.Invoke(options);
        return new GiftbitBench(await SimulatorHost.StartAsync(options));
    }

    public static OrderRecipient[] Recipients(int count, int from = 1) =>
        [.. Enumerable.Range(from, count).Select(row => new OrderRecipient(row, $"C{row}", $"Zoé{row}", "L'Écuyer", $"essais+{row}@targo.ca"))];

    public GiftbitProvider Connect(Secret token, Func<HttpOptions, HttpOptions>? change = null, HttpMessageHandler? handler = null) =>
        Connect(Sim.Addresses.Giftbit, token, Sim.Clock, Notices, change, handler);

    public static GiftbitProvider Connect(Uri endpoint, Secret token, TimeProvider clock, List<RetryNotice> notices, Func<HttpOptions, HttpOptions>? change = null, HttpMessageHandler? handler = null)
    {
        var options = new HttpOptions
        {
            Service = "Giftbit", Time = new FastTime(50), AttemptTimeout = TimeSpan.FromSeconds(75), TotalTime = TimeSpan.FromHours(1),
            OnRetry = n => { lock (notices) notices.Add(n); },
        };
        return GiftbitProvider.Connect(new ServiceConnection(GiftEnvironment.Sandbox, endpoint, token), clock, change?.Invoke(options) ?? options, handler);
    }

    public PreparedOrder Prepare(int count, Func<GiftCampaign, GiftCampaign>? change = null, string? orderId = null) =>
        Provider.Prepare(change is null ? Terms : change(Terms), orderId ?? Terms.CampaignId, Recipients(count));

    public Task<OrderAnswer> PlaceAsync(PreparedOrder order) => Provider.PlaceAsync(order, default);

    /// <summary>Orders gifts and waits, on the simulator's clock, until their links exist.</summary>
    public async Task<OrderAnswer> OrderWithLinksAsync(int count, string? orderId = null)
    {
        var answer = await PlaceAsync(Prepare(count, orderId: orderId));
        Sim.Clock.Advance(TimeSpan.FromSeconds(10));
        return answer;
    }

    public async Task<List<ProviderGift>> ListAsync(ProviderQuery query)
    {
        var gifts = new List<ProviderGift>();
        await foreach (var page in Provider.ListAsync(query, default)) gifts.AddRange(page);
        return gifts;
    }

    public async ValueTask DisposeAsync()
    {
        Provider.Dispose();
        await Sim.DisposeAsync();
    }
}
