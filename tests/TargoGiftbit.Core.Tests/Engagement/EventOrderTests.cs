using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>Mailjet promises no order and repeats groups: whatever way the same events come in, the outcome is the same.</summary>
public sealed class EventOrderTests
{
    [Theory]
    [InlineData("open", "agent", EventFixture.Browser, "GoogleImageProxy")]
    [InlineData("click", "agent", EventFixture.Browser, "LinkCheck/1.0")]
    [InlineData("bounce", "hard_bounce", true, false)]
    public void Two_events_of_one_second_say_the_same_in_either_order(string kind, string field, object one, object other)
    {
        Assert.Equal(State(one, other), State(other, one));

        (DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, bool, string?) State(params object[] values)
        {
            using var fixture = new EventFixture();
            fixture.Clock.Advance(TimeSpan.FromDays(30));
            foreach (var value in values)
                fixture.Store(fixture.Event(kind, 600, (field, value), ("url", EventFixture.Link), ("error", "user unknown")));
            var gift = fixture.Gift;
            return (gift.ClickedAt, gift.ScannedAt, gift.OpenedAt, gift.OpenIsWeak, gift.DeliveryProblem);
        }
    }

    [Fact]
    public void Any_order_any_grouping_and_any_repeats_give_the_same_state()
    {
        var scenario = Gen.Choose(0, int.MaxValue - 1);
        Prop.ForAll(scenario.ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (straight, shuffled) = (Play(seed, random, shuffle: false), Play(seed, random, shuffle: true));
            return straight == shuffled;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static Outcome Play(int seed, Random random, bool shuffle)
    {
        using var fixture = new EventFixture();
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        var again = fixture.Send(fixture.Gifts, new HandOver(HandOverResult.Accepted, "1152921500000000099"), resend: true)[0];
        fixture.Clock.Advance(TimeSpan.FromDays(30));
        var events = Events(fixture, new Random(seed), again);
        if (shuffle)
        {
            // Half of them come twice, in any order.
            events = [.. events, .. events.Where(_ => random.Next(2) == 0)];
            random.Shuffle(events);
        }
        for (var from = 0; from < events.Length;)
        {
            var size = shuffle ? random.Next(1, 5) : 1;
            fixture.Store([.. events.Skip(from).Take(size)]);
            from += size;
        }
        var gift = fixture.Gift;
        return new(gift.DeliveredAt, gift.ClickedAt, gift.ScannedAt, gift.OtherClickedAt, gift.OpenedAt, gift.OpenIsWeak, gift.DeliveryProblem, gift.MailState,
            fixture.Ledger.Events.Count(), string.Join(' ', fixture.Ledger.Suppressions.List().Select(s => s.Email).Order(StringComparer.Ordinal)));
    }

    private static object[] Events(EventFixture fixture, Random random, string again)
    {
        string[] kinds = ["sent", "sent", "open", "open", "click", "click", "click", "bounce", "bounce", "blocked", "spam", "unsub", "surprise"];
        string[] errors = ["user unknown", "quota exceeded", "greylisted"];
        string[] agents = [EventFixture.Browser, EventFixture.Browser, "Mozilla/5.0", "LinkCheck/1.0", "GoogleImageProxy"];
        return [.. Enumerable.Range(0, random.Next(1, 14)).Select(object (_) =>
        {
            // Close together, so that windows, bursts and ties of the same second really occur.
            var seconds = random.Next(3) switch { 0 => random.Next(0, 20), 1 => random.Next(295, 305), _ => 3600 + random.Next(0, 30) };
            var e = fixture.Event(kinds[random.Next(kinds.Length)], seconds,
                ("url", random.Next(2) == 0 ? EventFixture.Link : EventFixture.OtherLink), ("agent", agents[random.Next(agents.Length)]),
                ("error", errors[random.Next(errors.Length)]), ("hard_bounce", random.Next(2) == 0));
            var late = random.Next(2) == 0;
            if (late) (e["Payload"], e["MessageID"]) = (again, 1152921500000000099);
            switch (random.Next(4))
            {
                case 0: e.Remove("CustomID"); break;
                case 1: e["Payload"] = ""; break;
            }
            return e;
        })];
    }

    private sealed record Outcome(
        DateTimeOffset? Delivered, DateTimeOffset? Clicked, DateTimeOffset? Scanned, DateTimeOffset? Other, DateTimeOffset? Opened, bool Weak,
        string? Problem, MailState Mail, long Events, string Suppressed);
}
