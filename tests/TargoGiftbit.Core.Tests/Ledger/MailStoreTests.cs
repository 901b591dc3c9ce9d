using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Ledger;

public sealed class MailStoreTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly LedgerFixture fixture = new();

    private MailStore Mails => fixture.Ledger.Mails;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_gift_is_claimed_once_and_sent_once()
    {
        var ids = fixture.Ready(1);
        var claim = Claim(ids).Single();
        Assert.True(claim.IsClaimed);
        Assert.Equal(ClaimRefusal.InProgress, Claim(ids).Single().Refusal);

        Record(claim, new HandOver(HandOverResult.Accepted, "1152921504606846976"));

        Assert.Equal(ClaimRefusal.AlreadySent, Claim(ids).Single().Refusal);
        var gift = fixture.Ledger.Gifts.Get(ids[0]);
        Assert.Equal((MailState.Sent, "1152921504606846976", "Sujet", "hash"), (gift.MailState, gift.MessageId, gift.MailSubject, gift.TemplateHash));
        Assert.Equal(fixture.Clock.GetUtcNow(), gift.SentAt);
    }

    [Fact]
    public void A_lease_that_ran_out_makes_the_mail_uncertain_and_never_unsent()
    {
        var ids = fixture.Ready(1);
        Claim(ids);
        fixture.Clock.Advance(Lease);

        Assert.Equal(ClaimRefusal.Uncertain, Claim(ids).Single().Refusal);
        var uncertain = Assert.Single(Mails.Uncertain(GiftEnvironment.Sandbox));
        Assert.Equal(ids[0], uncertain.Gift);
        Assert.Equal(MailState.Uncertain, fixture.Ledger.Gifts.Get(ids[0]).MailState);
    }

    [Theory]
    [InlineData(true, MailState.Sent, ClaimRefusal.AlreadySent)]
    [InlineData(false, MailState.NotSent, ClaimRefusal.None)]
    public void An_uncertain_mail_is_settled_by_what_the_service_says(bool wentOut, MailState state, ClaimRefusal next)
    {
        var ids = fixture.Ready(1);
        Record(Claim(ids).Single(), new HandOver(HandOverResult.Unknown, Reason: "reset"));
        var uncertain = Mails.Uncertain(GiftEnvironment.Sandbox, "spring").Single();

        Assert.True(Mails.Resolve(uncertain, wentOut, wentOut ? "42" : null, null, "asked"));

        Assert.Equal(state, fixture.Ledger.Gifts.Get(ids[0]).MailState);
        Assert.Equal(next, Claim(ids).Single().Refusal);
        Assert.False(Mails.Resolve(uncertain, !wentOut, null, null, "asked again, too late"));
    }

    [Fact]
    public void A_late_answer_of_an_old_attempt_does_not_touch_the_newer_one()
    {
        var ids = fixture.Ready(1);
        var old = Claim(ids).Single();
        fixture.Clock.Advance(Lease);
        Mails.Resolve(Mails.Uncertain(GiftEnvironment.Sandbox).Single(), wentOut: false, null, null, "not found");
        var current = Claim(ids).Single();

        Record(old, new HandOver(HandOverResult.Refused, Reason: "late"));

        Assert.Equal(MailState.HandingOver, fixture.Ledger.Gifts.Get(ids[0]).MailState);
        Record(current, new HandOver(HandOverResult.Accepted, "7"));
        Assert.Equal(MailState.Sent, fixture.Ledger.Gifts.Get(ids[0]).MailState);
    }

    [Fact]
    public void A_late_answer_still_counts_while_the_attempt_is_the_current_one()
    {
        var ids = fixture.Ready(1);
        var claim = Claim(ids).Single();
        fixture.Clock.Advance(Lease + Lease);
        Mails.Uncertain(GiftEnvironment.Sandbox);

        Record(claim, new HandOver(HandOverResult.Accepted, "7"));

        Assert.Equal(MailState.Sent, fixture.Ledger.Gifts.Get(ids[0]).MailState);
        Assert.Empty(Mails.Uncertain(GiftEnvironment.Sandbox));
    }

    [Theory]
    [InlineData(HandOverResult.Deferred, MailState.Deferred, ClaimRefusal.None)]
    [InlineData(HandOverResult.NotTried, MailState.NotSent, ClaimRefusal.None)]
    [InlineData(HandOverResult.Refused, MailState.Refused, ClaimRefusal.RefusedBefore)]
    [InlineData(HandOverResult.Unknown, MailState.Uncertain, ClaimRefusal.Uncertain)]
    public void Each_outcome_decides_whether_the_next_run_sends(HandOverResult result, MailState state, ClaimRefusal next)
    {
        var ids = fixture.Ready(1);
        Record(Claim(ids).Single(), new HandOver(result, Reason: "why"));

        Assert.Equal(state, fixture.Ledger.Gifts.Get(ids[0]).MailState);
        Assert.Equal(next, Claim(ids).Single().Refusal);
    }

    [Fact]
    public void A_resend_that_was_never_tried_leaves_the_gift_sent()
    {
        var ids = fixture.Ready(1);
        Record(Claim(ids).Single(), new HandOver(HandOverResult.Accepted, "1"));

        var again = Mails.Claim(ids, MailPurpose.Gift, "mailjet", Lease, resend: true).Single();
        Record(again, new HandOver(HandOverResult.NotTried));

        Assert.Equal(MailState.Sent, fixture.Ledger.Gifts.Get(ids[0]).MailState);
    }

    [Fact]
    public void A_suppressed_address_is_not_claimed_even_when_it_was_suppressed_a_moment_ago()
    {
        var ids = fixture.Ready(1);
        fixture.Ledger.Suppressions.Add(" C1@Example.com ", "operator", null);

        Assert.Equal(ClaimRefusal.Suppressed, Claim(ids).Single().Refusal);
    }

    [Fact]
    public void A_gift_without_link_or_no_longer_open_is_not_claimed()
    {
        var plan = fixture.Plan(LedgerFixture.Contacts(1));
        Assert.Equal(ClaimRefusal.NoLink, Claim([plan.Gifts[0].Identity]).Single().Refusal);

        var redeemed = fixture.Ready(1, LedgerFixture.Terms(id: "other"))[0];
        fixture.Ledger.Gifts.StoreStatuses([(redeemed, new() { ProviderGiftId = "p", Status = GiftStatus.Redeemed, RawStatus = "REDEEMED" })]);
        Assert.Equal(ClaimRefusal.NotOpen, Claim([redeemed]).Single().Refusal);
    }

    [Fact]
    public void Eight_senders_on_one_ledger_claim_each_gift_exactly_once()
    {
        var ids = fixture.Ready(200);
        var claimed = new System.Collections.Concurrent.ConcurrentBag<GiftId>();

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var ledger = GiftLedger.Open(fixture.Folder, fixture.Clock);
            foreach (var batch in ids.Chunk(50))
                foreach (var claim in ledger.Mails.Claim(batch, MailPurpose.Gift, "mailjet", Lease))
                    if (claim.IsClaimed) claimed.Add(claim.Id);
        });

        Assert.Equal(200, claimed.Count);
        Assert.Equal(200, claimed.Distinct().Count());
    }

    private IReadOnlyList<MailClaim> Claim(IReadOnlyList<GiftId> ids) => Mails.Claim(ids, MailPurpose.Gift, "mailjet", Lease);

    private void Record(MailClaim claim, HandOver outcome) => Mails.Record([new HandOverRecord(claim, outcome, "Sujet", "hash")]);
}
