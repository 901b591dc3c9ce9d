using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Campaigns;

public sealed class CampaignSyncTests
{
    [Theory]
    [InlineData(GiftEnvironment.Sandbox)]
    [InlineData(GiftEnvironment.Production)]
    public async Task An_old_copy_learns_what_was_sent_and_sends_none_twice(GiftEnvironment environment)
    {
        await using var world = await ReadyAsync(environment);
        using var old = Copy(world);
        await world.SendAsync();
        world.Simulator.Giftbit.Store.Redeem(world.Gifts()[0].Link!.Reveal(), "walmartca");
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        var (differences, _) = await SyncAsync(world, old);
        await world.PollAsync();

        Assert.Equal([SyncFinding.StatusDiffers, SyncFinding.MailSent, SyncFinding.MailSent, SyncFinding.MailSent], differences.Select(d => d.Finding).Order());
        Assert.Equal(world.Gifts().Select(g => (g.Status, g.MailState, g.MessageId)), Gifts(old, world).Select(g => (g.Status, g.MailState, g.MessageId)));
        Assert.NotNull(old.Campaigns.Get(environment, "spring").NextPollAt);
        await SendAllAsync(world, old);
        Assert.Equal(3, world.Simulator.Inbox.Count);
        Assert.Empty((await SyncAsync(world, old)).Differences);
    }

    [Fact]
    public async Task Comparing_alone_writes_nothing()
    {
        await using var world = await ReadyAsync();
        using var old = Copy(world);
        await world.SendAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        var comparison = await Sync(world, old).CompareAsync(world.Environment, "spring", CancellationToken.None);

        Assert.Equal(3, comparison.Differences.Count);
        Assert.All(Gifts(old, world), g => Assert.Equal(MailState.NotSent, g.MailState));
    }

    [Fact]
    public async Task Half_a_mailing_is_finished_for_those_alone_who_got_nothing()
    {
        await using var world = await ReadyAsync();
        using var old = Copy(world);
        await SendAllAsync(world, world.Ledger, world.Gifts().Take(2).Select(g => g.Identity));
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        await SyncAsync(world, old);
        await SendAllAsync(world, old);

        Assert.Equal(["spring:1", "spring:2", "spring:3"], world.Simulator.Inbox.Messages.Select(m => m.CustomId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_imported_file_is_settled_and_one_from_before_the_links_is_in_doubt_until_then()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        var file = Path.Combine(world.Folder, "spring.json");
        await CampaignFile.WriteAsync(world.Ledger, world.Environment, "spring", file, CancellationToken.None);
        await world.CollectAsync();
        await SendAllAsync(world, world.Ledger, [world.Gifts()[0].Identity]);
        using var other = GiftLedger.Open(Path.Combine(world.Folder, "other"), world.Simulator.Clock);
        await CampaignFile.ReadAsync(other, file, CancellationToken.None);
        Assert.All(Gifts(other, world), g => Assert.Equal(MailState.Uncertain, g.MailState));
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        var (differences, problem) = await SyncAsync(world, other);

        Assert.Null(problem);
        Assert.Equal((1, 2, 3), (Count(SyncFinding.MailSent), Count(SyncFinding.MailNotSent), Count(SyncFinding.LinkMissing)));
        Assert.Equal(world.Gifts().Select(g => (g.Link, g.MailState)), Gifts(other, world).Select(g => (g.Link, g.MailState)));

        int Count(SyncFinding finding) => differences.Count(d => d.Finding == finding);
    }

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
        Assert.All(Gifts(second, world), g => Assert.Equal(MailState.Uncertain, g.MailState));

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
        Assert.Equal(MailState.Sent, Assert.Single(Gifts(second, world)).MailState);
    }

    [Fact]
    public async Task A_message_to_an_unknown_address_leaves_its_row_in_doubt()
    {
        await using var world = await ReadyAsync(GiftEnvironment.Production);
        using var old = Copy(world);
        world.Ledger.Gifts.SetContact(world.Gifts()[0].Identity, new ContactChange("moved@example.com", null, null, null));
        await world.SendAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        await SyncAsync(world, old);
        await SendAllAsync(world, old);

        Assert.Equal([MailState.Uncertain, MailState.Sent, MailState.Sent], Gifts(old, world).Select(g => g.MailState));
        Assert.Equal(3, world.Simulator.Inbox.Count);
    }

    [Fact]
    public async Task A_rehearsal_under_the_same_id_is_not_taken_for_the_real_mailing()
    {
        await using var world = await ReadyAsync(GiftEnvironment.Production);
        // The sandbox campaign of the same id, sent after the production order, by another machine.
        using (var sandbox = CampaignWorldRehearsal(world))
        {
            await SendAllAsync(world, sandbox, environment: GiftEnvironment.Sandbox);
        }
        Assert.Equal(3, world.Simulator.Inbox.Count);
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Empty((await SyncAsync(world, world.Ledger)).Differences);
        await world.SendAsync();
        Assert.Equal(6, world.Simulator.Inbox.Count);
    }

    [Fact]
    public async Task A_mail_in_doubt_is_not_settled_by_a_rehearsal_under_the_same_id()
    {
        await using var world = await ReadyAsync(GiftEnvironment.Production);
        world.Simulator.Faults.Next("mailjet.send", Fault.Reset(afterEffect: false));
        Assert.Equal(3, (await world.SendAsync()).Summary.Uncertain);
        using (var sandbox = CampaignWorldRehearsal(world))
        {
            await SendAllAsync(world, sandbox, environment: GiftEnvironment.Sandbox);
        }

        var settled = await world.SettleAsync();
        await world.SendAsync();

        Assert.All(settled, s => Assert.Equal(SettledAs.NotSent, s.As));
        Assert.Equal(["client1@example.com", "client2@example.com", "client3@example.com"],
            world.Simulator.Inbox.Messages.Select(m => m.Recipient).Where(to => to.StartsWith("client", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_the_mail_service_cannot_be_asked_unsent_gifts_are_put_in_doubt()
    {
        await using var world = await ReadyAsync();
        using var old = Copy(world);
        await world.SendAsync();

        var sync = new CampaignSync(world.Provider, null, old, CampaignWorld.Inbox, world.Simulator.Clock);
        var repair = await sync.RepairAsync(await sync.CompareAsync(world.Environment, "spring", CancellationToken.None), CancellationToken.None);
        await SendAllAsync(world, old);

        Assert.All(repair.Repaired, r => Assert.True(r is { Done: true, Difference.Finding: SyncFinding.MailInDoubt }));
        Assert.All(Gifts(old, world), g => Assert.Equal(MailState.Uncertain, g.MailState));
        Assert.Equal(3, world.Simulator.Inbox.Count);
    }

    [Fact]
    public async Task A_reminder_that_went_out_elsewhere_is_not_sent_again()
    {
        await using var world = await ReadyAsync();
        await world.SendAsync();
        using var old = Copy(world);
        await world.SendAsync(options: new MailingOptions { Purpose = MailPurpose.Reminder });
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        var (differences, _) = await SyncAsync(world, old);
        await SendAllAsync(world, old, options: new MailingOptions { Purpose = MailPurpose.Reminder });

        Assert.Equal(3, differences.Count(d => d.Finding == SyncFinding.ReminderSent));
        Assert.Equal(6, world.Simulator.Inbox.Count);
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
        Assert.Equal(3, Gifts(old, world).Count);
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

    // The file itself, as an operator puts an old backup back.
    private static GiftLedger Copy(CampaignWorld world)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder, "copy")).FullName;
        using (var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={world.Ledger.Path};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "VACUUM INTO $path";
            command.Parameters.AddWithValue("$path", Path.Combine(folder, GiftLedger.FileName));
            command.ExecuteNonQuery();
        }
        return GiftLedger.Open(folder, world.Simulator.Clock);
    }

    private static GiftLedger CampaignWorldRehearsal(CampaignWorld world)
    {
        var ledger = GiftLedger.Open(Path.Combine(world.Folder, "rehearsal"), world.Simulator.Clock);
        var terms = world.Terms() with { Environment = GiftEnvironment.Sandbox };
        ledger.Orders.EnterJoined(terms, [.. CampaignWorld.Contacts(3).Select((c, i) => new JoinedGift(c, new GiftLink($"http://gtbt.co/REHEARSAL{i}A"), $"rehearsal{i}", i + 1))]);
        return ledger;
    }

    private static CampaignSync Sync(CampaignWorld world, GiftLedger ledger) => new(world.Provider, world.Messages.FindAsync, ledger, CampaignWorld.Inbox, world.Simulator.Clock);

    private static async Task<(IReadOnlyList<SyncDifference> Differences, OrderException? Problem)> SyncAsync(CampaignWorld world, GiftLedger ledger)
    {
        var sync = Sync(world, ledger);
        var comparison = await sync.CompareAsync(world.Environment, "spring", CancellationToken.None);
        var repair = await sync.RepairAsync(comparison, CancellationToken.None);
        Assert.All(repair.Repaired, r => Assert.Equal(r.Difference.CanRepair, r.Done));
        return (comparison.Differences, repair.Problem);
    }

    private static async Task SendAllAsync(CampaignWorld world, GiftLedger ledger, IEnumerable<GiftId>? ids = null, MailingOptions? options = null, GiftEnvironment? environment = null)
    {
        await using var transport = new MailjetTransport(world.Mailjet, HttpConnections.CreateClient());
        var composer = new GiftMailComposer(ledger, world.Renderer, (_, _) => Task.FromResult<BrandLogo?>(null), CampaignWorld.Inbox);
        ids ??= ledger.Gifts.OfCampaign(environment ?? world.Environment, "spring").Select(g => g.Identity);
        await new GiftMailing(ledger, transport, composer.ComposeAsync, world.Simulator.Clock).RunAsync(ids.ToAsyncEnumerable(), options ?? new MailingOptions(), _ => default, CancellationToken.None);
    }

    private static IReadOnlyList<Gift> Gifts(GiftLedger ledger, CampaignWorld world) => ledger.Gifts.OfCampaign(world.Environment, "spring");

    private static async Task<CampaignWorld> ReadyAsync(GiftEnvironment environment = GiftEnvironment.Sandbox, OrderMode mode = OrderMode.Batch, int contacts = 3)
    {
        var world = await CampaignWorld.StartAsync(environment: environment);
        await world.OrderAsync(world.Terms(mode), CampaignWorld.Contacts(contacts));
        await world.CollectAsync();
        return world;
    }
}
