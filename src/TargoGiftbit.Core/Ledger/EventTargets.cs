using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>The gift that an event is about.</summary>
/// <param name="Gift">Its identity.</param>
/// <param name="AttemptId">The hand-over whose message it is, or null when only the gift is known.</param>
/// <param name="LinkHash">Hash of the gift's link, or null.</param>
/// <param name="Email">The customer's address.</param>
/// <param name="MessageId">Id of the message as the hand-over was recorded with it, or null.</param>
internal sealed record EventTarget(GiftId Gift, string? AttemptId, string? LinkHash, string Email, string? MessageId);

/// <summary>
/// Finds the gift of an event. The CustomID does not say which environment it is of, so the attempt's id comes first; a CustomID
/// that both environments know is settled by the message's id, or by which of them sent anything, or not at all.
/// Lives for one transaction.
/// </summary>
internal sealed class EventTargets(LedgerConnection c)
{
    private const string HandOver = """
        SELECT h.environment, h.campaign_id, h.row_no, h.attempt_id, g.link_hash, g.email, h.message_id
        FROM hand_overs h JOIN gifts g ON g.environment = h.environment AND g.campaign_id = h.campaign_id AND g.row_no = h.row_no
        """;

    private readonly Dictionary<string, EventTarget?> byAttempt = new(StringComparer.Ordinal);

    /// <summary>The gift, or why there is none: <c>UnknownGift</c>, <c>AmbiguousGift</c>, <c>MismatchedIds</c>.</summary>
    public (EventTarget? Target, string? Reason) Find(MailjetEvent e)
    {
        if (e.AttemptId is not null && ByAttempt(e.AttemptId) is { } target)
            return e.CustomId is null || e.CustomId == target.Gift.CustomId ? (target, null) : (null, "MismatchedIds");
        var byMessage = e.MessageId is null ? [] : ByMessage(e.MessageId);
        if (e.CustomId is null) return byMessage.Count switch
        {
            1 => (byMessage[0], null),
            0 => (null, "UnknownGift"),
            _ => (null, "AmbiguousGift"),
        };
        var known = byMessage.FirstOrDefault(t => t.Gift.CustomId == e.CustomId);
        return known is not null ? (known, null) : ByCustomId(e.CustomId);
    }

    private EventTarget? ByAttempt(string attemptId)
    {
        if (!byAttempt.TryGetValue(attemptId, out var target))
            byAttempt[attemptId] = target = c.Query(HandOver + " WHERE h.attempt_id = $attempt", Map, ("attempt", attemptId)).FirstOrDefault();
        return target;
    }

    private List<EventTarget> ByMessage(string messageId)
    {
        var found = c.Query(HandOver + " WHERE h.message_id = $mid", Map, ("mid", messageId));
        if (found.Count > 0) return found;
        // A campaign that was restored or imported may have its mails without their hand-overs.
        return c.Query(
            """
            SELECT m.environment, m.campaign_id, m.row_no, NULL, g.link_hash, g.email, m.message_id
            FROM mails m JOIN gifts g ON g.environment = m.environment AND g.campaign_id = m.campaign_id AND g.row_no = m.row_no WHERE m.message_id = $mid
            """, Map, ("mid", messageId));
    }

    private (EventTarget? Target, string? Reason) ByCustomId(string customId)
    {
        if (!GiftId.TryParseCustomId(customId, GiftEnvironment.Sandbox, out var id)) return (null, "UnknownGift");
        // Both environments named, so that the primary key serves the search.
        var found = c.Query(
            """
            SELECT g.environment, g.campaign_id, g.row_no, NULL, g.link_hash, g.email, NULL,
                   EXISTS (SELECT 1 FROM mails m WHERE m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no)
            FROM gifts g WHERE g.environment IN ('Sandbox', 'Production') AND g.campaign_id = $id AND g.row_no = $row
            """,
            r => (Target: Map(r), WasMailed: r.Flag(7)), ("id", id.CampaignId), ("row", id.Row));
        if (found.Count > 1) found = found.FindAll(f => f.WasMailed);
        return found.Count switch
        {
            1 => (found[0].Target, null),
            0 => (null, "UnknownGift"),
            _ => (null, "AmbiguousGift"),
        };
    }

    private static EventTarget Map(LedgerRow r) =>
        new(new GiftId(r.Enum<GiftEnvironment>(0), r.Text(1), r.Int(2)), r.TextOrNull(3), r.TextOrNull(4), r.Text(5), r.TextOrNull(6));
}
