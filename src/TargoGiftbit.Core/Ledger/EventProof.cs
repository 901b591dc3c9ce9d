namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Any event of an attempt's message proves that the mail service took it: a mail that was left uncertain, or was thought unsent
/// because the service did not show it in time, is thereby settled and never sent again (spec D8).
/// </summary>
internal static class EventProof
{
    /// <summary>Settles the attempt of an event.</summary>
    public static void Settle(LedgerConnection c, EventTarget target, string? messageId, DateTimeOffset at, DateTimeOffset now)
    {
        // A hand-over still within its lease is left to its own run, which knows subject and template; should that run die, see SettleStored.
        var rows = c.Execute(
            """
            UPDATE mails SET state = 'Sent', lease_until = NULL, error = NULL, message_id = coalesce($mid, message_id), sent_at = coalesce(sent_at, $at)
            WHERE environment = $env AND campaign_id = $id AND row_no = $row AND attempt_id = $attempt
                AND (state IN ('Uncertain', 'NotSent', 'Deferred', 'Refused') OR (state = 'HandingOver' AND lease_until <= $now))
            """,
            ("mid", messageId), ("at", at.ToUnixTimeMilliseconds()), ("env", target.Gift.Environment.ToString()), ("id", target.Gift.CampaignId),
            ("row", target.Gift.Row), ("attempt", target.AttemptId), ("now", now.ToUnixTimeMilliseconds()));
        if (rows > 0) NoteAccepted(c, target.AttemptId!, messageId, now);
        // A relay knows its own queue's id only; Mailjet's number is what later events and questions go by.
        else if (messageId is not null && (target.MessageId is null || !target.MessageId.All(char.IsAsciiDigit)))
            c.Execute("UPDATE hand_overs SET message_id = $mid WHERE attempt_id = $attempt AND outcome IS NOT NULL", ("mid", messageId), ("attempt", target.AttemptId));
    }

    /// <summary>Settles uncertain mails for which an event had come before they became uncertain.</summary>
    public static void SettleStored(LedgerConnection c, DateTimeOffset now)
    {
        var proven = c.Query(
            """
            SELECT m.environment, m.campaign_id, m.row_no, m.attempt_id, max(e.message_id), min(e.at) FROM mails m JOIN events e
                ON e.environment = m.environment AND e.campaign_id = m.campaign_id AND e.row_no = m.row_no AND e.attempt_id = m.attempt_id
            WHERE m.state = 'Uncertain' GROUP BY m.environment, m.campaign_id, m.row_no, m.attempt_id
            """,
            r => (Environment: r.Text(0), Campaign: r.Text(1), Row: r.Int(2), Attempt: r.Text(3), Message: r.TextOrNull(4), At: r.Long(5)));
        foreach (var (environment, campaign, row, attempt, message, at) in proven)
        {
            c.Execute(
                """
                UPDATE mails SET state = 'Sent', error = NULL, message_id = coalesce($mid, message_id), sent_at = coalesce(sent_at, $at)
                WHERE environment = $env AND campaign_id = $id AND row_no = $row AND attempt_id = $attempt AND state = 'Uncertain'
                """,
                ("mid", message), ("at", at), ("env", environment), ("id", campaign), ("row", row), ("attempt", attempt));
            NoteAccepted(c, attempt, message, now);
        }
    }

    private static void NoteAccepted(LedgerConnection c, string attempt, string? messageId, DateTimeOffset now) => c.Execute(
        "UPDATE hand_overs SET outcome = 'Accepted', message_id = coalesce($mid, message_id), reason = $how, settled_at = $now WHERE attempt_id = $attempt",
        ("mid", messageId), ("how", LedgerText.ProvenByEvent), ("now", now.ToUnixTimeMilliseconds()), ("attempt", attempt));
}
