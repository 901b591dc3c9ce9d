using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Core.Tests.Campaigns;

namespace TargoGiftbit.Core.Tests.Retention;

public sealed class ImportedMailTests
{
    [Fact]
    public async Task What_an_imported_campaign_calls_unsent_cannot_be_sent_before_the_mail_service_was_asked()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(4));
        await world.CollectAsync();
        var ids = world.Gifts().Select(g => g.Identity).ToList();
        // Sent before the export; refused for good before it; cancelled; unsent.
        Hand(world.Ledger, ids[0], HandOverResult.Accepted);
        Hand(world.Ledger, ids[1], HandOverResult.Refused);
        world.Ledger.Gifts.StoreStatuses([(ids[2], new ProviderGift { ProviderGiftId = world.Gifts()[2].ProviderGiftId!, Status = GiftStatus.Refunded, RawStatus = "GIVER_CANCELLED" })]);
        using var other = await ImportAsync(world);

        Assert.Equal([MailState.Sent, MailState.Refused, MailState.NotSent, MailState.Uncertain], other.Gifts.OfCampaign(world.Environment, "spring").Select(g => g.MailState));
        Assert.Equal([ClaimRefusal.AlreadySent, ClaimRefusal.RefusedBefore, ClaimRefusal.NotOpen, ClaimRefusal.Uncertain],
            other.Mails.Claim(ids, MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(1)).Select(c => c.Refusal));
        Assert.Equal(4, Assert.Single(other.Mails.Uncertain(world.Environment, "spring")).Gift.Row);
    }

    [Theory]
    [InlineData(true, MailState.Sent, 1)]
    [InlineData(false, MailState.NotSent, 0)]
    public async Task Asking_the_mail_service_settles_it(bool sentElsewhere, MailState settled, int mails)
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(1));
        await world.CollectAsync();
        using var other = await ImportAsync(world);
        if (sentElsewhere) await world.SendAsync();
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(30));

        await new DeliverySettler(other, world.Messages.FindAsync, DeliverySettler.DefaultIndexingDelay, CampaignWorld.Inbox, world.Simulator.Clock).SettleAsync(world.Environment, "spring", "mailjet", CancellationToken.None);

        var gift = Assert.Single(other.Gifts.OfCampaign(world.Environment, "spring"));
        Assert.Equal((settled, mails), (gift.MailState, world.Simulator.Inbox.Count));
        Assert.Equal(!sentElsewhere, other.Mails.Claim([gift.Identity], MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(1))[0].IsClaimed);
    }

    [Fact]
    public async Task A_plain_relay_cannot_be_asked_so_the_operator_decides()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(1));
        await world.CollectAsync();
        using var other = await ImportAsync(world);
        var settler = new DeliverySettler(other, null, DeliverySettler.DefaultIndexingDelay, CampaignWorld.Inbox, world.Simulator.Clock);

        var mail = Assert.Single(await settler.SettleAsync(world.Environment, "spring", "smtp", CancellationToken.None));

        Assert.Equal(SettledAs.CannotBeAsked, mail.As);
        Assert.NotNull(settler.Decide(mail.Mail, wentOut: false, "Marie"));
        Assert.Equal(MailState.NotSent, other.Gifts.OfCampaign(world.Environment, "spring")[0].MailState);
    }

    private static void Hand(GiftLedger ledger, GiftId id, HandOverResult result)
    {
        var claim = ledger.Mails.Claim([id], MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(1))[0];
        ledger.Mails.Record([new HandOverRecord(claim, new HandOver(result, result == HandOverResult.Accepted ? "1" : null), "s", "h")]);
    }

    private static async Task<GiftLedger> ImportAsync(CampaignWorld world)
    {
        var file = Path.Combine(world.Folder, "spring.json");
        await CampaignFile.WriteAsync(world.Ledger, world.Environment, "spring", file, CancellationToken.None);
        var other = GiftLedger.Open(Path.Combine(world.Folder, "other"), world.Simulator.Clock);
        await CampaignFile.ReadAsync(other, file, CancellationToken.None);
        return other;
    }
}
