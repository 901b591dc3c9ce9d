using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Brings a gift up to date with its stored events, inside the transaction that stored them.</summary>
internal sealed class EngagementUpdate(LedgerConnection c)
{
    /// <summary>Works the gift's state out anew and stores it.</summary>
    /// <returns>The facts it was worked out from.</returns>
    public (IReadOnlyList<EventFact> Facts, IReadOnlyList<AttemptFact> Attempts) Apply(GiftId id)
    {
        var (facts, attempts) = (FactsOf(id), AttemptsOf(id));
        var state = EngagementRules.Derive(facts, attempts);
        var known = c.Query(
            "SELECT delivered_at, clicked_at, scanned_at, other_clicked_at, delivery_problem FROM gifts WHERE environment = $env AND campaign_id = $id AND row_no = $row",
            r => (Delivered: r.InstantOrNull(0), Clicked: r.InstantOrNull(1), Scanned: r.InstantOrNull(2), Other: r.InstantOrNull(3), Problem: r.TextOrNull(4)),
            ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row))[0];

        // What no event explains was brought in with the campaign from elsewhere and is not lost; what an event explains may be judged anew.
        var own = facts.Where(f => f is { Kind: MailEventKind.Click, IsGiftLink: true }).Select(f => f.At).ToHashSet();
        var delivered = Earlier(known.Delivered, state.DeliveredAt);
        var clicked = Earlier(Imported(known.Clicked), state.ClickedAt);
        var scanned = Earlier(Imported(known.Scanned), state.ScannedAt);
        var other = Earlier(known.Other, state.OtherClickedAt);
        var problem = state.HasDeliveryFacts ? state.Problem?.ToString() : known.Problem;
        if ((delivered, clicked, scanned, other, problem) == known) return (facts, attempts);

        c.Execute(
            """
            UPDATE gifts SET delivered_at = $delivered, clicked_at = $clicked, scanned_at = $scanned, other_clicked_at = $other, delivery_problem = $problem
            WHERE environment = $env AND campaign_id = $id AND row_no = $row
            """,
            ("delivered", LedgerValue.Of(delivered)), ("clicked", LedgerValue.Of(clicked)), ("scanned", LedgerValue.Of(scanned)), ("other", LedgerValue.Of(other)),
            ("problem", problem), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
        return (facts, attempts);

        DateTimeOffset? Imported(DateTimeOffset? at) => at is { } t && own.Contains(t) ? null : at;
    }

    /// <summary>Notes an open. Needs no look at other events.</summary>
    public void NoteOpen(GiftId id, DateTimeOffset at, bool isWeak) => c.Execute(
        """
        UPDATE gifts SET
            opened_at = CASE WHEN opened_at IS NULL OR opened_at > $at THEN $at ELSE opened_at END,
            open_is_weak = CASE WHEN opened_at IS NULL THEN $weak WHEN $weak = 0 THEN 0 ELSE open_is_weak END
        WHERE environment = $env AND campaign_id = $id AND row_no = $row
        """,
        ("at", at.ToUnixTimeMilliseconds()), ("weak", isWeak ? 1 : 0), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));

    private List<EventFact> FactsOf(GiftId id) => c.Query(
        """
        SELECT e.kind, e.at, e.attempt_id, e.url_hash, e.url_hash = g.link_hash, e.is_automated, e.is_hard, e.error
        FROM events e JOIN gifts g ON g.environment = e.environment AND g.campaign_id = e.campaign_id AND g.row_no = e.row_no
        WHERE e.environment = $env AND e.campaign_id = $id AND e.row_no = $row AND e.kind IN ('Sent', 'Click', 'Bounce', 'Blocked', 'Spam')
        """,
        r => new EventFact(r.Enum<MailEventKind>(0), r.Instant(1), r.TextOrNull(2), r.TextOrNull(3), r.Flag(4), r.Flag(5), r.Flag(6), r.TextOrNull(7)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));

    private List<AttemptFact> AttemptsOf(GiftId id) => c.Query(
        "SELECT attempt_id, started_at, CASE WHEN outcome = 'Accepted' THEN settled_at END FROM hand_overs WHERE environment = $env AND campaign_id = $id AND row_no = $row",
        r => new AttemptFact(r.Text(0), r.Instant(1), r.InstantOrNull(2)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
