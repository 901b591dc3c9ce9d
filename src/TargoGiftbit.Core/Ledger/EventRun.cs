using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>The storing of some bodies within one transaction: first every event, then each gift concerned once.</summary>
internal sealed class EventRun(LedgerConnection c, DateTimeOffset now, SuppressionStore suppressions, QuarantineStore quarantine)
{
    // Events "from the future" come from a clock that is wrong; they count as happening when they arrive.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly EventTargets targets = new(c);
    private readonly EngagementUpdate update = new(c);
    private readonly List<List<MailEventReceipt>> bodies = [];
    private readonly HashSet<GiftId> touched = [];
    private readonly HashSet<string> settled = new(StringComparer.Ordinal);
    private readonly List<(List<MailEventReceipt> Body, int Index, GiftId Gift, EventFact Click)> clicks = [];

    public void StartBody() => bodies.Add([]);

    public void Add(UnusableEvent unusable)
    {
        quarantine.Add(unusable);
        bodies[^1].Add(new MailEventReceipt { Event = "", Kind = MailEventKind.Other, Time = now, Outcome = MailEventOutcome.Quarantined, Reason = unusable.Reason });
    }

    public void Add(MailjetEvent e)
    {
        var at = e.At is { } given && given <= now + Skew ? given : now;
        var (target, reason) = targets.Find(e);
        var receipt = new MailEventReceipt
        {
            Event = e.Word, Kind = e.Kind, Time = at, Outcome = MailEventOutcome.Stored, MessageId = e.MessageId,
            IsWeakOpen = e.IsWeakOpen, IsLikelyAutomated = e.IsAutomatedAgent, Error = e.Error,
        };
        if (target is null)
        {
            // Whoever opts out is heard, even if the gift is not known here.
            Suppress(e, null);
            quarantine.Add(e, reason!);
            bodies[^1].Add(receipt with { Outcome = MailEventOutcome.Quarantined, Reason = reason });
            return;
        }

        var id = target.Gift;
        var isGiftLink = target.LinkHash is not null && e.UrlHashes.Contains(target.LinkHash);
        var urlHash = isGiftLink ? target.LinkHash : e.UrlHashes.Count > 0 ? e.UrlHashes[0] : null;
        receipt = receipt with { Environment = id.Environment, CampaignId = id.CampaignId, Row = id.Row, IsGiftLink = isGiftLink };
        if (!Insert(e, at, target, urlHash))
        {
            bodies[^1].Add(receipt with { Outcome = MailEventOutcome.Duplicate });
            Merge(e, id, at);
            return;
        }
        bodies[^1].Add(receipt);
        if (target.AttemptId is { } attempt && settled.Add(attempt)) EventProof.Settle(c, target, e.MessageId, at, now);
        Suppress(e, target);
        if (e.Kind == MailEventKind.Open) update.NoteOpen(id, at, e.IsWeakOpen);
        else if (e.Kind is not (MailEventKind.Unsubscribe or MailEventKind.Other)) touched.Add(id);
        if (e.Kind == MailEventKind.Click)
            clicks.Add((bodies[^1], bodies[^1].Count - 1, id, new EventFact(e.Kind, at, target.AttemptId, urlHash, isGiftLink, e.IsAutomatedAgent)));
    }

    public IReadOnlyList<IReadOnlyList<MailEventReceipt>> Finish()
    {
        var clicked = clicks.ToLookup(k => k.Gift);
        foreach (var id in touched)
        {
            var (facts, attempts) = update.Apply(id);
            foreach (var (body, index, _, click) in clicked[id])
            {
                var attempt = EngagementRules.AttemptOf(click, attempts);
                var message = facts.Where(f => EngagementRules.AttemptOf(f, attempts) == attempt).ToList();
                body[index] = body[index] with { IsLikelyAutomated = EngagementRules.IsLikelyAutomated(click, message, attempt) };
            }
        }
        return bodies;
    }

    private bool Insert(MailjetEvent e, DateTimeOffset at, EventTarget target, string? urlHash) => c.Execute(
        """
        INSERT INTO events (fingerprint, environment, campaign_id, row_no, attempt_id, message_id, kind, word, at, url_hash, is_automated, is_weak, is_hard, error, stored_at)
        VALUES ($print, $env, $id, $row, $attempt, $mid, $kind, $word, $at, $url, $automated, $weak, $hard, $error, $now) ON CONFLICT (fingerprint) DO NOTHING
        """,
        ("print", e.Fingerprint()), ("env", target.Gift.Environment.ToString()), ("id", target.Gift.CampaignId), ("row", target.Gift.Row),
        ("attempt", target.AttemptId), ("mid", e.MessageId), ("kind", e.Kind.ToString()), ("word", e.Word), ("at", at.ToUnixTimeMilliseconds()), ("url", urlHash),
        ("automated", e.IsAutomatedAgent ? 1 : 0), ("weak", e.IsWeakOpen ? 1 : 0), ("hard", e.IsHardBounce ? 1 : 0), ("error", e.Error),
        ("now", now.ToUnixTimeMilliseconds())) > 0;

    // Two happenings of one second can look like one, a person's open and a proxy's for example: what they say together must not depend on
    // which came first.
    private void Merge(MailjetEvent e, GiftId id, DateTimeOffset at)
    {
        if (e is { Kind: MailEventKind.Open, IsWeakOpen: false }) update.NoteOpen(id, at, isWeak: false);
        var changed = c.Execute(
            """
            UPDATE events SET is_automated = CASE WHEN $automated = 1 THEN 1 ELSE is_automated END, is_weak = CASE WHEN $weak = 0 THEN 0 ELSE is_weak END,
                is_hard = CASE WHEN $hard = 1 THEN 1 ELSE is_hard END
            WHERE fingerprint = $print AND (is_automated < $automated OR is_weak > $weak OR is_hard < $hard)
            """,
            ("automated", e.IsAutomatedAgent ? 1 : 0), ("weak", e.IsWeakOpen ? 1 : 0), ("hard", e.IsHardBounce ? 1 : 0), ("print", e.Fingerprint()));
        if (changed > 0 && e.Kind is (MailEventKind.Click or MailEventKind.Bounce)) touched.Add(id);
    }

    private void Suppress(MailjetEvent e, EventTarget? target)
    {
        if (e.Kind is not (MailEventKind.Spam or MailEventKind.Unsubscribe)) return;
        // The address the message went to: in the sandbox that is the test inbox, and no customer must be touched (spec A3); in
        // production the customer's address may have been corrected since, and the complaint is not the new one's.
        var address = e.Email ?? (target?.Gift.Environment == GiftEnvironment.Production ? target.Email : null);
        if (address is null) return;
        suppressions.Add(address, e.Kind == MailEventKind.Spam ? "spam event" : "unsub event", target is null ? null : target.Gift.ToString());
    }
}
