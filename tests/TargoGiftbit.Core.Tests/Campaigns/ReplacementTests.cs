using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Campaigns;

public sealed class ReplacementTests
{
    [Theory]
    [InlineData(OrderMode.Batch, GiftEnvironment.Sandbox)]
    [InlineData(OrderMode.Batch, GiftEnvironment.Production)]
    [InlineData(OrderMode.PerRecipient, GiftEnvironment.Production)]
    public async Task A_replaced_gift_is_refunded_and_its_customer_gets_one_new_one(OrderMode mode, GiftEnvironment environment)
    {
        await using var world = await ReadyAsync(mode, environment);
        await world.SendAsync();
        var old = world.Gifts()[1];

        var run = await ReplaceAsync(world, old.Identity, "lost");
        await world.CollectAsync();
        var (summary, _) = await world.SendAsync();

        var gifts = world.Gifts();
        Assert.Equal((1, 4, 1), (run.NewlyOrdered, gifts.Count, summary.Sent));
        Assert.Equal((4, 2, old.CustomerId, old.Email), (gifts[3].Row, gifts[3].ReplacesRow, gifts[3].CustomerId, gifts[3].Email));
        Assert.Equal([GiftStatus.LinkCreated, GiftStatus.Refunded, GiftStatus.LinkCreated, GiftStatus.LinkCreated], gifts.Select(g => g.Status));
        Assert.Contains(gifts[3].Link!.Reveal(), Assert.Single(world.Simulator.Inbox.ByCustomId("spring:4")).Content!.Text, StringComparison.Ordinal);
        Assert.Equal(3, LiveGifts(world));
        Assert.Equal((4, 0, 0), (await world.PollAsync()) is var poll ? (poll.Seen, poll.Missing, poll.Unmatched) : default);
        Assert.Equal([old.Link!.Reveal(), gifts[3].Link!.Reveal()], world.Gifts().Where(g => g.CustomerId == old.CustomerId).Select(g => g.Link!.Reveal()));
    }

    [Fact]
    public async Task Both_timelines_tell_of_the_replacement()
    {
        await using var world = await ReadyAsync();
        await ReplaceAsync(world, world.Gifts()[1].Identity, "lost");

        var timeline = new GiftTimeline(world.Ledger);
        Assert.Contains(timeline.Of(world.Gifts()[1].Identity), m => m is { What: "ReplacementAsked", Detail: "lost" });
        Assert.Contains(timeline.Of(world.Gifts()[1].Identity), m => m is { What: "Replaced", Detail: "by spring:4" });
        Assert.Contains(timeline.Of(world.Gifts()[3].Identity), m => m is { What: "Entered", Detail: "in place of spring:2" });
    }

    [Fact]
    public async Task Replacing_again_and_ordering_the_whole_list_again_make_no_second_replacement()
    {
        await using var world = await ReadyAsync();
        var old = world.Gifts()[1].Identity;
        await ReplaceAsync(world, old);

        var again = await ReplaceAsync(world, old);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await world.CollectAsync();

        Assert.Equal((0, 4), (again.NewlyOrdered, Assert.Single(again.Gifts).Row));
        Assert.Equal((4, 2, 3), (world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count, LiveGifts(world)));
    }

    [Fact]
    public async Task A_replacement_can_be_replaced_in_its_turn()
    {
        await using var world = await ReadyAsync();
        await ReplaceAsync(world, world.Gifts()[1].Identity);
        await world.CollectAsync();

        await ReplaceAsync(world, world.Gifts()[3].Identity);
        await world.CollectAsync();

        Assert.Equal((5, 4), (world.Gifts()[4].Row, world.Gifts()[4].ReplacesRow));
        Assert.Equal(3, LiveGifts(world));
    }

    [Fact]
    public async Task A_redeemed_gift_is_never_replaced()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[1];
        world.Simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");

        var error = await Assert.ThrowsAsync<OrderException>(() => ReplaceAsync(world, gift.Identity));

        Assert.Equal("GiftNotRevocable", error.Code);
        Assert.Equal((3, 1), (world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count));
    }

    [Fact]
    public async Task A_gift_redeemed_between_the_look_and_the_cancellation_is_not_replaced()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[1];
        var look = await Replacement(world).LookAsync(gift.Identity, CancellationToken.None);
        world.Simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");

        var error = await Assert.ThrowsAsync<GiftProviderException>(() => Replacement(world).ReplaceAsync(look, null, CancellationToken.None));

        Assert.Equal("GiftbitGiftNotCancelled", error.Code);
        Assert.Equal((3, 1), (world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count));
    }

    [Fact]
    public async Task A_ledger_that_wrongly_calls_a_gift_refunded_does_not_make_a_second_one()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[1];
        world.Ledger.Gifts.StoreStatuses([(gift.Identity, new ProviderGift { ProviderGiftId = gift.ProviderGiftId!, Status = GiftStatus.Refunded, RawStatus = "GIVER_CANCELLED" })]);
        world.Simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");

        var error = await Assert.ThrowsAsync<OrderException>(() => ReplaceAsync(world, gift.Identity));

        Assert.Equal("GiftNotRevocable", error.Code);
        Assert.Single(world.Simulator.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task A_process_killed_after_the_cancellation_at_giftbit_is_finished_by_the_next()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[1];
        // The answer never reached the ledger.
        await world.Provider.CancelAsync(gift.ProviderGiftId!, CancellationToken.None);
        Assert.Equal(GiftStatus.LinkCreated, world.Gifts()[1].Status);

        await ReplaceAsync(world, gift.Identity);
        await world.CollectAsync();

        Assert.Equal((GiftStatus.Refunded, 3), (world.Gifts()[1].Status, LiveGifts(world)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_run_cut_at_its_order_is_finished_by_the_next_or_by_ordering_the_list_again(bool taken, bool byList)
    {
        await using var world = await ReadyAsync();
        var old = world.Gifts()[1].Identity;
        for (var run = 0; run < 2; run++)
        {
            var look = await Replacement(world).LookAsync(old, CancellationToken.None);
            world.Simulator.Faults.Always("giftbit.campaign.create", Fault.ServerError(503, afterEffect: taken));
            world.Simulator.Faults.Always("giftbit.campaign.get", Fault.ServerError(503));
            await Assert.ThrowsAsync<GiftProviderException>(() => Replacement(world).ReplaceAsync(look, null, CancellationToken.None));
            world.Simulator.Faults.Clear();
        }

        if (byList) await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await ReplaceAsync(world, old);
        await world.CollectAsync();

        Assert.Equal((4, 2, 3), (world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count, LiveGifts(world)));
        Assert.All(world.Gifts(), g => Assert.NotNull(g.Link));
    }

    [Fact]
    public async Task A_cut_after_the_cancellation_does_not_keep_the_order_back_and_one_before_it_cancels_nothing()
    {
        await using var world = await ReadyAsync();
        var (first, second) = (world.Gifts()[0], world.Gifts()[1].Identity);
        var untouched = await Replacement(world).LookAsync(second, CancellationToken.None);
        await world.Provider.CancelAsync(first.ProviderGiftId!, CancellationToken.None);
        var cancelled = await Replacement(world).LookAsync(first.Identity, CancellationToken.None);

        var run = await Replacement(world).ReplaceAsync(cancelled, null, new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Replacement(world).ReplaceAsync(untouched, null, new CancellationToken(canceled: true)));

        Assert.Equal((1, 4, 2), (run.NewlyOrdered, world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count));
        Assert.Equal(GiftStatus.LinkCreated, world.Gifts()[1].Status);
    }

    [Fact]
    public async Task Two_runs_at_once_make_one_replacement()
    {
        await using var world = await ReadyAsync();
        var old = world.Gifts()[1].Identity;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var ledger = GiftLedger.Open(world.Folder, world.Simulator.Clock);
            var replacement = new GiftReplacement(world.Provider, ledger, CampaignWorld.Inbox, world.Simulator.Clock);
            await replacement.ReplaceAsync(await replacement.LookAsync(old, CancellationToken.None), null, CancellationToken.None);
        }));

        Assert.Equal((4, 2), (world.Gifts().Count, world.Simulator.Giftbit.Store.Orders.Count));
    }

    [Fact]
    public async Task A_gift_that_could_not_be_ordered_anew_is_not_cancelled()
    {
        await using var world = await ReadyAsync();
        world.Simulator.Giftbit.Catalogue.Remove("igacaca");

        var error = await Assert.ThrowsAsync<OrderException>(() => ReplaceAsync(world, world.Gifts()[0].Identity));

        Assert.Equal("ReplacementImpossible", error.Code);
        Assert.Equal((GiftStatus.LinkCreated, 3), (world.Gifts()[0].Status, LiveGifts(world)));
    }

    [Fact]
    public async Task A_suppressed_customers_gift_is_not_replaced()
    {
        await using var world = await ReadyAsync();
        world.Ledger.Suppressions.Add("client2@example.com", "operator", null);

        Assert.Equal("ReplacementImpossible", (await Assert.ThrowsAsync<OrderException>(() => ReplaceAsync(world, world.Gifts()[1].Identity))).Code);
        Assert.Equal(3, LiveGifts(world));
    }

    [Fact]
    public async Task An_old_copy_of_the_ledger_takes_no_row_that_giftbit_knows_already()
    {
        await using var world = await ReadyAsync();
        var copy = Path.Combine(world.Folder, "copy.json");
        await CampaignFile.WriteAsync(world.Ledger, world.Environment, "spring", copy, CancellationToken.None);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(4));
        using var older = GiftLedger.Open(Path.Combine(world.Folder, "older"), world.Simulator.Clock);
        await CampaignFile.ReadAsync(older, copy, CancellationToken.None);

        var replacement = new GiftReplacement(world.Provider, older, CampaignWorld.Inbox, world.Simulator.Clock);
        var error = await Assert.ThrowsAsync<OrderException>(() => replacement.LookAsync(world.Gifts()[1].Identity, CancellationToken.None));

        Assert.Equal("ReplacementImpossible", error.Code);
        Assert.Contains("Sync-GiftCampaign", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_without_id_whose_address_was_corrected_keeps_one_gift()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), [.. CampaignWorld.Contacts(2).Select(c => c with { CustomerId = null })]);
        await world.CollectAsync();
        var id = world.Gifts()[1].Identity;
        world.Ledger.Gifts.SetContact(id, new ContactChange("new@example.com", null, null, null));

        await ReplaceAsync(world, id);
        await world.CollectAsync();

        Assert.Equal((3, 2, "new@example.com"), (world.Gifts().Count, LiveGifts(world), world.Gifts()[2].Email));
    }

    [Fact]
    public async Task A_gift_that_was_not_refunded_is_never_given_a_second_row()
    {
        await using var world = await ReadyAsync();

        var error = Assert.Throws<LedgerException>(() => world.Ledger.Orders.Replace(world.Gifts()[0].Identity, _ => throw new InvalidOperationException(), (_, _) => throw new InvalidOperationException(), (_, _, _) => ""));

        Assert.Equal("GiftNotRefunded", error.Code);
        Assert.Equal(3, world.Gifts().Count);
    }

    private static int LiveGifts(CampaignWorld world) => world.Simulator.Giftbit.Store.Gifts.Count(g => g.State == GiftState.SentAndRedeemable);

    private static GiftReplacement Replacement(CampaignWorld world) => new(world.Provider, world.Ledger, CampaignWorld.Inbox, world.Simulator.Clock);

    private static async Task<OrderRun> ReplaceAsync(CampaignWorld world, GiftId id, string? reason = null)
    {
        var look = await Replacement(world).LookAsync(id, CancellationToken.None);
        await Replacement(world).CheckTermsAsync([look], CancellationToken.None);
        return await Replacement(world).ReplaceAsync(look, reason, CancellationToken.None);
    }

    private static async Task<CampaignWorld> ReadyAsync(OrderMode mode = OrderMode.Batch, GiftEnvironment environment = GiftEnvironment.Sandbox)
    {
        var world = await CampaignWorld.StartAsync(environment: environment);
        await world.OrderAsync(world.Terms(mode), CampaignWorld.Contacts(3));
        await world.CollectAsync();
        return world;
    }
}
