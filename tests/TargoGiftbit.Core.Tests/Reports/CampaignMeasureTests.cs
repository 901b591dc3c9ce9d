using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Core.Tests.Engagement;

namespace TargoGiftbit.Core.Tests.Reports;

public sealed class CampaignMeasureTests : IDisposable
{
    // Gift 1 redeemed, 2 clicked, 3 scanned, 4 bounced, 5 refunded, 6 uncertain, 7 suppressed, 8 not sent.
    private readonly EventFixture fixture = new(gifts: 8, send: false);

    public CampaignMeasureTests()
    {
        var sent = fixture.Send([.. fixture.Gifts.Take(5)], new HandOver(HandOverResult.Accepted, "100"));
        fixture.Send([fixture.Gifts[5]], new HandOver(HandOverResult.Unknown, Reason: "connection reset"));
        fixture.Ledger.Suppressions.Add("c7@example.com", "operator", null);
        fixture.Clock.Advance(TimeSpan.FromDays(3));
        for (var i = 0; i < 3; i++) fixture.Store(Of(i, fixture.Event("sent", 2), sent));
        fixture.Store(Of(0, fixture.Click(90_000, LinkOf(0)), sent), Of(1, fixture.Click(500, LinkOf(1)), sent), Of(2, fixture.Click(5, LinkOf(2)), sent));
        fixture.Store(Of(3, fixture.Bounce(3, "user unknown", hard: true), sent));
        fixture.Ledger.Brands.Store(GiftEnvironment.Sandbox, "giftbit", [new KnownBrand("timhortonsca", "Tim Hortons", null)]);
        fixture.Ledger.Gifts.StoreStatuses(
        [
            (fixture.Gifts[0], new ProviderGift { ProviderGiftId = "spring-uuid-1", Status = GiftStatus.Redeemed, RawStatus = "REDEEMED", BrandCode = "timhortonsca", RedeemedAt = EventFixture.SentAt.AddDays(2) }),
            (fixture.Gifts[4], new ProviderGift { ProviderGiftId = "spring-uuid-5", Status = GiftStatus.Refunded, RawStatus = "GIVER_CANCELLED" }),
        ]);
    }

    private CampaignFigures Figures => CampaignMeasure.Take(fixture.Ledger, GiftEnvironment.Sandbox, "spring", fixture.Clock);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Each_gift_counts_once_wherever_it_has_come_to()
    {
        var f = Figures.Total;
        Assert.Equal((8, 8, 8, 5), (f.Gifts, f.Ordered, f.Linked, f.Sent));
        Assert.Equal((3, 1, 2, 1), (f.Delivered, f.Bounced, f.Clicked, f.ScannedOnly));
        Assert.Equal((1, 1, 0, 0, 6), (f.Redeemed, f.Refunded, f.Expired, f.Failed, f.Open));
        // Every gift is in exactly one of these.
        Assert.Equal((1, 1, 1), (f.ClickedNotRedeemed, f.SentNotClicked, f.SentWithProblem));
    }

    [Fact]
    public void The_money_adds_up()
    {
        var money = Figures.Money;
        Assert.Equal((48000, 6000, 6000, 36000), (money.Ordered.Cents, money.Redeemed.Cents, money.Returned.Cents, money.Outstanding.Cents));
        Assert.Equal(money.Ordered.Cents, money.Redeemed.Cents + money.Returned.Cents + money.Expired.Cents + money.Outstanding.Cents);
    }

    [Fact]
    public void Problems_are_told_by_cause_with_their_rows()
    {
        Assert.Equal(
            [(DeliveryTrouble.HardBounce, "user unknown", 4), (DeliveryTrouble.Uncertain, "connection reset", 6), (DeliveryTrouble.Suppressed, null, 7)],
            Figures.Problems.Select(p => (p.Trouble, p.Cause, p.Rows.Single())));
    }

    [Fact]
    public void Days_have_no_gaps_and_are_those_of_the_office()
    {
        Assert.Equal(
            [new DayFigures(new DateOnly(2026, 5, 4), 1, 0), new DayFigures(new DateOnly(2026, 5, 5), 1, 0), new DayFigures(new DateOnly(2026, 5, 6), 0, 1)],
            Figures.ByDay);
    }

    [Fact]
    public void Brands_languages_and_creatives_are_told_apart()
    {
        Assert.Equal(new BrandFigures("timhortonsca", "Tim Hortons", 1, Money.Cad(6000)), Assert.Single(Figures.ByBrand));
        Assert.Equal((GiftLanguage.Fr, 8), (Assert.Single(Figures.ByLanguage).Language, Figures.ByLanguage[0].Funnel.Gifts));
        var creative = Assert.Single(Figures.ByCreative);
        Assert.Equal(("hash", "Sujet", 5), (creative.TemplateHash, creative.Subject, creative.Funnel.Sent));
        Assert.Equal(2 / 3.0, creative.Funnel.ClickRate!.Value, 6);
    }

    [Fact]
    public void A_wild_time_in_an_event_does_not_make_a_report_of_ten_thousand_days()
    {
        fixture.Ledger.Gifts.StoreStatuses([(fixture.Gifts[7], new ProviderGift { ProviderGiftId = "spring-uuid-8", Status = GiftStatus.Redeemed, RawStatus = "REDEEMED", RedeemedAt = DateTimeOffset.UnixEpoch })]);
        Assert.True(Figures.ByDay.Count <= 731);
    }

    private string LinkOf(int index) => fixture.Ledger.Gifts.Get(fixture.Gifts[index]).Link!.Reveal();

    private Dictionary<string, object?> Of(int index, Dictionary<string, object?> e, IReadOnlyList<string> attempts)
    {
        (e["CustomID"], e["Payload"], e["MessageID"]) = (fixture.Gifts[index].CustomId, attempts[index], 100 + index);
        return e;
    }
}
