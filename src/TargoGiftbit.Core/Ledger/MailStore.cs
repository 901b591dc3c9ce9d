using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Claims and outcomes of hand-overs (spec D8): before a message leaves, its gift is claimed with an attempt id and a lease;
/// afterwards the outcome is recorded. A lease that runs out without outcome makes the mail uncertain, never unsent.
/// </summary>
public sealed class MailStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    private readonly Lazy<LedgerWriter> writer;

    internal MailStore(LedgerConnection connection, Lazy<LedgerWriter> writer, TimeProvider clock) => (this.connection, this.writer, this.clock) = (connection, writer, clock);

    /// <summary>Claims gifts for one batch, all in one transaction.</summary>
    /// <param name="ids">The gifts.</param>
    /// <param name="purpose">What the mail is for.</param>
    /// <param name="transport">Name of the transport.</param>
    /// <param name="lease">How long the hand-over may take; must exceed every time-out of the transport.</param>
    /// <param name="resend">True to send again what was sent or refused before, as the operator explicitly asked.</param>
    public IReadOnlyList<MailClaim> Claim(IReadOnlyList<GiftId> ids, MailPurpose purpose, string transport, TimeSpan lease, bool resend = false) =>
        connection.Write(c => ClaimAll(c, ids, purpose, transport, lease, resend));

    /// <summary>The same beside other batches' claims and outcomes, with which it may share a transaction.</summary>
    public Task<IReadOnlyList<MailClaim>> ClaimAsync(IReadOnlyList<GiftId> ids, MailPurpose purpose, string transport, TimeSpan lease, bool resend = false) =>
        writer.Value.WriteAsync(c => ClaimAll(c, ids, purpose, transport, lease, resend));

    /// <summary>Records what came of claimed messages, in one transaction. Matches by attempt: a late answer of an old attempt changes no newer one.</summary>
    /// <returns>The instant stored with them.</returns>
    public DateTimeOffset Record(IReadOnlyList<HandOverRecord> outcomes) => connection.Write(c => RecordAll(c, outcomes));

    /// <summary>The same beside other batches' claims and outcomes, with which it may share a transaction.</summary>
    public Task<DateTimeOffset> RecordAsync(IReadOnlyList<HandOverRecord> outcomes) => writer.Value.WriteAsync(c => RecordAll(c, outcomes));

    /// <summary>Mails whose outcome is not known: leases that ran out, and connections lost after the hand-over.</summary>
    public IReadOnlyList<UncertainMail> Uncertain(GiftEnvironment environment, string? campaignId = null) => connection.Write(c =>
    {
        c.Execute("UPDATE mails SET state = 'Uncertain', lease_until = NULL WHERE state = 'HandingOver' AND lease_until <= $now",
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        EventProof.SettleStored(c, clock.GetUtcNow());
        return c.Query(
            """
            SELECT h.campaign_id, h.row_no, h.attempt_id, h.purpose, h.transport, h.started_at
            FROM mails m JOIN hand_overs h ON h.attempt_id = m.attempt_id
            WHERE m.state = 'Uncertain' AND m.environment = $env AND ($id IS NULL OR m.campaign_id = $id) ORDER BY h.campaign_id, h.row_no
            """,
            r => new UncertainMail(new GiftId(environment, r.Text(0), r.Int(1)), r.Text(2), PurposeOf(r.Text(3)), r.Text(4), r.Instant(5)),
            ("env", environment.ToString()), ("id", campaignId));
    });

    /// <summary>Settles an uncertain mail, after asking the service or the operator.</summary>
    /// <param name="mail">The mail as <see cref="Uncertain"/> listed it.</param>
    /// <param name="wentOut">True when it went out: it is never sent again. False when it certainly did not: the next run sends it.</param>
    /// <param name="messageId">The service's id of the message, when it went out.</param>
    /// <param name="sentAt">When the service took it, when known.</param>
    /// <param name="how">Who or what decided, for the history.</param>
    /// <returns>False when another process has settled it meanwhile.</returns>
    public bool Resolve(UncertainMail mail, bool wentOut, string? messageId, DateTimeOffset? sentAt, string how) => connection.Write(c =>
    {
        var now = clock.GetUtcNow();
        var rows = c.Execute(
            "UPDATE mails SET state = $state, message_id = coalesce($mid, message_id), sent_at = coalesce($sent, sent_at), error = NULL, lease_until = NULL WHERE environment = $env AND campaign_id = $id AND row_no = $row AND attempt_id = $attempt AND state = 'Uncertain'",
            ("state", wentOut ? "Sent" : "NotSent"), ("mid", messageId), ("sent", wentOut ? LedgerValue.Of(sentAt ?? now) : null),
            ("env", mail.Gift.Environment.ToString()), ("id", mail.Gift.CampaignId), ("row", mail.Gift.Row), ("attempt", mail.AttemptId));
        if (rows == 0) return false;
        c.Execute("UPDATE hand_overs SET outcome = $outcome, message_id = $mid, reason = $how, settled_at = $now WHERE attempt_id = $attempt",
            ("outcome", wentOut ? nameof(HandOverResult.Accepted) : nameof(HandOverResult.NotTried)), ("mid", messageId), ("how", how),
            ("now", now.ToUnixTimeMilliseconds()), ("attempt", mail.AttemptId));
        HistoryStore.Add(c, clock, mail.Gift, wentOut ? "MailSettledSent" : "MailSettledNotSent", how);
        return true;
    });

    /// <summary>Every hand-over of a gift, oldest first.</summary>
    public IReadOnlyList<StoredHandOver> HandOversOf(GiftId id) => connection.Read(c => c.Query(
        "SELECT attempt_id, purpose, transport, started_at, outcome, message_id, reason, settled_at FROM hand_overs WHERE environment = $env AND campaign_id = $id AND row_no = $row ORDER BY started_at, attempt_id",
        r => new StoredHandOver(r.Text(0), PurposeOf(r.Text(1)), r.Text(2), r.Instant(3), r.IsNull(4) ? null : r.Enum<HandOverResult>(4), r.TextOrNull(5), r.TextOrNull(6), r.InstantOrNull(7)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)));

    internal static string NameOf(MailPurpose purpose) => purpose == MailPurpose.Gift ? "gift" : "reminder";

    private static MailPurpose PurposeOf(string name) => name == "gift" ? MailPurpose.Gift : MailPurpose.Reminder;

    // Gift, suppression, mail and lease in one look: claims are made by the thousand.
    private const string ClaimColumns = $"SELECT {GiftRows.Columns}, EXISTS (SELECT 1 FROM suppressions s WHERE s.email_key = g.email_key), ";

    private const string OneGift = "WHERE g.environment = $env AND g.campaign_id = $id AND g.row_no = $row";

    // The gift's own mail is joined to every gift anyway.
    private const string ClaimGift = $"{ClaimColumns} m.state, m.lease_until {GiftRows.From} {OneGift}";

    private const string ClaimReminder = $"""
        {ClaimColumns} p.state, p.lease_until {GiftRows.From}
        LEFT JOIN mails p ON p.environment = g.environment AND p.campaign_id = g.campaign_id AND p.row_no = g.row_no AND p.purpose = 'reminder'
        {OneGift}
        """;

    private IReadOnlyList<MailClaim> ClaimAll(LedgerConnection c, IReadOnlyList<GiftId> ids, MailPurpose purpose, string transport, TimeSpan lease, bool resend) =>
        [.. ids.Select(id => ClaimOne(c, id, purpose, transport, lease, resend))];

    private DateTimeOffset RecordAll(LedgerConnection c, IReadOnlyList<HandOverRecord> outcomes)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var outcome in outcomes) RecordOne(c, outcome, now.ToUnixTimeMilliseconds());
        return now;
    }

    private MailClaim ClaimOne(LedgerConnection c, GiftId id, MailPurpose purpose, string transport, TimeSpan lease, bool resend)
    {
        var found = c.Query(purpose == MailPurpose.Gift ? ClaimGift : ClaimReminder, r => (Gift: GiftRows.Map(r), Suppressed: r.Flag(GiftRows.Width), State: r.IsNull(GiftRows.Width + 1) ? MailState.NotSent : r.Enum<MailState>(GiftRows.Width + 1), Lease: r.InstantOrNull(GiftRows.Width + 2)),
            ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
        if (found.Count == 0) return MailClaim.No(id, null, ClaimRefusal.Unknown);
        var (gift, suppressed, state, leaseUntil) = found[0];
        // A code is final for its provider from the moment it is made; the customer has yet to get it.
        var hasCodes = purpose == MailPurpose.Gift && gift.CodeCount > 0;
        if (gift.Status is not (GiftStatus.New or GiftStatus.LinkCreated) && !(hasCodes && gift.Status == GiftStatus.Redeemed)) return MailClaim.No(id, gift, ClaimRefusal.NotOpen);
        if (gift.Link is null && !hasCodes) return MailClaim.No(id, gift, ClaimRefusal.NoLink);
        if (hasCodes) gift = gift with { Codes = GiftCodeRows.Read(c, id) };
        // One is reminded of what one was sent.
        if (purpose == MailPurpose.Reminder && gift.MailState != MailState.Sent) return MailClaim.No(id, gift, ClaimRefusal.NotOpen);
        // Checked inside the claiming transaction: an unsubscribe that came a moment ago still counts (spec D5).
        if (suppressed) return MailClaim.No(id, gift, ClaimRefusal.Suppressed);

        var now = clock.GetUtcNow();
        if (state == MailState.HandingOver && leaseUntil > now) return MailClaim.No(id, gift, ClaimRefusal.InProgress);
        // A run that died in the middle: whether the message left is not known, so it is asked, not sent again.
        if (state is MailState.HandingOver or MailState.Uncertain) return MailClaim.No(id, gift, ClaimRefusal.Uncertain);
        if (state == MailState.Sent && !resend) return MailClaim.No(id, gift, ClaimRefusal.AlreadySent);
        if (state == MailState.Refused && !resend) return MailClaim.No(id, gift, ClaimRefusal.RefusedBefore);

        var attempt = Guid.CreateVersion7(now).ToString("N");
        c.Execute(
            """
            INSERT INTO mails (environment, campaign_id, row_no, purpose, state, attempt_id, lease_until) VALUES ($env, $id, $row, $purpose, 'HandingOver', $attempt, $lease)
            ON CONFLICT (environment, campaign_id, row_no, purpose) DO UPDATE SET state = excluded.state, attempt_id = excluded.attempt_id, lease_until = excluded.lease_until
            """,
            ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row), ("purpose", NameOf(purpose)), ("attempt", attempt),
            ("lease", now.Add(lease).ToUnixTimeMilliseconds()));
        c.Execute(
            "INSERT INTO hand_overs (attempt_id, environment, campaign_id, row_no, purpose, transport, started_at) VALUES ($attempt, $env, $id, $row, $purpose, $transport, $now)",
            ("attempt", attempt), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row), ("purpose", NameOf(purpose)),
            ("transport", transport), ("now", now.ToUnixTimeMilliseconds()));
        return new MailClaim(id, gift, attempt, state, ClaimRefusal.None);
    }

    private static void RecordOne(LedgerConnection c, HandOverRecord record, long now)
    {
        var (claim, outcome) = (record.Claim, record.Outcome);
        var state = outcome.Result switch
        {
            HandOverResult.Accepted => MailState.Sent,
            HandOverResult.Refused => MailState.Refused,
            HandOverResult.Deferred => MailState.Deferred,
            HandOverResult.Unknown => MailState.Uncertain,
            _ => claim.PreviousState,
        };
        var accepted = outcome.Result == HandOverResult.Accepted;
        c.Execute(
            """
            UPDATE mails SET state = $state, lease_until = NULL, error = $error,
                sent_at = CASE WHEN $accepted = 1 THEN $now ELSE sent_at END, message_id = CASE WHEN $accepted = 1 THEN $mid ELSE message_id END,
                subject = coalesce($subject, subject), template_hash = coalesce($hash, template_hash)
            WHERE environment = $env AND campaign_id = $id AND row_no = $row AND attempt_id = $attempt AND state IN ('HandingOver', 'Uncertain')
            """,
            ("state", state.ToString()), ("error", accepted ? null : outcome.Reason), ("accepted", accepted ? 1 : 0), ("now", now), ("mid", outcome.MessageId),
            ("subject", record.Subject), ("hash", record.TemplateHash),
            ("env", claim.Id.Environment.ToString()), ("id", claim.Id.CampaignId), ("row", claim.Id.Row), ("attempt", claim.AttemptId));
        c.Execute("UPDATE hand_overs SET outcome = $outcome, message_id = $mid, reason = $reason, reason_code = $code, settled_at = $now WHERE attempt_id = $attempt",
            ("outcome", outcome.Result.ToString()), ("mid", outcome.MessageId), ("reason", outcome.Reason), ("code", outcome.ReasonCode), ("now", now), ("attempt", claim.AttemptId));
    }
}
