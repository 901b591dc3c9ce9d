using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Campaigns;

public sealed class RevocationTests
{
    [Fact]
    public async Task A_revoked_gift_is_refunded_at_giftbit_and_in_the_ledger()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[1];
        var revocation = Revocation(world);

        Assert.Equal(GiftStatus.LinkCreated, (await revocation.LookAsync(gift.Identity, CancellationToken.None)).Status);
        var revoked = await revocation.RevokeAsync(gift.Identity, "moved away", CancellationToken.None);

        Assert.Equal((GiftStatus.Refunded, true), (revoked.Status, revoked.IsClosed));
        Assert.Equal(world.Simulator.Clock.Now, revoked.RefundedAt);
        Assert.Equal(GiftState.GiverCancelled, world.Simulator.Giftbit.Store.FindGift(gift.Link!.Reveal())!.State);
        Assert.Equal([GiftStatus.LinkCreated, GiftStatus.Refunded, GiftStatus.LinkCreated], world.Gifts().Select(g => g.Status));
        Assert.Contains(world.Ledger.History.Of(gift.Identity), h => h is { Kind: "RevocationAsked", Detail: "moved away" });
    }

    [Fact]
    public async Task Revoking_again_asks_nobody()
    {
        await using var world = await ReadyAsync();
        var id = world.Gifts()[0].Identity;
        await Revocation(world).RevokeAsync(id, null, CancellationToken.None);
        world.Simulator.Requests.Clear();

        await Revocation(world).LookAsync(id, CancellationToken.None);
        var again = await Revocation(world).RevokeAsync(id, null, CancellationToken.None);

        Assert.Equal(GiftStatus.Refunded, again.Status);
        Assert.Empty(world.Simulator.Requests.All);
    }

    [Fact]
    public async Task A_gift_redeemed_meanwhile_is_not_cancelled_and_the_ledger_learns_of_it()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[0];
        world.Simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");

        var error = await Assert.ThrowsAsync<OrderException>(() => Revocation(world).LookAsync(gift.Identity, CancellationToken.None));

        Assert.Equal("GiftNotRevocable", error.Code);
        Assert.Equal((GiftStatus.Redeemed, "walmartca"), (world.Gifts()[0].Status, world.Gifts()[0].BrandSelected));
        Assert.Equal(0, world.Simulator.Requests.Count("giftbit.gift.cancel"));
    }

    [Fact]
    public async Task A_gift_claimed_between_the_look_and_the_cancellation_stays_the_customers()
    {
        await using var world = await ReadyAsync();
        var gift = world.Gifts()[0];
        await Revocation(world).LookAsync(gift.Identity, CancellationToken.None);
        world.Simulator.Giftbit.Store.Redeem(gift.Link!.Reveal(), "walmartca");

        var error = await Assert.ThrowsAsync<GiftProviderException>(() => Revocation(world).RevokeAsync(gift.Identity, null, CancellationToken.None));

        Assert.Equal("GiftbitGiftNotCancelled", error.Code);
        Assert.Null(world.Gifts()[0].RefundedAt);
    }

    [Fact]
    public async Task An_answer_lost_after_the_cancellation_is_found_out_by_asking()
    {
        await using var world = await ReadyAsync();
        var id = world.Gifts()[2].Identity;
        world.Simulator.Faults.Next("giftbit.gift.cancel", Fault.ServerError(503, afterEffect: true), times: 10);

        Assert.Equal(GiftStatus.Refunded, (await Revocation(world).RevokeAsync(id, null, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_gift_that_giftbit_holds_for_somebody_else_is_never_cancelled()
    {
        await using var world = await ReadyAsync();
        var gifts = world.Gifts();
        // A ledger restored wrongly: row 1 carries the id of row 2's gift.
        using (var other = GiftLedger.Open(Path.Combine(world.Folder, "restored"), world.Simulator.Clock))
        {
            other.Orders.Plan(world.Terms(), CampaignWorld.Contacts(1), g => new OrderRecipient(g.Row, g.CustomerId, g.FirstName, g.LastName, "essais+1@targo.ca"), (id, _) => new PreparedOrder(id, new byte[1], "x"));
            other.Gifts.StoreLinks([new FoundLink(gifts[0].Identity, gifts[1].Link!, gifts[1].ProviderGiftId)]);

            var error = await Assert.ThrowsAsync<OrderException>(() => new GiftRevocation(world.Provider, other, world.Simulator.Clock).LookAsync(gifts[0].Identity, CancellationToken.None));

            Assert.Equal("GiftBelongsToAnother", error.Code);
        }
        Assert.Equal(GiftState.SentAndRedeemable, world.Simulator.Giftbit.Store.FindGift(gifts[1].Link!.Reveal())!.State);
    }

    [Fact]
    public async Task The_last_open_gift_takes_the_polls_of_its_campaign_with_it()
    {
        await using var world = await ReadyAsync();
        await world.SendAsync();
        Assert.NotNull(world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);

        foreach (var gift in world.Gifts()) await Revocation(world).RevokeAsync(gift.Identity, null, CancellationToken.None);

        Assert.Null(world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);
    }

    [Fact]
    public async Task The_timeline_tells_one_gifts_story_and_no_link()
    {
        await using var world = await ReadyAsync();
        await world.SendAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromHours(2));
        await Revocation(world).RevokeAsync(world.Gifts()[0].Identity, "complaint", CancellationToken.None);

        var story = new GiftTimeline(world.Ledger).Of(world.Gifts()[0].Identity);

        Assert.Equal(["Entered", "OrderCreated", "LinkCreated", "MailHandedOver", "MailAccepted", "RevocationAsked", "Status"], story.Select(m => m.What));
        Assert.Equal(story.OrderBy(m => m.At), story);
        Assert.DoesNotContain(story, m => m.Detail?.Contains("http", StringComparison.OrdinalIgnoreCase) == true);
    }

    private static async Task<CampaignWorld> ReadyAsync()
    {
        var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await world.CollectAsync();
        return world;
    }

    private static GiftRevocation Revocation(CampaignWorld world) => new(world.Provider, world.Ledger, world.Simulator.Clock);
}
