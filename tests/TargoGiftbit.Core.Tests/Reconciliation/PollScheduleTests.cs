using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Tests.Reconciliation;

public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Sent = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Expiry = new(2026, 12, 31);

    // 31 December ends at 08:00 UTC on 1 January in Pacific winter time; a day later is the last poll.
    private static readonly DateTimeOffset Last = new(2027, 1, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_poll_is_one_hour_after_sending_completed() =>
        Assert.Equal(Sent.AddHours(1), Next(Facts(), Sent.AddMinutes(1)));

    [Theory]
    [InlineData(1.0, 24.0)]
    [InlineData(24.0, 24.0 * 7)]
    [InlineData(24.0 * 7, 24.0 * 30)]
    public void After_each_poll_comes_the_next_point(double polledAfterHours, double nextAfterHours) =>
        Assert.Equal(Sent.AddHours(nextAfterHours), Next(Facts() with { LastPollAt = Sent.AddHours(polledAfterHours) }, Sent.AddHours(polledAfterHours)));

    [Fact]
    public void After_the_last_point_comes_the_poll_a_day_after_expiry_pacific_time() =>
        Assert.Equal(Last, Next(Facts() with { LastPollAt = Sent.AddDays(30) }, Sent.AddDays(31)));

    [Fact]
    public void Missed_runs_are_made_up_by_one_poll()
    {
        var now = Sent.AddDays(10);
        var due = Next(Facts(), now);
        Assert.True(due < now);
        Assert.Equal(Sent.AddDays(30), Next(Facts() with { LastPollAt = now }, now));
    }

    [Fact]
    public void Nothing_is_due_when_every_gift_is_closed() =>
        Assert.Null(Next(Facts() with { OpenGifts = 0 }, Sent.AddHours(2)));

    [Fact]
    public void Nothing_is_due_after_the_last_poll() =>
        Assert.Null(Next(Facts() with { LastPollAt = Last }, Last.AddDays(400)));

    [Fact]
    public void A_campaign_that_was_never_sent_is_polled_once_after_its_expiry() =>
        Assert.Equal(Last, Next(Facts() with { LastHandOverAt = null, UnsettledGifts = 3 }, Sent));

    [Fact]
    public void Sending_that_goes_on_holds_the_schedule_back_until_a_day_without_hand_over()
    {
        var facts = Facts() with { UnsettledGifts = 4 };
        Assert.Null(PollSchedule.SendingCompleted(facts, Sent.AddHours(23)));
        Assert.Equal(Sent.AddHours(24), Next(facts, Sent.AddHours(2)));
        Assert.Equal(Sent, PollSchedule.SendingCompleted(facts, Sent.AddHours(24)));
        Assert.Equal(Sent.AddHours(1), Next(facts, Sent.AddHours(24)));
    }

    [Fact]
    public void Gifts_sent_later_start_the_schedule_anew()
    {
        var later = Sent.AddDays(3);
        Assert.Equal(later.AddHours(1), Next(Facts() with { LastHandOverAt = later, LastPollAt = Sent.AddDays(1) }, later));
    }

    [Fact]
    public void Points_beyond_the_claim_period_give_way_to_the_last_poll()
    {
        var facts = Facts() with { Expiry = new DateOnly(2026, 5, 6), LastPollAt = Sent.AddDays(1) };
        // 6 May ends at 07:00 UTC on 7 May in Pacific summer time.
        Assert.Equal(new DateTimeOffset(2026, 5, 8, 7, 0, 0, TimeSpan.Zero), Next(facts, Sent.AddDays(1)));
    }

    [Theory]
    [InlineData(2026, 3, 7, "2026-03-09T08:00:00Z")] // the last day of winter time
    [InlineData(2026, 3, 8, "2026-03-10T07:00:00Z")] // a day of 23 hours
    [InlineData(2026, 10, 31, "2026-11-02T07:00:00Z")]
    [InlineData(2026, 11, 1, "2026-11-03T08:00:00Z")] // a day of 25 hours
    public void The_last_poll_is_a_day_after_the_end_of_the_day_pacific_time_also_when_clocks_change(int year, int month, int day, string last) =>
        Assert.Equal(DateTimeOffset.Parse(last, System.Globalization.CultureInfo.InvariantCulture), PollSchedule.LastPoll(new DateOnly(year, month, day)));

    [Fact]
    public void Daylight_saving_moves_no_point_between_sending_and_expiry()
    {
        var sent = new DateTimeOffset(2026, 3, 7, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal(sent.AddHours(24), Next(Facts() with { LastHandOverAt = sent, LastPollAt = sent.AddHours(1) }, sent.AddHours(2)));
        Assert.Equal(sent.AddDays(7), Next(Facts() with { LastHandOverAt = sent, LastPollAt = sent.AddHours(24) }, sent.AddHours(25)));
    }

    [Fact]
    public void A_clock_set_back_does_not_skip_a_poll() =>
        Assert.Equal(Sent.AddDays(1), Next(Facts() with { LastPollAt = Sent.AddDays(20) }, Sent.AddHours(2)));

    private static PollFacts Facts() => new(Expiry, Sent, null, OpenGifts: 10, UnsettledGifts: 0);

    private static DateTimeOffset? Next(PollFacts facts, DateTimeOffset now) => PollSchedule.Next(facts, now);
}
