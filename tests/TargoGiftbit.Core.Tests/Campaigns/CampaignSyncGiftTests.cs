using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Simulator.Faults;
using static TargoGiftbit.Core.Tests.Campaigns.SyncBench;

namespace TargoGiftbit.Core.Tests.Campaigns;

/// <summary>What an old or a second ledger learns of orders and gifts, each of which stays its own customer's.</summary>
public sealed class CampaignSyncGiftTests
{
    [Fact]
    public async Task A_ledger_made_anew_from_a_resorted_list_pairs_messages_by_address()
    {
        await using var world = await ReadyAsync(GiftEnvironment.Production, contacts: 5);
        // The second customer of the first machine was never mailed there.
        await SendAllAsync(world, world.Ledger, world.Gifts().Where(g => g.Row != 2).Select(g => g.Identity));
        world.Simulator.Clock.Advance(TimeSpan.FromDays(1));
        using var second = GiftLedger.Open(Path.Combine(world.Folder, "second"), world.Simulator.Clock);
        var order = new CampaignOrder(world.Provider, second, CampaignWorld.Inbox, world.Simulator.Clock);
        await order.ExecuteAsync(await order.PreviewAsync(world.Terms(), [.. CampaignWorld.Contacts(5).AsEnumerable().Reverse()], false, CancellationToken.None), CancellationToken.None);
        await new LinkCollection(world.Provider, second, world.Simulator.Clock).CollectAsync(world.Environment, "spring", TimeSpan.Zero, _ => { }, CancellationToken.None);
        Assert.Single(world.Simulator.Giftbit.Store.Orders);
        // Gifts that are older than their ledger are never sent unasked, whether or not anybody thinks of comparing.
        Assert.All(GiftsOf(second, world), g => Assert.Equal(MailState.Uncertain, g.MailState));

        await SyncAsync(world, second);
        await SendAllAsync(world, second);

        Assert.Equal(Enumerable.Range(1, 5).Select(n => $"client{n}@example.com"), world.Simulator.Inbox.Messages.Select(m => m.Recipient).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_shorter_ledger_finds_its_customers_among_the_rows_it_does_not_have()
    {
        await using var world = await CampaignWorld.StartAsync(environment: GiftEnvironment.Production);
        await world.OrderAsync(world.Terms(OrderMode.PerRecipient), [.. CampaignWorld.Contacts(4, from: 10), .. CampaignWorld.Contacts(1)]);
        await world.CollectAsync();
        await world.SendAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromDays(1));
        using var second = GiftLedger.Open(Path.Combine(world.Folder, "second"), world.Simulator.Clock);
        second.Orders.EnterJoined(world.Terms(OrderMode.PerRecipient), [new JoinedGift(CampaignWorld.Contacts(1)[0], world.Gifts()[4].Link!, world.Gifts()[4].ProviderGiftId, null)]);

        var (differences, _) = await SyncAsync(world, second);

        Assert.Equal(4, differences.Count(d => d.Finding == SyncFinding.GiftUnknown));
        Assert.Equal(MailState.Sent, Assert.Single(GiftsOf(second, world)).MailState);
    }

    [Fact]
    public async Task An_order_whose_answer_the_copy_does_not_know_counts_as_made()
    {
        await using var world = await CampaignWorld.StartAsync();
        world.Simulator.Faults.Always("giftbit.campaign.create", Fault.ServerError(503, afterEffect: true));
        world.Simulator.Faults.Always("giftbit.campaign.get", Fault.ServerError(503));
        await Assert.ThrowsAsync<GiftProviderException>(() => world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3)));
        world.Simulator.Faults.Clear();
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(1));

        var (differences, _) = await SyncAsync(world, world.Ledger);

        Assert.Contains(differences, d => d.Finding == SyncFinding.OrderPlaced);
        Assert.Equal(OrderState.Created, world.Ledger.Campaigns.Get(world.Environment, "spring").OrderState);
        Assert.All(world.Gifts(), g => Assert.NotNull(g.Link));
    }

    [Fact]
    public async Task Gifts_ordered_later_elsewhere_are_told_and_never_paired()
    {
        await using var world = await ReadyAsync();
        using var old = Copy(world);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(5));
        await world.CollectAsync();

        var (differences, _) = await SyncAsync(world, old);

        Assert.Equal([SyncFinding.GiftUnknown, SyncFinding.GiftUnknown], differences.Select(d => d.Finding));
        Assert.Equal(3, GiftsOf(old, world).Count);
    }

    [Fact]
    public async Task A_gift_that_giftbit_does_not_list_is_told()
    {
        await using var world = await ReadyAsync(mode: OrderMode.PerRecipient);
        using var old = Copy(world);
        await using var empty = await CampaignWorld.StartAsync();

        var sync = new CampaignSync(empty.Provider, world.Messages.FindAsync, old, CampaignWorld.Inbox, world.Simulator.Clock);
        var comparison = await sync.CompareAsync(world.Environment, "spring", CancellationToken.None);

        Assert.All(comparison.Differences, d => Assert.Equal(SyncFinding.GiftNotListed, d.Finding));
        Assert.Equal(3, comparison.Differences.Count);
    }
}
