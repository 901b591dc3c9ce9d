namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Works out a gift's state from all its events at once, so that neither their order of arrival nor repeats can matter
/// (reference/mailjet.md §3: order is nowhere promised, groups are repeated). Pure.
/// </summary>
internal static class EngagementRules
{
    /// <summary>
    /// A click no later than this after delivery is likely a scanner's. The server takes the message, then a person has to see, open
    /// and read it; scanners are done in seconds.
    /// </summary>
    public static readonly TimeSpan ScanWindow = TimeSpan.FromSeconds(10);

    /// <summary>Clicks on different links of one message within this time are likely a scanner's, whenever they come.</summary>
    public static readonly TimeSpan BurstWindow = TimeSpan.FromSeconds(3);

    /// <summary>What the events add up to.</summary>
    public static EngagementState Derive(IReadOnlyList<EventFact> facts, IReadOnlyList<AttemptFact> attempts)
    {
        DateTimeOffset? delivered = null, clicked = null, scanned = null, other = null, latest = null;
        DeliveryProblem? problem = null;
        var hasDelivery = false;
        foreach (var message in facts.GroupBy(f => AttemptOf(f, attempts)))
        {
            var (of, started) = (message.ToList(), message.Key?.StartedAt ?? DateTimeOffset.MinValue);
            delivered = Earlier(delivered, FirstSent(of));
            foreach (var click in of.Where(f => f.Kind == MailEventKind.Click))
            {
                if (!click.IsGiftLink) other = Earlier(other, click.At);
                else if (IsLikelyAutomated(click, of, message.Key)) scanned = Earlier(scanned, click.At);
                else clicked = Earlier(clicked, click.At);
            }
            if (!of.Exists(IsDelivery)) continue;
            // What counts is how the latest message fared: a corrected address makes up for an earlier bounce.
            if (!hasDelivery || started > latest) (latest, problem) = (started, ProblemOf(of));
            hasDelivery = true;
        }
        return new(delivered, clicked, scanned, other, hasDelivery, problem);
    }

    /// <summary>Whether a click is likely no person's, given the events of the same message and its hand-over.</summary>
    public static bool IsLikelyAutomated(EventFact click, IReadOnlyList<EventFact> message, AttemptFact? attempt)
    {
        if (click.IsAutomatedAgent) return true;
        // Where "sent" events are not delivered to us, the mail service's own acceptance is the next best.
        if ((FirstSent(message) ?? attempt?.AcceptedAt) is { } delivered && click.At <= delivered + ScanWindow) return true;
        return message.Any(f => f.Kind == MailEventKind.Click && f.UrlHash != click.UrlHash && (f.At - click.At).Duration() <= BurstWindow);
    }

    /// <summary>The attempt that an event belongs to: its own, else the latest one begun by then.</summary>
    public static AttemptFact? AttemptOf(EventFact fact, IReadOnlyList<AttemptFact> attempts)
    {
        if (fact.AttemptId is { } id && attempts.FirstOrDefault(a => a.Id == id) is { } own) return own;
        // Event times are whole seconds: an event can seem to come just before its attempt.
        return attempts.Where(a => a.StartedAt <= fact.At.AddSeconds(1)).MaxBy(a => a.StartedAt) ?? attempts.MinBy(a => a.StartedAt);
    }

    private static bool IsDelivery(EventFact fact) => fact.Kind == MailEventKind.Sent || ProblemKindOf(fact) is not null;

    private static DeliveryProblem? ProblemOf(List<EventFact> message)
    {
        if (message.Exists(f => f.Kind == MailEventKind.Spam)) return new(DeliveryProblemKind.Spam, null);
        // In one and the same second the graver one wins, then the alphabet, so that the order of arrival does not.
        var last = message.Where(f => ProblemKindOf(f) is not null)
            .OrderByDescending(f => f.At).ThenBy(f => ProblemKindOf(f)).ThenBy(f => f.Error, StringComparer.Ordinal).FirstOrDefault();
        if (last is null || message.Exists(f => f.Kind == MailEventKind.Sent && f.At > last.At)) return null;
        return new(ProblemKindOf(last)!.Value, last.Error);
    }

    private static DeliveryProblemKind? ProblemKindOf(EventFact fact) => fact switch
    {
        // Will be tried again: deferred, not failed (reference/mailjet.md §3).
        { Kind: MailEventKind.Bounce, Error: "greylisted", IsHardBounce: false } => null,
        { Kind: MailEventKind.Bounce, IsHardBounce: true } => DeliveryProblemKind.HardBounce,
        { Kind: MailEventKind.Bounce } => DeliveryProblemKind.SoftBounce,
        { Kind: MailEventKind.Blocked } => DeliveryProblemKind.Blocked,
        { Kind: MailEventKind.Spam } => DeliveryProblemKind.Spam,
        _ => null,
    };

    private static DateTimeOffset? FirstSent(IReadOnlyList<EventFact> message)
    {
        DateTimeOffset? first = null;
        foreach (var fact in message)
            if (fact.Kind == MailEventKind.Sent) first = Earlier(first, fact.At);
        return first;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
