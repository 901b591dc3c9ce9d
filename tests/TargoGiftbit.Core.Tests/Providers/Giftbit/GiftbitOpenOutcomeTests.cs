using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitOpenOutcomeTests
{
    [Fact]
    public async Task A_refused_token_leaves_it_open_whether_an_earlier_run_ordered()
    {
        await using var bench = await GiftbitBench.StartAsync();
        using var other = bench.Connect(new Secret("canary-wrong"));
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => other.PlaceAsync(bench.Prepare(3), default));
        Assert.Equal(("GiftbitTokenRefused", false, 401), (error.Code, error.IsDefinitive, error.Status));
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("giftbit.campaign.get")]
    [InlineData("giftbit.*")]
    public async Task When_giftbit_cannot_be_asked_the_order_stays_open_and_the_next_run_settles_it(string route)
    {
        await using var bench = await GiftbitBench.StartAsync();
        using var hasty = bench.Connect(new Secret(bench.Sim.Options.GiftbitToken), o => o with { MaxRetries = 1 });
        bench.Sim.Faults.Next("giftbit.campaign.create", Fault.Reset(afterEffect: true));
        bench.Sim.Faults.Always(route, Fault.ServerError(503));
        var order = bench.Prepare(3);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => hasty.PlaceAsync(order, default));
        Assert.False(error.IsDefinitive);
        bench.Sim.Faults.Clear();
        Assert.True((await bench.PlaceAsync(order)).WasReplay);
        Assert.Single(bench.Sim.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task A_service_that_is_down_refuses_nothing()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var order = bench.Prepare(3);
        // Port 1 of this machine: nobody listens there.
        using var hasty = GiftbitBench.Connect(new Uri("http://127.0.0.1:1/papi/v1"), new Secret("t"), bench.Sim.Clock, bench.Notices, o => o with { MaxRetries = 1 });
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => hasty.PlaceAsync(order, default));
        Assert.Equal(("GiftbitUnreachable", false), (error.Code, error.IsDefinitive));
    }

    [Theory]
    [InlineData(20260310)]
    [InlineData(null)]
    public async Task Under_random_faults_on_every_route_each_order_exists_once(int? fixedSeed)
    {
        var seed = fixedSeed ?? Random.Shared.Next();
        await using var bench = await GiftbitBench.StartAsync(o => (o.Giftbit.DuplicateId, o.Giftbit.LinkContacts) = ((DuplicateIdAnswer)(seed % 2), (LinkContacts)(seed % 3)));
        bench.Sim.Faults.Random("giftbit.*", 0.2, seed);
        var ids = Enumerable.Range(1, 40).Select(n => $"order-{seed}-{n}").ToList();
        using var patient = bench.Connect(new Secret(bench.Sim.Options.GiftbitToken), o => o with { MaxRetries = 12, AttemptTimeout = TimeSpan.FromSeconds(15) });
        var answers = new OrderAnswer[ids.Count];
        await Parallel.ForAsync(0, ids.Count, async (n, cancel) => answers[n] = await patient.PlaceAsync(bench.Prepare(2, orderId: ids[n]), cancel));
        Assert.True(bench.Sim.Giftbit.Store.Orders.Count == ids.Count, $"seed {seed}");
        Assert.All(ids.Zip(answers), pair => Assert.True(bench.Sim.Giftbit.Store.FindOrder(pair.First)?.Uuid == pair.Second.ProviderOrderId, $"seed {seed}"));
    }
}
