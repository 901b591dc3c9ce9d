using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Core.Tests.Campaigns;

namespace TargoGiftbit.Core.Tests.Reconciliation;

public sealed class ReconciliationRunTests
{
    [Fact]
    public async Task One_run_polls_what_is_due_in_both_environments()
    {
        await using var world = await SentAsync();
        using var production = Production(world);
        await OrderAsync(world, production, "summer");
        world.Ledger.Campaigns.NotePoll(GiftEnvironment.Production, "summer", null, world.Simulator.Clock.GetUtcNow());
        world.Simulator.Giftbit.Store.Redeem(world.Gifts()[0].Link!.Reveal(), "walmartca");
        world.Simulator.Clock.Advance(TimeSpan.FromHours(2));
        var polled = new List<(GiftEnvironment, string)>();

        var summary = await new ReconciliationRun(world.Ledger, c => c.Environment == GiftEnvironment.Production ? production : world.Provider, world.Simulator.Clock)
            .RunAsync(p => polled.Add((p.Campaign.Environment, p.Campaign.CampaignId)), CancellationToken.None);

        Assert.Equal([(GiftEnvironment.Sandbox, "spring"), (GiftEnvironment.Production, "summer")], polled.Order());
        // One redeemed, and the two of summer have their links meanwhile.
        Assert.Equal((2, 3, 0), (summary.Polled, summary.Changed, summary.Failures.Count));
        Assert.Equal(world.Ledger.Campaigns.NextDue(), summary.NextDue);
    }

    [Fact]
    public async Task A_campaign_that_cannot_be_asked_stays_due_and_does_not_hold_up_the_others()
    {
        await using var world = await SentAsync();
        using var production = Production(world);
        await OrderAsync(world, production, "summer");
        world.Ledger.Campaigns.NotePoll(GiftEnvironment.Production, "summer", null, world.Simulator.Clock.GetUtcNow());
        world.Simulator.Clock.Advance(TimeSpan.FromHours(2));

        var summary = await new ReconciliationRun(world.Ledger, c => c.Environment == GiftEnvironment.Production ? throw new GiftDataException("NoToken", "No token.") : world.Provider, world.Simulator.Clock)
            .RunAsync(_ => { }, CancellationToken.None);

        Assert.Equal((1, "summer"), (summary.Polled, Assert.Single(summary.Failures).Campaign.CampaignId));
        Assert.Equal("summer", Assert.Single(world.Ledger.Campaigns.Due(world.Simulator.Clock.GetUtcNow())).CampaignId);
    }

    [Fact]
    public async Task Only_one_run_is_at_work_at_a_time_and_a_dead_one_frees_the_way()
    {
        await using var world = await SentAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(world.Ledger.Leases.TryTake("reconciliation", "a run that died", TimeSpan.FromMinutes(30)));
        world.Simulator.Requests.Clear();

        Assert.True((await RunAsync(world)).AlreadyRunning);
        Assert.Empty(world.Simulator.Requests.All);

        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(1, (await RunAsync(world)).Polled);
    }

    [Fact]
    public async Task Runs_missed_for_weeks_are_made_up_by_one_poll()
    {
        await using var world = await SentAsync();
        var sent = world.Ledger.Campaigns.Get(world.Environment, "spring").SendingCompletedAt!.Value;
        world.Simulator.Clock.Advance(TimeSpan.FromDays(12));

        Assert.Equal((1, 0), ((await RunAsync(world)).Polled, (await RunAsync(world)).Polled));
        Assert.Equal(sent.AddDays(30), world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);
    }

    [Fact]
    public async Task Customers_added_late_are_polled_an_hour_after_their_own_mail_and_the_last_poll_closes_all()
    {
        await using var world = await SentAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromDays(3));
        await RunAsync(world);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(5));
        await world.CollectAsync();
        await world.SendAsync();
        var later = world.Simulator.Clock.GetUtcNow();
        Assert.Equal(later.AddHours(1), world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);

        foreach (var day in new[] { 1, 1, 7, 30 })
        {
            world.Simulator.Clock.Advance(TimeSpan.FromDays(day));
            await RunAsync(world);
        }
        // The claim period ends on 31 December, Pacific time; the last poll is a day later.
        Assert.Equal(new DateTimeOffset(2027, 1, 2, 8, 0, 0, TimeSpan.Zero), world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);
        world.Simulator.Clock.Advance(TimeSpan.FromDays(300));
        await RunAsync(world);

        Assert.Null(world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);
        Assert.All(world.Gifts(), g => Assert.Equal((true, GiftStatus.Expired), (g.IsClosed, g.Status)));
    }

    private static Task<ReconciliationSummary> RunAsync(CampaignWorld world) => new ReconciliationRun(world.Ledger, _ => world.Provider, world.Simulator.Clock).RunAsync(_ => { }, CancellationToken.None);

    private static GiftbitProvider Production(CampaignWorld world) => GiftbitProvider.Connect(
        new ServiceConnection(GiftEnvironment.Production, world.Simulator.Addresses.Giftbit, new Secret(world.Simulator.Options.GiftbitToken)), world.Simulator.Clock, new HttpOptions { Service = "Giftbit" });

    private static async Task OrderAsync(CampaignWorld world, IGiftProvider provider, string id)
    {
        var order = new CampaignOrder(provider, world.Ledger, null, world.Simulator.Clock);
        await order.ExecuteAsync(await order.PreviewAsync(world.Terms(id: id) with { Environment = provider.Environment }, CampaignWorld.Contacts(2), false, CancellationToken.None), CancellationToken.None);
    }

    private static async Task<CampaignWorld> SentAsync()
    {
        var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await world.CollectAsync();
        await world.SendAsync();
        return world;
    }
}
