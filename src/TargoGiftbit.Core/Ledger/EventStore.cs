using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Mail events: each is stored once, in the same transaction as everything that follows from it: the gift's state, the proof that
/// an uncertain mail went out, the suppression of an address (spec E1, E2, D5, D8).
/// </summary>
public sealed class EventStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;
    private readonly SuppressionStore suppressions;

    internal EventStore(LedgerConnection connection, TimeProvider clock)
    {
        this.connection = connection;
        this.clock = clock;
        suppressions = new SuppressionStore(connection, clock);
        Quarantine = new QuarantineStore(connection, clock);
    }

    /// <summary>Events that could not be used.</summary>
    public QuarantineStore Quarantine { get; }

    /// <summary>How many events are stored.</summary>
    public long Count() => connection.Read(c => c.Scalar<long>("SELECT count(*) FROM events"));

    /// <summary>Stores bodies, all in one transaction: when it returns they are durable, when it throws nothing is stored.</summary>
    /// <param name="bodies">What came in.</param>
    /// <returns>For each body, one receipt per event in it.</returns>
    /// <exception cref="LedgerException">The ledger cannot be written.</exception>
    public IReadOnlyList<IReadOnlyList<MailEventReceipt>> Store(IReadOnlyList<MailjetEventBody> bodies) => connection.Write(c =>
    {
        var now = Now();
        var run = new EventRun(c, now, suppressions, Quarantine);
        foreach (var body in bodies)
        {
            run.StartBody();
            foreach (var e in body.Events) run.Add(e);
            foreach (var unusable in body.Unusable) run.Add(unusable);
        }
        return run.Finish();
    });

    /// <summary>Takes up quarantined events whose gift has become known since.</summary>
    /// <returns>Receipts of those that found their gift.</returns>
    public IReadOnlyList<MailEventReceipt> Reconsider()
    {
        // Cheap to ask before taking the write lock, and nearly always the answer.
        if (Quarantine.Count() == 0) return [];
        return connection.Write(c =>
        {
            var targets = new EventTargets(c);
            var found = Quarantine.Readable().Where(q => targets.Find(q.Event).Target is not null).ToList();
            foreach (var (id, _) in found) Quarantine.Remove(id);
            return found.Count == 0 ? [] : Store([new MailjetEventBody([.. found.Select(f => f.Event)], [])])[0];
        });
    }

    /// <summary>The events of a gift, oldest first.</summary>
    public IReadOnlyList<StoredMailEvent> Of(GiftId id) => connection.Read(c => c.Query(
        """
        SELECT e.kind, e.at, e.url_hash = g.link_hash, e.is_weak, e.error, e.message_id, e.word
        FROM events e JOIN gifts g ON g.environment = e.environment AND g.campaign_id = e.campaign_id AND g.row_no = e.row_no
        WHERE e.environment = $env AND e.campaign_id = $id AND e.row_no = $row ORDER BY e.at, e.fingerprint
        """,
        r => new StoredMailEvent(id, r.Enum<MailEventKind>(0), r.Instant(1), r.Flag(2), r.Flag(3), r.TextOrNull(4), r.TextOrNull(5), r.Text(6)),
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)));

    /// <summary>Gifts of a campaign whose message is known to have failed: bounced for good, not tried, or marked as spam.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="since">Only messages whose hand-over began then or later.</param>
    public IReadOnlyList<GiftId> FailedSince(GiftEnvironment environment, string campaignId, DateTimeOffset since) => connection.Read(c => c.Query(
        """
        SELECT DISTINCT e.row_no FROM events e JOIN hand_overs h ON h.attempt_id = e.attempt_id
        WHERE e.environment = $env AND e.campaign_id = $id AND h.started_at >= $since
            AND (e.kind IN ('Blocked', 'Spam') OR (e.kind = 'Bounce' AND e.is_hard = 1))
        """,
        r => new GiftId(environment, campaignId, r.Int(0)),
        ("env", environment.ToString()), ("id", campaignId), ("since", since.ToUnixTimeMilliseconds())));

    /// <summary>The hand-overs of a campaign that may have brought a message to the mail service.</summary>
    internal IReadOnlyList<SentMail> SentMails(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        // Also those believed not to have gone out: the service knows better.
        "SELECT row_no, attempt_id, message_id, started_at, outcome FROM hand_overs WHERE environment = $env AND campaign_id = $id AND (outcome IS NULL OR outcome NOT IN ('Refused', 'Deferred')) ORDER BY row_no, started_at",
        r => new SentMail(new GiftId(environment, campaignId, r.Int(0)), r.Text(1), r.TextOrNull(2), r.Instant(3), r.TextOrNull(4) != "NotTried"),
        ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>The kinds of events that are stored of each message of a campaign. A deferral does not count: what it ends in is still to be learnt.</summary>
    internal ILookup<string, MailEventKind> KnownKinds(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        """
        SELECT DISTINCT message_id, kind FROM events
        WHERE environment = $env AND campaign_id = $id AND message_id IS NOT NULL AND NOT (kind = 'Bounce' AND is_hard = 0 AND coalesce(error, '') = 'greylisted')
        """,
        r => (Message: r.Text(0), Kind: r.Enum<MailEventKind>(1)), ("env", environment.ToString()), ("id", campaignId)))
        .ToLookup(e => e.Message, e => e.Kind, StringComparer.Ordinal);

    /// <summary>Whether an event is stored already.</summary>
    internal bool Knows(MailjetEvent e) => connection.Read(c => c.Scalar<long>("SELECT count(*) FROM events WHERE fingerprint = $print", ("print", e.Fingerprint()))) > 0;

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>A stored event.</summary>
/// <param name="Gift">The gift.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="IsGiftLink">A click on the gift's own link.</param>
/// <param name="IsWeakOpen">An open that no person need have made.</param>
/// <param name="Error">Cause of a failure, or null.</param>
/// <param name="MessageId">Mailjet's id of the message, or null.</param>
/// <param name="Word">Mailjet's own word for it.</param>
public sealed record StoredMailEvent(GiftId Gift, MailEventKind Kind, DateTimeOffset At, bool IsGiftLink, bool IsWeakOpen, string? Error, string? MessageId, string Word);

/// <summary>A hand-over that may have brought a message to the mail service.</summary>
/// <param name="Gift">The gift.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="MessageId">The service's id of the message, when known.</param>
/// <param name="StartedAt">When the hand-over began.</param>
/// <param name="MayHaveGone">False when it is believed not to have gone out.</param>
internal sealed record SentMail(GiftId Gift, string AttemptId, string? MessageId, DateTimeOffset StartedAt, bool MayHaveGone);
