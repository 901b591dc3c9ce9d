using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>
/// When a campaign's statuses are asked next (spec F1): one hour after sending completes, then after 1, 7 and 30 days, until
/// every gift is redeemed or the claim period ends; one last poll a day after its end (Pacific time).
/// Pure: it counts from facts in the ledger, so missed runs, clock changes and daylight saving cannot make it lose its place.
/// </summary>
public static class PollSchedule
{
    /// <summary>Sending counts as complete when nothing was handed over for this long, although gifts are unsettled.</summary>
    public static readonly TimeSpan SendingPause = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] Points = [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    /// <summary>The instant of the last poll of a campaign.</summary>
    public static DateTimeOffset LastPoll(DateOnly expiry) => PacificTime.EndOf(expiry).AddDays(1);

    /// <summary>When sending was complete, or null while it goes on.</summary>
    public static DateTimeOffset? SendingCompleted(PollFacts facts, DateTimeOffset now)
    {
        if (facts.LastHandOverAt is not { } last) return null;
        return facts.UnsettledGifts == 0 || now - last >= SendingPause ? last : null;
    }

    /// <summary>The next poll, which may lie in the past when runs were missed; null when none is needed any more.</summary>
    public static DateTimeOffset? Next(PollFacts facts, DateTimeOffset now)
    {
        if (facts.OpenGifts == 0) return null;
        var last = LastPoll(facts.Expiry);
        // A poll "in the future" comes from a clock that was set back; it counts as made now.
        var polled = facts.LastPollAt > now ? now : facts.LastPollAt;
        if (polled >= last) return null;
        if (facts.LastHandOverAt is not { } handedOver) return last;
        if (SendingCompleted(facts, now) is not { } completed) return Earlier(handedOver + SendingPause, last);
        foreach (var point in Points)
            if (completed + point is var due && (polled is null || due > polled))
                return Earlier(due, last);
        return last;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
