using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Tests.Ledger;

namespace TargoGiftbit.Core.Tests.Engagement;

public sealed class EventStoreTests : IDisposable
{
    private readonly EventFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_click_on_the_gifts_own_link_counts_and_any_other_is_kept_apart()
    {
        fixture.Store(fixture.Event("sent", 2), fixture.Click(60, EventFixture.OtherLink), fixture.Click(300));

        var gift = fixture.Gift;
        Assert.Equal(EventFixture.SentAt.AddSeconds(2), gift.DeliveredAt);
        Assert.Equal(EventFixture.SentAt.AddSeconds(300), gift.ClickedAt);
        Assert.Equal(EventFixture.SentAt.AddSeconds(60), gift.OtherClickedAt);
        Assert.Null(gift.ScannedAt);
    }

    [Theory]
    [InlineData("https://gtbt.co/spring00000001")]
    [InlineData("http://GTBT.co/spring00000001/")]
    [InlineData("http://gtbt.co/spring00000001?utm_source=mailjet&amp;utm_medium=email")]
    public void The_link_is_known_in_the_forms_it_takes_on_its_way(string url)
    {
        fixture.Store(fixture.Click(300, url));
        Assert.NotNull(fixture.Gift.ClickedAt);
    }

    [Theory]
    [InlineData("http://gtbt.co/SPRING00000001")]
    [InlineData("http://gtbt.co/spring00000002")]
    [InlineData("http://evil.example/?u=http://gtbt.co/spring00000001")]
    public void Another_address_is_not_the_link(string url)
    {
        fixture.Store(fixture.Click(300, url));
        Assert.Null(fixture.Gift.ClickedAt);
        Assert.NotNull(fixture.Gift.OtherClickedAt);
    }

    [Fact]
    public void A_click_within_seconds_of_delivery_is_marked_and_a_later_one_is_the_customers()
    {
        var first = fixture.Store(fixture.Event("sent", 20), fixture.Click(24));
        Assert.True(first[1].IsLikelyAutomated);
        Assert.Null(fixture.Gift.ClickedAt);
        Assert.Equal(EventFixture.SentAt.AddSeconds(24), fixture.Gift.ScannedAt);

        fixture.Store(fixture.Click(3000));
        Assert.Equal(EventFixture.SentAt.AddSeconds(3000), fixture.Gift.ClickedAt);
        Assert.Equal(EventFixture.SentAt.AddSeconds(24), fixture.Gift.ScannedAt);
    }

    [Fact]
    public void A_burst_over_several_links_is_a_scanners_at_any_time()
    {
        fixture.Store(fixture.Event("sent", 2), fixture.Click(900), fixture.Click(901, EventFixture.OtherLink));
        Assert.Null(fixture.Gift.ClickedAt);
        Assert.NotNull(fixture.Gift.ScannedAt);
    }

    [Fact]
    public void A_double_click_on_the_link_is_a_persons()
    {
        fixture.Store(fixture.Event("sent", 2), fixture.Click(900), fixture.Click(901));
        Assert.NotNull(fixture.Gift.ClickedAt);
    }

    [Fact]
    public void A_scanner_that_gives_its_name_is_marked()
    {
        fixture.Store(fixture.Click(900, agent: "Mozilla/5.0 (compatible; LinkCheck/1.0)"));
        Assert.Null(fixture.Gift.ClickedAt);
        Assert.NotNull(fixture.Gift.ScannedAt);
    }

    [Fact]
    public void A_click_that_comes_before_its_delivery_event_is_judged_anew()
    {
        fixture.Store(fixture.Click(600));
        Assert.NotNull(fixture.Gift.ClickedAt);
        fixture.Store(fixture.Event("sent", 595));
        Assert.Null(fixture.Gift.ClickedAt);
        Assert.NotNull(fixture.Gift.ScannedAt);
    }

    [Fact]
    public void A_repeated_group_changes_nothing()
    {
        object[] group = [fixture.Event("sent", 2), fixture.Click(300), fixture.Event("unsub", 400)];
        fixture.Store(group);
        var before = fixture.Gift;

        Assert.All(fixture.Store(group), r => Assert.Equal(MailEventOutcome.Duplicate, r.Outcome));

        Assert.Equal(before, fixture.Gift);
        Assert.Equal(3, fixture.Ledger.Events.Count());
    }

    [Fact]
    public void Opens_by_proxies_are_weak_until_a_real_one_comes()
    {
        fixture.Store(fixture.Event("open", 30, ("agent", "Mozilla/5.0 (via ggpht.com GoogleImageProxy)")), fixture.Event("open", 40, ("agent", "Mozilla/5.0")));
        Assert.True(fixture.Gift.OpenIsWeak);
        fixture.Store(fixture.Event("open", 500, ("agent", EventFixture.Browser)));
        Assert.False(fixture.Gift.OpenIsWeak);
        Assert.Equal(EventFixture.SentAt.AddSeconds(30), fixture.Gift.OpenedAt);
    }

    [Fact]
    public void Greylisting_is_not_a_bounce()
    {
        fixture.Store(fixture.Bounce(5, "greylisted", hard: false));
        Assert.Null(fixture.Gift.DeliveryProblem);
        fixture.Store(fixture.Event("sent", 900));
        Assert.NotNull(fixture.Gift.DeliveredAt);
    }

    [Fact]
    public void A_soft_bounce_is_made_good_by_a_later_delivery_and_a_late_bounce_is_not()
    {
        fixture.Store(fixture.Bounce(5, "quota exceeded", hard: false));
        Assert.Equal("soft bounce: quota exceeded", fixture.Gift.DeliveryProblem);
        fixture.Store(fixture.Event("sent", 900));
        Assert.Null(fixture.Gift.DeliveryProblem);
        fixture.Store(fixture.Bounce(1000, "user unknown", hard: true));
        Assert.Equal("hard bounce: user unknown", fixture.Gift.DeliveryProblem);
    }

    [Fact]
    public void A_resend_that_arrives_makes_up_for_an_earlier_bounce()
    {
        fixture.Store(fixture.Bounce(5, "user unknown", hard: true));
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var again = fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Accepted, "1152921500000000099"), resend: true)[0];

        fixture.Store(fixture.Event("sent", 3603, ("MessageID", 1152921500000000099), ("Payload", again)));

        Assert.Null(fixture.Gift.DeliveryProblem);
        Assert.NotNull(fixture.Gift.DeliveredAt);
    }

    [Theory]
    [InlineData("spam", "spam event")]
    [InlineData("unsub", "unsub event")]
    public void Spam_and_unsub_suppress_the_address_the_mail_went_to_and_no_other(string kind, string source)
    {
        fixture.Store(fixture.Event(kind, 60));
        var entry = Assert.Single(fixture.Ledger.Suppressions.List());
        // A sandbox mail went to the test inbox: the customer has not opted out of anything.
        Assert.Equal(("inbox+1@example.org", source), (entry.Email, entry.Source));
        Assert.False(fixture.Ledger.Suppressions.Contains("c1@example.com"));
    }

    [Fact]
    public void Who_opts_out_is_heard_even_if_the_message_is_not_known()
    {
        var receipt = fixture.Store(fixture.Event("unsub", 60, ("CustomID", "newsletter:3"), ("Payload", ""), ("MessageID", 5)))[0];
        Assert.Equal((MailEventOutcome.Quarantined, "UnknownGift"), (receipt.Outcome, receipt.Reason));
        Assert.True(fixture.Ledger.Suppressions.Contains("inbox+1@example.org"));
    }

    [Fact]
    public void An_event_without_custom_id_is_found_by_its_message_id()
    {
        fixture.Store(fixture.Event("sent", 2, ("CustomID", ""), ("Payload", null)));
        Assert.NotNull(fixture.Gift.DeliveredAt);
    }

    [Fact]
    public void A_campaign_id_used_in_both_environments_is_told_apart_by_the_attempt()
    {
        var production = LedgerFixture.Terms() with { Environment = GiftEnvironment.Production };
        var real = fixture.Base.Ready(1, production)[0];
        var attempt = fixture.Send([real], new HandOver(HandOverResult.Accepted, "77"))[0];

        fixture.Store(fixture.Event("sent", 2, ("Payload", attempt), ("MessageID", 77)));
        Assert.NotNull(fixture.Ledger.Gifts.Get(real).DeliveredAt);
        Assert.Null(fixture.Gift.DeliveredAt);

        fixture.Store(fixture.Event("sent", 3, ("Payload", "")));
        Assert.NotNull(fixture.Gift.DeliveredAt);

        var doubtful = fixture.Store(fixture.Event("open", 9, ("Payload", ""), ("MessageID", 123456)))[0];
        Assert.Equal("AmbiguousGift", doubtful.Reason);
    }

    [Fact]
    public void Ids_that_contradict_each_other_are_quarantined()
    {
        var receipt = fixture.Store(fixture.Event("sent", 2, ("CustomID", "spring:2")))[0];
        Assert.Equal("MismatchedIds", receipt.Reason);
        Assert.Null(fixture.Gift.DeliveredAt);
    }

    [Fact]
    public void An_unknown_kind_of_event_is_kept_and_changes_nothing()
    {
        var before = fixture.Gift;
        var receipt = fixture.Store(fixture.Event("deferred", 2))[0];
        Assert.Equal((MailEventOutcome.Stored, MailEventKind.Other, "deferred"), (receipt.Outcome, receipt.Kind, receipt.Event));
        Assert.Equal(before, fixture.Gift);
        Assert.Single(new GiftTimeline(fixture.Ledger).Of(fixture.Gifts[0]), m => m is { What: "MailEvent", Detail: "deferred" });
    }

    [Fact]
    public void A_quarantined_event_is_taken_up_once_its_gift_is_known()
    {
        var early = fixture.Event("sent", 2, ("CustomID", "later:1"), ("MessageID", 5), ("Payload", ""));
        var click = fixture.Event("click", 300, ("CustomID", "later:1"), ("MessageID", 5), ("Payload", ""), ("url", "http://gtbt.co/later00000001"), ("agent", EventFixture.Browser));
        fixture.Store(early, click, early);
        Assert.Empty(fixture.Ledger.Events.Reconsider());
        Assert.Equal(2, fixture.Ledger.Events.Quarantine.Count());

        var id = fixture.Base.Ready(1, LedgerFixture.Terms(id: "later"))[0];

        Assert.Equal(2, fixture.Ledger.Events.Reconsider().Count);
        Assert.NotNull(fixture.Ledger.Gifts.Get(id).ClickedAt);
        Assert.Equal(0, fixture.Ledger.Events.Quarantine.Count());
    }

    [Fact]
    public void The_timeline_tells_what_the_mail_service_reported()
    {
        fixture.Store(fixture.Event("sent", 2), fixture.Event("open", 30), fixture.Click(60, EventFixture.OtherLink), fixture.Click(300), fixture.Bounce(400, "user unknown", true));
        var kinds = new GiftTimeline(fixture.Ledger).Of(fixture.Gifts[0]).Select(m => m.What).ToList();
        Assert.Equal(["MailDelivered", "MailOpened", "LinkClicked", "LinkClicked", "MailBounced"], kinds[^5..]);
    }

    [Fact]
    public void Times_that_are_missing_or_in_the_future_count_as_the_time_of_arrival()
    {
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        fixture.Store(fixture.Event("sent", 0, ("time", null)), fixture.Event("open", 99_999_999));
        Assert.Equal(fixture.Clock.GetUtcNow(), fixture.Gift.DeliveredAt);
        Assert.Equal(fixture.Clock.GetUtcNow(), fixture.Gift.OpenedAt);
    }
}
