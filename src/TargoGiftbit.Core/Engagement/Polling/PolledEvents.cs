namespace TargoGiftbit.Core.Engagement.Polling;

/// <summary>Turns what was asked of Mailjet into the events that would have come by themselves, so that both ways lead to the same state.</summary>
internal static class PolledEvents
{
    /// <summary>The events of a message's history. Clicks are left out: the history does not say on what.</summary>
    public static IEnumerable<MailjetEvent> Of(PollTarget target, IEnumerable<PolledHistory> history)
    {
        foreach (var entry in history)
        {
            if (PolledStates.EventOf(entry.EventType) is not { } known || known.Kind == MailEventKind.Click) continue;
            yield return Make(target, known.Kind, known.Word, entry.EventAt) with
            {
                IsWeakOpen = known.Kind == MailEventKind.Open && AgentRules.IsWeakOpen(entry.Useragent),
                IsHardBounce = known.Kind == MailEventKind.Bounce && IsHard(target.Message),
                Error = known.Kind is MailEventKind.Bounce or MailEventKind.Blocked ? PolledStates.KnownError(entry.State) ?? PolledStates.ErrorOf(target.Message.StateId) : null,
            };
        }
    }

    public static MailjetEvent Of(PollTarget target, PolledClick click, IEnumerable<PolledHistory> history) => Make(target, MailEventKind.Click, "click", click.ClickedAt) with
    {
        UrlHashes = string.IsNullOrEmpty(click.Url) ? [] : UrlForms.Hashes(click.Url),
        // The list of clicks has no agent, the history has: they meet in their second.
        IsAutomatedAgent = history.Any(h => PolledStates.EventOf(h.EventType)?.Kind == MailEventKind.Click && h.EventAt == click.ClickedAt && AgentRules.IsAutomated(h.Useragent)),
    };

    public static MailjetEvent Of(PollTarget target, PolledOpen open) =>
        Make(target, MailEventKind.Open, "open", open.OpenedAt) with { IsWeakOpen = AgentRules.IsWeakOpen(open.UserAgentFull) };

    public static MailjetEvent Of(PollTarget target, PolledBounce bounce)
    {
        var isBlocked = PolledStates.IsTrue(bounce.IsBlocked);
        return Make(target, isBlocked ? MailEventKind.Blocked : MailEventKind.Bounce, isBlocked ? "blocked" : "bounce", bounce.BouncedAt) with
        {
            IsHardBounce = !isBlocked && PolledStates.IsTrue(bounce.IsStatePermanent),
            Error = PolledStates.ErrorOf(bounce.StateId),
        };
    }

    /// <summary>What a message's state alone says, for one whose history cannot be had: that it arrived, at the latest when Mailjet took it.</summary>
    public static MailjetEvent? OfState(PollTarget target) => PolledStates.Implied(target.Message.Status).FirstOrDefault(MailEventKind.Other) == MailEventKind.Sent
        ? Make(target, MailEventKind.Sent, "sent", target.Message.ArrivedAt) : null;

    private static bool IsHard(PolledMessage message) =>
        string.Equals(message.Status, "hardbounced", StringComparison.OrdinalIgnoreCase) || PolledStates.IsTrue(message.StatePermanent);

    private static MailjetEvent Make(PollTarget target, MailEventKind kind, string word, DateTimeOffset? at) => new()
    {
        Kind = kind,
        Word = word,
        At = at,
        MessageId = target.MessageId,
        AttemptId = target.AttemptId,
        CustomId = target.Gift.CustomId,
        // As a pushed event names it: who opts out is suppressed by the address that was written to.
        Email = string.IsNullOrWhiteSpace(target.Message.ContactAlt) ? null : target.Message.ContactAlt.Trim(),
    };
}
