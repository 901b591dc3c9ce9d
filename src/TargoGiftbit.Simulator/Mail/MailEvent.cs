namespace TargoGiftbit.Simulator.Mail;

/// <summary>The events of Mailjet's Event API (mailjet.md §3).</summary>
public enum MailEventKind
{
    Sent,
    Open,
    Click,
    Bounce,
    Blocked,
    Spam,
    Unsub,
}

/// <summary>Something that happened to an accepted message.</summary>
public sealed record MailEvent(MailEventKind Kind, DateTimeOffset At)
{
    public string? Url { get; init; }

    public string Agent { get; init; } = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36";

    public string Ip { get; init; } = "203.0.113.20";

    /// <summary>Country; may be empty.</summary>
    public string Geo { get; init; } = "CA";

    public bool HardBounce { get; init; }

    public bool IsBlocked { get; init; }

    public string Error { get; init; } = "";

    public string ErrorRelatedTo { get; init; } = "";

    public string Comment { get; init; } = "";

    /// <summary>Feedback loop of a spam complaint.</summary>
    public string Source { get; init; } = "JMRPP";
}
