namespace TargoGiftbit.Core.Engagement.Polling;

/// <summary>Mailjet's numbers and words of states, which differ from those of its events (reference/mailjet.md §3, §4).</summary>
internal static class PolledStates
{
    private static readonly string[] Errors =
    [
        "user unknown", "mailbox inactive", "quota exceeded", "invalid domain", "no mail host", "relay/access denied", "sender blocked", "content blocked", "policy issue",
        "system issue", "protocol issue", "connection issue", "greylisted", "preblocked", "duplicate in campaign", "spam preblocked", "bad or empty template",
        "error in template language", "typofix", "blacklisted", "spam reporter",
    ];

    /// <summary>The cause that a StateID of 1–21 stands for, or null.</summary>
    public static string? ErrorOf(string? stateId) => int.TryParse(stateId, out var id) && id >= 1 && id <= Errors.Length ? Errors[id - 1] : null;

    /// <summary>A cause in words, if it is one of Mailjet's.</summary>
    public static string? KnownError(string? words) => Array.Find(Errors, e => e.Equals(words?.Trim(), StringComparison.OrdinalIgnoreCase));

    public static bool IsTrue(string? flag) => flag is "1" || string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kinds of events without which a message cannot have come into a state.</summary>
    public static MailEventKind[] Implied(string? status) => status?.ToLowerInvariant() switch
    {
        "sent" => [MailEventKind.Sent],
        "opened" => [MailEventKind.Sent, MailEventKind.Open],
        "clicked" => [MailEventKind.Sent, MailEventKind.Click],
        "bounce" or "bounced" or "softbounced" or "hardbounced" => [MailEventKind.Bounce],
        "blocked" => [MailEventKind.Blocked],
        "spam" => [MailEventKind.Spam],
        "unsub" => [MailEventKind.Unsubscribe],
        _ => [],
    };

    /// <summary>An event's kind and the word that the webhooks have for it, from the history's word.</summary>
    public static (MailEventKind Kind, string Word)? EventOf(string? historyWord) => historyWord?.ToLowerInvariant() switch
    {
        "sent" => (MailEventKind.Sent, "sent"),
        "opened" or "open" => (MailEventKind.Open, "open"),
        "clicked" or "click" => (MailEventKind.Click, "click"),
        "bounced" or "bounce" or "softbounced" or "hardbounced" => (MailEventKind.Bounce, "bounce"),
        "blocked" => (MailEventKind.Blocked, "blocked"),
        "spam" => (MailEventKind.Spam, "spam"),
        "unsub" or "unsubscribed" => (MailEventKind.Unsubscribe, "unsub"),
        _ => null,
    };
}
