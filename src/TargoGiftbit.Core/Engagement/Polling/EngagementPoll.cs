using System.Collections.Concurrent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;

namespace TargoGiftbit.Core.Engagement.Polling;

/// <summary>
/// Asks Mailjet for what its events would have told, where no webhook can reach (spec E3). What it finds is stored as events: repeats
/// and mixtures with pushed events change nothing.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="rest">Asks Mailjet.</param>
/// <param name="clock">The clock.</param>
public sealed class EngagementPoll(GiftLedger ledger, MailjetRest rest, TimeProvider clock)
{
    private const int Parallelism = 4;
    private const int MostSingly = 500;

    // Hand-overs further apart are asked for separately, so that the mail of other uses in between is not listed.
    private static readonly TimeSpan Gap = TimeSpan.FromHours(2);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    // A message arrives within the time that its hand-over may take.
    internal static readonly TimeSpan Arrival = TimeSpan.FromMinutes(20);

    private readonly MailjetStatistics statistics = new(rest);

    /// <summary>Asks about a campaign's messages.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    /// <param name="cancellationToken">Stops between questions; what was learnt so far is stored.</param>
    /// <exception cref="MailTransportException"><c>MailjetCredentialsRefused</c>, <c>MailjetQueryFailed</c>.</exception>
    /// <exception cref="Http.HttpFaultException">No usable answer after all repeats.</exception>
    public async Task<EngagementPollResult> PollAsync(GiftEnvironment environment, string campaignId, CancellationToken cancellationToken)
    {
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        ledger.Events.Reconsider();
        var mails = ledger.Events.SentMails(environment, campaignId);
        var matcher = new PollMatcher(mails, ledger.Events.SentMails(environment == GiftEnvironment.Sandbox ? GiftEnvironment.Production : GiftEnvironment.Sandbox, campaignId));
        var known = ledger.Events.KnownKinds(environment, campaignId);
        var missing = mails.Where(m => m is { MessageId: not null, MayHaveGone: true }).Select(m => m.MessageId!).ToHashSet(StringComparer.Ordinal);
        var (messages, stored) = (0, 0);
        foreach (var window in Windows(mails))
            await LearnAsync(await statistics.MessagesAsync(window.From, window.To, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        // What took long to arrive, or was sent while this machine's clock was wrong, has another time at Mailjet than here.
        if (missing.Count > 0) await LearnAsync(await ByIdAsync([.. missing.Where(id => id.All(char.IsAsciiDigit)).Take(MostSingly)], cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return new EngagementPollResult(campaign, mails.Where(m => m.MayHaveGone).Select(m => m.Gift).Distinct().Count(), messages, stored, clock.GetUtcNow());

        async Task LearnAsync(IReadOnlyCollection<PolledMessage> found)
        {
            List<PollTarget> targets = [.. found.Select(matcher.Find).OfType<PollTarget>().DistinctBy(t => t.MessageId)];
            messages += targets.Count;
            missing.ExceptWith(targets.Select(t => t.MessageId));
            var events = await AskAsync(targets, known, cancellationToken).ConfigureAwait(false);
            foreach (var chunk in events.Chunk(500))
                stored += ledger.Events.Store([new MailjetEventBody(chunk, [])])[0].Count(r => r.Outcome == MailEventOutcome.Stored);
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Windows(IEnumerable<SentMail> mails)
    {
        (DateTimeOffset From, DateTimeOffset To)? window = null;
        foreach (var start in mails.Select(m => m.StartedAt).Order())
        {
            if (window is { } open && start - open.To > Gap)
            {
                yield return Widen(open);
                window = null;
            }
            window = (window?.From ?? start, start);
        }
        if (window is { } last) yield return Widen(last);

        static (DateTimeOffset, DateTimeOffset) Widen((DateTimeOffset From, DateTimeOffset To) w) => (w.From - Skew, w.To + Arrival);
    }

    private async Task<IReadOnlyCollection<PolledMessage>> ByIdAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<PolledMessage>();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (id, token) =>
        {
            foreach (var message in await statistics.MessageAsync(id, token).ConfigureAwait(false)) found.Add(message);
        }).ConfigureAwait(false);
        return found;
    }

    private async Task<List<MailjetEvent>> AskAsync(List<PollTarget> targets, ILookup<string, MailEventKind> known, CancellationToken cancellationToken)
    {
        if (targets.Count == 0) return [];
        // By Mailjet's own clock: nothing happens to a message before it arrives.
        var from = targets.Min(t => t.Message.ArrivedAt) - Skew ?? DateTimeOffset.UnixEpoch;
        // Whether a message's state says more than the ledger knows.
        var news = targets.Where(t => PolledStates.Implied(t.Message.Status).Except(known[t.MessageId]).Any()).ToList();
        var byId = targets.ToDictionary(t => t.MessageId, StringComparer.Ordinal);
        var events = new List<MailjetEvent>();
        var clicks = new List<PolledClick>();
        // Our mails carry a campaign name, so that one question serves all of them (spec D6).
        foreach (var campaign in targets.GroupBy(t => t.Message.CampaignId).Where(g => g.Key is { Length: > 0 } and not "0"))
        {
            var statuses = campaign.Select(t => t.Message.Status?.ToLowerInvariant()).ToHashSet();
            // A message that bounced or opted out later may have been clicked before.
            if (statuses.Overlaps(["clicked", "spam", "unsub", "bounce", "softbounced", "hardbounced"]))
                clicks.AddRange(await statistics.ClicksAsync("CampaignID", campaign.Key!, from, cancellationToken).ConfigureAwait(false));
            if (statuses.Contains("opened"))
                events.AddRange((await statistics.OpensAsync(campaign.Key!, from, cancellationToken).ConfigureAwait(false)).Where(o => Ours(o.MessageId)).Select(o => PolledEvents.Of(byId[o.MessageId!], o)));
        }
        clicks.RemoveAll(c => !Ours(c.MessageId));
        await AddMissingClicksAsync(news, clicks, from, cancellationToken).ConfigureAwait(false);

        // What is known need not be asked about again: a state that has not changed, and clicks that are stored.
        var clicked = clicks.Where(c => !ledger.Events.Knows(PolledEvents.Of(byId[c.MessageId!], c, []))).ToLookup(c => c.MessageId!, StringComparer.Ordinal);
        var histories = new ConcurrentDictionary<string, List<PolledHistory>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            news.Union(targets.Where(t => clicked.Contains(t.MessageId))),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (target, token) => histories[target.MessageId] = await statistics.HistoryAsync(target.MessageId, token).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var (id, history) in histories.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            events.AddRange(PolledEvents.Of(byId[id], history));
            events.AddRange(clicked[id].Select(c => PolledEvents.Of(byId[id], c, history)));
            if (history.Count == 0 && PolledEvents.OfState(byId[id]) is { } state) events.Add(state);
        }
        await AddMissingBouncesAsync(news, events, from, cancellationToken).ConfigureAwait(false);
        return events;

        bool Ours(string? id) => id is not null && byId.ContainsKey(id);
    }

    // Where asking by campaign brought no click of a message that is said to have been clicked.
    private async Task AddMissingClicksAsync(List<PollTarget> news, List<PolledClick> clicks, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var have = clicks.Select(c => c.MessageId).ToHashSet();
        foreach (var target in news.Where(t => PolledStates.Implied(t.Message.Status).Contains(MailEventKind.Click) && !have.Contains(t.MessageId)))
            clicks.AddRange((await statistics.ClicksAsync("MessageID", target.MessageId, from, cancellationToken).ConfigureAwait(false)).Where(c => c.MessageId == target.MessageId));
    }

    // Where the history of a message that is said to have bounced does not tell of it.
    private async Task AddMissingBouncesAsync(List<PollTarget> news, List<MailjetEvent> events, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var have = events.Where(e => e.Kind is MailEventKind.Bounce or MailEventKind.Blocked).Select(e => e.MessageId).ToHashSet();
        var missing = news.Where(t => !have.Contains(t.MessageId) && PolledStates.Implied(t.Message.Status).Any(k => k is MailEventKind.Bounce or MailEventKind.Blocked))
            .ToDictionary(t => t.MessageId, StringComparer.Ordinal);
        foreach (var campaign in missing.Values.Select(t => t.Message.CampaignId).Where(id => id is { Length: > 0 } and not "0").Distinct())
            foreach (var bounce in await statistics.BouncesAsync(campaign!, from, cancellationToken).ConfigureAwait(false))
                if (bounce.Id is not null && missing.TryGetValue(bounce.Id, out var target)) events.Add(PolledEvents.Of(target, bounce));
    }
}

/// <summary>What came of asking about a campaign.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Mailed">Gifts that were mailed.</param>
/// <param name="Found">Messages of theirs that Mailjet showed.</param>
/// <param name="NewEvents">Events that were not known before.</param>
/// <param name="At">When.</param>
public sealed record EngagementPollResult(GiftCampaign Campaign, int Mailed, int Found, int NewEvents, DateTimeOffset At)
{
    /// <summary>The campaign's id.</summary>
    public string CampaignId => Campaign.CampaignId;

    /// <summary>Sandbox or production.</summary>
    public GiftEnvironment Environment => Campaign.Environment;
}
