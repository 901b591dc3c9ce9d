using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Tests.Http;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.ErpNext;

namespace TargoGiftbit.Core.Tests.Customers.ErpNext;

/// <summary>A simulated site and a client for it. Waits of the network run a hundred times as fast as real time.</summary>
internal sealed class ErpNextBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 7, 1, 19, 0, 0, TimeSpan.Zero);

    private readonly List<ErpNextApi> opened = [];

    private ErpNextBench(SimulatorHost sim)
    {
        Sim = sim;
        Api = Connect();
    }

    public SimulatorHost Sim { get; }

    public ErpNextApi Api { get; }

    public ErpNextStore Store => Sim.ErpNext.Store;

    public ErpNextSwitches Switches => Sim.Options.ErpNext;

    public static async Task<ErpNextBench> StartAsync(int customers = 0, Action<ErpNextSwitches>? set = null)
    {
        var options = new SimulatorOptions { Start = Start, ClockScale = 0, ErpNextKey = "canarykey", ErpNextSecret = "canary-secret-" + Guid.NewGuid().ToString("N") };
        options.ErpNext.Customers = customers;
        set?.Invoke(options.ErpNext);
        return new ErpNextBench(await SimulatorHost.StartAsync(options));
    }

    public ErpNextApi Connect(string? token = null, int retries = 6, Uri? site = null)
    {
        var http = new HttpOptions { Service = "ERPNext", Time = new FastTime(100), AttemptTimeout = TimeSpan.FromSeconds(600), TotalTime = TimeSpan.FromHours(1), MaxRetries = retries };
        var api = new ErpNextApi(new ErpNextConnection(site ?? Sim.Addresses.ErpNext, new Secret(token ?? $"{Sim.Options.ErpNextKey}:{Sim.Options.ErpNextSecret}")), http);
        opened.Add(api);
        return api;
    }

    /// <summary>A gift whose link was clicked.</summary>
    public static Gift Clicked(string? customer, DateTimeOffset? at = null, string campaign = "ete-2026") => new()
    {
        Environment = GiftEnvironment.Sandbox, CampaignId = campaign, Row = 1, CustomerId = customer, ClickedAt = at ?? Start, Link = new GiftLink("http://gtbt.co/CANARYLINK1"),
    };

    public async Task<List<GiftContact>> ReadAsync(ErpNextCustomerQuery? query = null, ErpNextApi? api = null, int pageSize = 100)
    {
        var contacts = new List<GiftContact>();
        await foreach (var page in new ErpNextCustomers(api ?? Api, Sim.Clock, pageSize).ReadAsync(query ?? new(), default)) contacts.AddRange(page);
        return contacts;
    }

    public async Task<GiftContact> OneAsync(ErpNextCustomerQuery? query = null) => Assert.Single(await ReadAsync(query));

    public async Task<ErpNextException> RefusalAsync(ErpNextCustomerQuery? query = null, ErpNextApi? api = null) =>
        await Assert.ThrowsAsync<ErpNextException>(() => ReadAsync(query, api));

    public async ValueTask DisposeAsync()
    {
        foreach (var api in opened) api.Dispose();
        await Sim.DisposeAsync();
    }
}
