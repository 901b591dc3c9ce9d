using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

/// <summary>Whole campaigns through the ledger: ordered once, resumed after a crash, followed to the end (issue 7, items 2 and 3).</summary>
public sealed class IfeelgoodsCampaignTests
{
    private static Task<PollResult> PollAsync(IfeelgoodsBench bench) =>
        new StatusReconciler(bench.Provider, bench.Ledger, bench.Sim.Clock).PollAsync(GiftEnvironment.Sandbox, "ete-2026", default);

    private static IReadOnlyList<Gift> Gifts(IfeelgoodsBench bench) => bench.Ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "ete-2026");

    [Fact]
    public async Task Each_recipient_has_an_order_of_campaign_row_and_index()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var run = await bench.OrderAsync(3);
        Assert.Equal(["ete-2026-1-0", "ete-2026-2-0", "ete-2026-3-0"], run.Gifts.Select(g => g.OrderId));
        Assert.All(run.Gifts, g => Assert.Equal((GiftStatus.Redeemed, 3, true), (g.Status, g.CodeCount, g.IsReady)));
        Assert.Equal((3, 3), (run.Campaign.GiftCount, run.Campaign.LinkCount));
        var again = await bench.OrderAsync(3);
        Assert.Equal(0, again.NewlyOrdered);
        Assert.Equal(3, bench.Store.Redemptions.Sum(r => r.Billings));
    }

    [Fact]
    public async Task After_a_crash_between_effect_and_record_the_order_is_resumed_and_nothing_is_billed_twice()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Use(retries: 0);
        // Every redemption is made; not one answer arrives.
        bench.Sim.Faults.Always("ifeelgoods.createandredeem", Fault.Reset(afterEffect: true));
        var cut = await bench.OrderAsync(5);
        Assert.Equal(5, cut.Failures.Count);
        Assert.Equal(5, bench.Store.Redemptions.Count);
        Assert.All(Gifts(bench), g => Assert.Equal(0, g.CodeCount));

        bench.Sim.Faults.Clear();
        bench.Restart();
        var run = await bench.OrderAsync(5);
        Assert.Empty(run.Failures);
        Assert.Equal(5, bench.Store.Redemptions.Count);
        Assert.All(bench.Store.Redemptions, r => Assert.Equal(1, r.Billings));
        foreach (var gift in run.Gifts)
            Assert.Equal(bench.Store.FindOrder("PRM-TARGO", gift.OrderId!)!.Codes.Select(c => c.Value), bench.Ledger.Gifts.CodesOf(gift.Identity).Select(c => c.Reveal()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Under_random_faults_every_gift_is_made_and_billed_once(int seed)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.HangTime = TimeSpan.FromSeconds(1));
        bench.Sim.Faults.Random("ifeelgoods.createandredeem", 0.3, seed);
        for (var run = 0; run < 5; run++)
        {
            if ((await bench.OrderAsync(40)).Failures.Count == 0) break;
            bench.Restart();
        }
        Assert.Equal(40, bench.Store.Redemptions.Count);
        Assert.All(bench.Store.Redemptions, r => Assert.Equal(1, r.Billings));
        Assert.All(Gifts(bench), g => Assert.Equal(3, g.CodeCount));
        Assert.Equal(40, Gifts(bench).Select(g => bench.Ledger.Gifts.CodesOf(g.Identity)[0].Reveal()).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Codes_that_take_their_time_are_collected_like_links(bool inLists)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => (o.Ifeelgoods.CodeDelay, o.Ifeelgoods.CodesInLists) = (TimeSpan.FromMinutes(5), inLists));
        Assert.All((await bench.OrderAsync(3)).Gifts, g => Assert.Equal((GiftStatus.New, 0), (g.Status, g.CodeCount)));
        bench.Sim.Clock.Advance(TimeSpan.FromMinutes(6));
        var found = new List<Gift>();
        await new LinkCollection(bench.Provider, bench.Ledger, bench.Sim.Clock).CollectAsync(GiftEnvironment.Sandbox, "ete-2026", TimeSpan.Zero, p => found.AddRange(p.Found), default);
        Assert.Equal(3, found.Count);
        Assert.All(Gifts(bench), g => Assert.Equal((GiftStatus.Redeemed, 3), (g.Status, g.CodeCount)));
    }

    [Fact]
    public async Task Codes_that_a_status_poll_sees_first_are_not_left_behind()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.CodeDelay = TimeSpan.FromMinutes(5));
        await bench.OrderAsync(2);
        bench.Sim.Clock.Advance(TimeSpan.FromMinutes(6));
        await PollAsync(bench);
        Assert.All(Gifts(bench), g => Assert.Equal((GiftStatus.Redeemed, 3, true), (g.Status, g.CodeCount, g.IsClosed)));
    }

    [Fact]
    public async Task A_gift_with_codes_can_be_claimed_for_its_mail_once_and_comes_with_them()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var gift = Assert.Single((await bench.OrderAsync(1)).Gifts);
        var claim = Assert.Single(bench.Ledger.Mails.Claim([gift.Identity], MailPurpose.Gift, "smtp", TimeSpan.FromMinutes(1)));
        Assert.True(claim.IsClaimed);
        Assert.Equal(3, claim.Gift!.Codes.Count);
        bench.Ledger.Mails.Record([new HandOverRecord(claim, new HandOver(HandOverResult.Accepted, "1"), "Cadeau", "hash")]);
        Assert.Equal(ClaimRefusal.AlreadySent, bench.Ledger.Mails.Claim([gift.Identity], MailPurpose.Gift, "smtp", TimeSpan.FromMinutes(1))[0].Refusal);
    }

    [Fact]
    public async Task Statuses_of_links_are_followed_to_each_end()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.ClaimTime = TimeSpan.FromDays(90));
        var terms = IfeelgoodsBench.Terms(GiftKind.Link);
        var run = await bench.OrderAsync(5, terms);
        Assert.All(run.Gifts, g => Assert.Equal(GiftStatus.LinkCreated, g.Status));
        Redemption Of(int row) => bench.Store.FindOrder("PRM-TARGO", $"ete-2026-{row}-0")!;
        Assert.True(bench.Store.Follow(bench.Sim.Ifeelgoods.LinkOf(Of(1))));
        await bench.Provider.CancelAsync("PRM-TARGO/ete-2026-2-0", default);
        bench.Store.SetState(Of(3), RedemptionState.Failed);
        bench.Store.SetState(Of(4), RedemptionState.Denied);
        await PollAsync(bench);
        bench.Sim.Clock.Advance(TimeSpan.FromDays(91));
        var poll = await PollAsync(bench);
        Assert.Equal(["Redeemed", "Refunded", "Failed", "Failed", "Expired"], Gifts(bench).Select(g => g.Status.ToString()));
        Assert.Equal(["redeemed", "canceled", "failed", "denied", "canceled"], Gifts(bench).Select(g => g.ProviderStatus));
        Assert.NotNull(Gifts(bench)[0].RedeemedAt);
        Assert.Empty(poll.UnknownStatuses);
        Assert.All(Gifts(bench), g => Assert.Equal(0, g.CodeCount));
    }

    [Fact]
    public async Task A_booked_word_after_the_link_is_known_does_not_take_the_link_away()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.OrderAsync(1, IfeelgoodsBench.Terms(GiftKind.Link));
        bench.Store.SetState(bench.Store.Redemptions[0], RedemptionState.Booked);
        await PollAsync(bench);
        Assert.Equal(GiftStatus.LinkCreated, Gifts(bench)[0].Status);
    }

    [Theory]
    [InlineData("ifeelgoods.sorting-limit=3")]
    [InlineData("ifeelgoods.paging=ignored")]
    public async Task Where_the_list_cannot_be_read_whole_each_open_order_is_asked(string setting)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.OrderAsync(30, IfeelgoodsBench.Terms(GiftKind.Link));
        new TargoGiftbit.Simulator.SwitchBoard(bench.Sim.Options).Set(setting);
        foreach (var redemption in bench.Store.Redemptions) bench.Store.Follow(bench.Sim.Ifeelgoods.LinkOf(redemption));
        var poll = await PollAsync(bench);
        Assert.Equal((30, 0), (poll.Seen, poll.Missing));
        Assert.All(Gifts(bench), g => Assert.Equal(GiftStatus.Redeemed, g.Status));
    }

    private static async Task<bool[]> FreeAsync(IfeelgoodsBench bench)
    {
        var replacement = new FailedReplacement(bench.Provider, bench.Ledger);
        return await Task.WhenAll(bench.Ledger.Orders.FailedOf(GiftEnvironment.Sandbox, "ete-2026").Select(g => replacement.FreeAsync(g, "PRM-TARGO", GiftKind.Code, default)));
    }

    [Fact]
    public async Task A_failed_gift_is_replaced_under_the_next_index_when_asked_and_only_then()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.FailuresFirst = 9);
        Assert.Equal(2, (await bench.OrderAsync(2)).RefusedContacts.Count);
        bench.Switches.FailuresFirst = 0;
        Assert.Equal(0, (await bench.OrderAsync(2)).NewlyOrdered);
        Assert.All(await FreeAsync(bench), Assert.True);
        var replaced = await bench.OrderAsync(2);
        Assert.Equal(["ete-2026-1-1", "ete-2026-2-1"], replaced.Gifts.Select(g => g.OrderId));
        Assert.All(replaced.Gifts, g => Assert.Equal(3, g.CodeCount));
        Assert.Empty(bench.Ledger.Orders.FailedOf(GiftEnvironment.Sandbox, "ete-2026"));
        // The old orders are dead: whatever Ifeelgoods does with them later, each customer has one gift.
        Assert.All(bench.Store.Redemptions.Where(r => r.OrderId.EndsWith("-0", StringComparison.Ordinal)), r => Assert.Equal((RedemptionState.Canceled, 0), (r.State, r.Billings)));
    }

    [Fact]
    public async Task A_gift_that_was_made_after_it_was_called_failed_is_kept_with_its_codes_and_not_ordered_twice()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => (o.Ifeelgoods.FailuresFirst, o.Ifeelgoods.CodesInLists) = (3, false));
        Assert.Single((await bench.OrderAsync(1)).RefusedContacts);
        await bench.PlaceAsync();
        Assert.False(Assert.Single(await FreeAsync(bench)));
        Assert.Equal((GiftStatus.Redeemed, 3), (Gifts(bench)[0].Status, Gifts(bench)[0].CodeCount));
        Assert.Equal(0, (await bench.OrderAsync(1)).NewlyOrdered);
        Assert.Equal(1, Assert.Single(bench.Store.Redemptions).Billings);
    }

    [Fact]
    public async Task A_gift_whose_old_order_is_under_way_again_is_not_replaced()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.FailuresFirst = 9);
        await bench.OrderAsync(1);
        bench.Store.SetState(bench.Store.Redemptions[0], RedemptionState.Pending);
        Assert.Equal("GiftNotReplaceable", (await Assert.ThrowsAsync<OrderException>(() => FreeAsync(bench))).Code);
        Assert.Equal((GiftStatus.Failed, "ete-2026-1-0"), (Gifts(bench)[0].Status, Gifts(bench)[0].OrderId));
    }

    [Fact]
    public async Task A_gift_whose_old_order_cannot_be_cancelled_for_certain_is_not_replaced()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.FailuresFirst = 9);
        await bench.OrderAsync(1);
        bench.Use(retries: 0);
        bench.Sim.Faults.Always("ifeelgoods.cancel", Fault.ServerError(503));
        await Assert.ThrowsAsync<GiftProviderException>(() => FreeAsync(bench));
        Assert.Single(bench.Ledger.Orders.FailedOf(GiftEnvironment.Sandbox, "ete-2026"));
    }

    [Fact]
    public async Task A_redeemed_gift_is_never_canceled_and_an_unclear_cancel_is_settled_by_asking()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync();
        await bench.PlaceAsync(IfeelgoodsBench.Terms(GiftKind.Link), row: 2);
        var refused = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CancelAsync("PRM-TARGO/ete-2026-1-0", default));
        Assert.Equal(("IfeelgoodsNotCancelable", 0), (refused.Code, bench.Sim.Requests.Count("ifeelgoods.cancel")));
        bench.Use(retries: 0);
        bench.Sim.Faults.Next("ifeelgoods.cancel", Fault.Reset(afterEffect: true));
        Assert.Equal(GiftStatus.Refunded, (await bench.Provider.CancelAsync("PRM-TARGO/ete-2026-2-0", default)).Status);
    }

    [Fact]
    public async Task The_redemptions_own_word_on_cancelling_wins_over_the_narrow_rule()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.Cancel = CancelRule.AllButRedeemed);
        bench.Use(new TargoGiftbit.Core.Providers.Ifeelgoods.IfeelgoodsOptions());
        await bench.PlaceAsync(IfeelgoodsBench.Terms(GiftKind.Link));
        bench.Store.SetState(bench.Store.Redemptions[0], RedemptionState.Denied);
        Assert.Equal("canceled", (await bench.Provider.CancelAsync("PRM-TARGO/ete-2026-1-0", default)).RawStatus);
        bench.Store.SetState(bench.Store.Redemptions[0], RedemptionState.Denied);
        bench.Switches.TellsCancelable = false;
        Assert.Equal("IfeelgoodsNotCancelable", (await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CancelAsync("PRM-TARGO/ete-2026-1-0", default))).Code);
    }
}
