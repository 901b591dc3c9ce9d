using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Mails that this ledger did not hand over itself: sent from another machine, or after this ledger was copied. What was found of them counts
/// as if it had; where nothing could be found out, they are in doubt and not sent.
/// </summary>
public sealed class MailTraceStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal MailTraceStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>Records a message that the mail service took and the ledger does not know of.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="purpose">What the mail is for.</param>
    /// <param name="messageId">The service's id of the message.</param>
    /// <param name="sentAt">When the service took it.</param>
    /// <returns>False when a hand-over of the gift is under way, in doubt or done, or the ledger knows the message.</returns>
    public bool Record(GiftId id, MailPurpose purpose, string messageId, DateTimeOffset sentAt) => connection.Write(c =>
    {
        if (IsKnown(messageId)) return false;
        var attempt = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var rows = c.Execute(
            """
            INSERT INTO mails (environment, campaign_id, row_no, purpose, state, attempt_id, sent_at, message_id) VALUES ($env, $id, $row, $purpose, 'Sent', $attempt, $sent, $mid)
            ON CONFLICT (environment, campaign_id, row_no, purpose) DO UPDATE SET state = excluded.state, attempt_id = excluded.attempt_id, sent_at = excluded.sent_at, message_id = excluded.message_id, error = NULL
                WHERE mails.state IN ('NotSent', 'Deferred', 'Refused')
            """,
            [.. Key(id), ("purpose", MailStore.NameOf(purpose)), ("attempt", attempt), ("sent", sentAt.ToUnixTimeMilliseconds()), ("mid", messageId)]);
        if (rows == 0) return false;
        c.Execute(
            """
            INSERT INTO hand_overs (attempt_id, environment, campaign_id, row_no, purpose, transport, started_at, outcome, message_id, reason, settled_at)
            VALUES ($attempt, $env, $id, $row, $purpose, 'mailjet', $sent, 'Accepted', $mid, $how, $now)
            """,
            [.. Key(id), ("purpose", MailStore.NameOf(purpose)), ("attempt", attempt), ("sent", sentAt.ToUnixTimeMilliseconds()), ("mid", messageId),
                ("how", LedgerText.FoundElsewhere), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())]);
        HistoryStore.Add(c, clock, id, purpose == MailPurpose.Gift ? "MailFound" : "ReminderFound", LedgerText.FoundElsewhere);
        return true;
    });

    /// <summary>Whether any hand-over or mail of this ledger is known to be this message.</summary>
    /// <param name="messageId">The service's id of the message.</param>
    /// <param name="exceptAttempt">An attempt that is left aside, or null.</param>
    public bool IsKnown(string messageId, string? exceptAttempt = null) => connection.Read(c => c.Scalar<long>(
        """
        SELECT (SELECT count(*) FROM hand_overs WHERE message_id = $mid AND attempt_id <> $attempt) + (SELECT count(*) FROM mails WHERE message_id = $mid AND attempt_id <> $attempt)
        """,
        ("mid", messageId), ("attempt", exceptAttempt ?? "")) > 0);

    /// <summary>Rows of a campaign whose reminder went out, is under way or in doubt.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    public IReadOnlySet<int> Reminded(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        "SELECT row_no FROM mails WHERE environment = $env AND campaign_id = $id AND purpose = 'reminder' AND state IN ('Sent', 'HandingOver', 'Uncertain')",
        r => r.Int(0), ("env", environment.ToString()), ("id", campaignId)).ToHashSet());

    /// <summary>Puts a gift that is said to be unsent in doubt: it is not sent before the mail service, or the operator, has said what became of it.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="since">The earliest instant at which it may have been sent.</param>
    /// <returns>False when it is not unsent.</returns>
    public bool Doubt(GiftId id, DateTimeOffset since) => connection.Write(c =>
    {
        var unsent = c.Scalar<long>(
            "SELECT count(*) FROM mails WHERE environment = $env AND campaign_id = $id AND row_no = $row AND purpose = 'gift' AND state NOT IN ('NotSent', 'Deferred')", Key(id)) == 0;
        if (!unsent) return false;
        Doubt(c, id, since);
        HistoryStore.Add(c, clock, id, "MailDoubted", null);
        return true;
    });

    /// <summary>
    /// Doubts every ordered gift of a campaign that is said to be unsent, as if a hand-over had begun when the campaign was entered. One whose
    /// link is not known yet too: it may have been collected and sent elsewhere.
    /// </summary>
    internal static void DoubtUnsent(LedgerConnection c, GiftCampaign campaign)
    {
        var unsent = c.Query(
            """
            SELECT g.row_no FROM gifts g
            LEFT JOIN mails m ON m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no AND m.purpose = 'gift'
            WHERE g.environment = $env AND g.campaign_id = $id AND (g.link IS NOT NULL OR g.order_id IS NOT NULL)
                AND (g.is_closed = 0 OR EXISTS (SELECT 1 FROM gift_codes k WHERE k.environment = g.environment AND k.campaign_id = g.campaign_id AND k.row_no = g.row_no))
                AND (m.state IS NULL OR m.state IN ('NotSent', 'Deferred', 'HandingOver'))
            """,
            r => r.Int(0), ("env", campaign.Environment.ToString()), ("id", campaign.CampaignId));
        foreach (var row in unsent) Doubt(c, new GiftId(campaign.Environment, campaign.CampaignId, row), campaign.CreatedAt);
    }

    private static void Doubt(LedgerConnection c, GiftId id, DateTimeOffset since)
    {
        var attempt = Guid.CreateVersion7(since).ToString("N");
        c.Execute(
            "INSERT INTO hand_overs (attempt_id, environment, campaign_id, row_no, purpose, transport, started_at, outcome) VALUES ($attempt, $env, $id, $row, 'gift', 'mailjet', $since, 'Unknown')",
            [.. Key(id), ("attempt", attempt), ("since", since.ToUnixTimeMilliseconds())]);
        c.Execute(
            """
            INSERT INTO mails (environment, campaign_id, row_no, purpose, state, attempt_id) VALUES ($env, $id, $row, 'gift', 'Uncertain', $attempt)
            ON CONFLICT (environment, campaign_id, row_no, purpose) DO UPDATE SET state = 'Uncertain', attempt_id = excluded.attempt_id, lease_until = NULL
            """,
            [.. Key(id), ("attempt", attempt)]);
    }

    private static (string, object?)[] Key(GiftId id) => [("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)];
}
