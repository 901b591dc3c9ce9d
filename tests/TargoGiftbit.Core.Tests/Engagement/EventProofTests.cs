using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>An event proves that its message went out (spec D8).</summary>
public sealed class EventProofTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly EventFixture fixture = new(send: false);

    public void Dispose() => fixture.Dispose();

    private MailStore Mails => fixture.Ledger.Mails;

    [Fact]
    public void An_event_settles_a_mail_whose_connection_was_lost()
    {
        var attempt = fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Unknown, Reason: "reset"))[0];

        fixture.Store(fixture.Event("sent", 2, ("Payload", attempt)));

        Assert.Equal((MailState.Sent, "1152921500000000001"), (fixture.Gift.MailState, fixture.Gift.MessageId));
        Assert.Equal(HandOverResult.Accepted, Mails.HandOversOf(fixture.Gifts[0]).Single().Outcome);
        Assert.Equal(ClaimRefusal.AlreadySent, Claim().Refusal);
    }

    [Fact]
    public void An_event_overrules_the_belief_that_a_mail_did_not_go_out()
    {
        var attempt = fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Unknown, Reason: "reset"))[0];
        Mails.Resolve(Mails.Uncertain(GiftEnvironment.Sandbox).Single(), wentOut: false, null, null, "not found in time");

        fixture.Store(fixture.Event("open", 700, ("Payload", attempt)));

        Assert.Equal(MailState.Sent, fixture.Gift.MailState);
        Assert.Equal(ClaimRefusal.AlreadySent, Claim().Refusal);
    }

    [Fact]
    public void An_event_during_the_hand_over_leaves_it_to_its_run()
    {
        var claim = Claim();
        fixture.Store(fixture.Event("sent", 0, ("Payload", claim.AttemptId)));
        Assert.Equal(MailState.HandingOver, fixture.Gift.MailState);

        Mails.Record([new HandOverRecord(claim, new HandOver(HandOverResult.Accepted, "1152921500000000001"), "Sujet", "hash")]);

        Assert.Equal((MailState.Sent, "Sujet"), (fixture.Gift.MailState, fixture.Gift.MailSubject));
    }

    [Fact]
    public void An_event_that_came_before_its_run_died_settles_the_mail_when_the_lease_has_run_out()
    {
        var claim = Claim();
        fixture.Store(fixture.Event("sent", 0, ("Payload", claim.AttemptId)));
        fixture.Clock.Advance(Lease + Lease);

        Assert.Empty(Mails.Uncertain(GiftEnvironment.Sandbox));
        Assert.Equal(MailState.Sent, fixture.Gift.MailState);
    }

    [Fact]
    public void An_event_of_an_old_attempt_does_not_settle_a_newer_one()
    {
        var old = fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Unknown))[0];
        Mails.Resolve(Mails.Uncertain(GiftEnvironment.Sandbox).Single(), wentOut: false, null, null, "not found in time");
        fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Unknown));

        fixture.Store(fixture.Event("sent", 1, ("Payload", old)));

        Assert.Equal(MailState.Uncertain, fixture.Gift.MailState);
    }

    [Fact]
    public void A_relays_queue_id_gives_way_to_the_number_that_events_go_by()
    {
        var claim = Claim();
        Mails.Record([new HandOverRecord(claim, new HandOver(HandOverResult.Accepted, "5c7f-queue"), "Sujet", "hash")]);
        fixture.Store(fixture.Event("sent", 2, ("Payload", claim.AttemptId)));

        fixture.Store(fixture.Click(400).Where(p => p.Key is not ("Payload" or "CustomID")).ToDictionary());

        Assert.NotNull(fixture.Gift.ClickedAt);
    }

    private MailClaim Claim() => Mails.Claim(fixture.Gifts, MailPurpose.Gift, "mailjet", Lease).Single();
}
