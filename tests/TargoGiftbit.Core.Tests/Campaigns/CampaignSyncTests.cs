using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Simulator.Faults;
using static TargoGiftbit.Core.Tests.Campaigns.SyncBench;

namespace TargoGiftbit.Core.Tests.Campaigns;

/// <summary>What an old or a second ledger learns of mails, so that none is sent twice.</summary>
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
        Assert.Equal(world.Gifts().Select(g => (g.Status, g.MailState, g.MessageId)), GiftsOf(old, world).Select(g => (g.Status, g.MailState, g.MessageId)));
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
        Assert.All(GiftsOf(old, world), g => Assert.Equal(MailState.NotSent, g.MailState));
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
        Assert.All(GiftsOf(other, world), g => Assert.Equal(MailState.Uncertain, g.MailState));
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        var (differences, problem) = await SyncAsync(world, other);

        Assert.Null(problem);
        Assert.Equal((1, 2, 3), (Count(SyncFinding.MailSent), Count(SyncFinding.MailNotSent), Count(SyncFinding.LinkMissing)));
        Assert.Equal(world.Gifts().Select(g => (g.Link, g.MailState)), GiftsOf(other, world).Select(g => (g.Link, g.MailState)));

        int Count(SyncFinding finding) => differences.Count(d => d.Finding == finding);
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

        Assert.Equal([MailState.Uncertain, MailState.Sent, MailState.Sent], GiftsOf(old, world).Select(g => g.MailState));
        Assert.Equal(3, world.Simulator.Inbox.Count);
    }

    [Fact]
    public async Task A_rehearsal_under_the_same_id_is_not_taken_for_the_real_mailing()
    {
        await using var world = await ReadyAsync(GiftEnvironment.Production);
        // The sandbox campaign of the same id, sent after the production order, by another machine.
        using (var sandbox = Rehearsal(world))
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
        using (var sandbox = Rehearsal(world))
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
        Assert.All(GiftsOf(old, world), g => Assert.Equal(MailState.Uncertain, g.MailState));
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
}
