namespace TargoGiftbit.Simulator.Mail;

/// <summary>The events as they really look: agents, causes and comments of mailjet.md §3.</summary>
public static class MailEvents
{
    public static MailEvent Sent(DateTimeOffset at) => new(MailEventKind.Sent, at) { Comment = "sent (250 2.0.0 OK simulated)" };

    public static MailEvent Blocked(DateTimeOffset at, string error, string relatedTo) =>
        new(MailEventKind.Blocked, at) { Error = error, ErrorRelatedTo = relatedTo };

    public static MailEvent Bounce(DateTimeOffset at, bool hard) => hard
        ? new(MailEventKind.Bounce, at) { HardBounce = true, Error = "user unknown", ErrorRelatedTo = "recipient", Comment = "550 5.1.1 no such user" }
        : new(MailEventKind.Bounce, at) { Error = "quota exceeded", ErrorRelatedTo = "recipient", Comment = "452 4.2.2 mailbox full" };

    /// <summary>Deferred, not failed: Mailjet tries again.</summary>
    public static MailEvent Greylisted(DateTimeOffset at) => new(MailEventKind.Bounce, at)
    {
        Error = "greylisted",
        ErrorRelatedTo = "domain",
        Comment = "451 4.7.1 greylisting in action, please come back later",
    };

    public static MailEvent Open(DateTimeOffset at) => new(MailEventKind.Open, at);

    /// <summary>Gmail fetches pictures through a proxy.</summary>
    public static MailEvent GmailOpen(DateTimeOffset at) => new(MailEventKind.Open, at)
    {
        Agent = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        Ip = "66.249.84.1",
        Geo = "US",
    };

    /// <summary>Apple Mail loads pictures in advance, with an agent that says nothing.</summary>
    public static MailEvent AppleOpen(DateTimeOffset at) => new(MailEventKind.Open, at) { Agent = "Mozilla/5.0", Ip = "104.28.42.1", Geo = "" };

    public static MailEvent Click(DateTimeOffset at, string url) => new(MailEventKind.Click, at) { Url = url };

    /// <summary>A security scanner that follows links right after delivery, from a data centre.</summary>
    public static MailEvent ScannerClick(DateTimeOffset at, string url) => new(MailEventKind.Click, at)
    {
        Url = url,
        Agent = "Mozilla/5.0 (compatible; LinkCheck/1.0)",
        Ip = "40.94.20.1",
        Geo = "US",
    };

    public static MailEvent Spam(DateTimeOffset at) => new(MailEventKind.Spam, at);

    public static MailEvent Unsubscribe(DateTimeOffset at) => new(MailEventKind.Unsub, at) { Agent = "List-Unsubscribe" };
}
