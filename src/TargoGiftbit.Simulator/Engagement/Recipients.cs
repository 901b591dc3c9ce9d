using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Engagement;

/// <summary>The people at the other end: they get, open and click mails, complain, and claim gifts.</summary>
public sealed class Recipients(MailDesk desk, GiftbitStore store, SimulatorClock clock, Schedule schedule)
{
    private readonly GiftLinks _links = new(store);

    public void Deliver(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.Sent, at);

    public void Bounce(InboxMessage message, bool hard = true, DateTimeOffset? at = null) => Enter(message, when => MailEvents.Bounce(when, hard), at);

    /// <summary>Deferred by greylisting; <see cref="Deliver"/> follows when the test wants it.</summary>
    public void Greylist(InboxMessage message) => Enter(message, MailEvents.Greylisted);

    public void Block(InboxMessage message, string error = "preblocked", string relatedTo = "mailjet", DateTimeOffset? at = null) =>
        Enter(message, when => MailEvents.Blocked(when, error, relatedTo), at);

    public void Open(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.Open, at);

    public void OpenInGmail(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.GmailOpen, at);

    public void OpenInAppleMail(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.AppleOpen, at);

    /// <summary>Clicks an address, or the mail's gift link; false when there is none.</summary>
    public bool Click(InboxMessage message, string? url = null, DateTimeOffset? at = null)
    {
        url ??= _links.Find(message)?.Url;
        if (url is not null)
            Enter(message, when => MailEvents.Click(when, url), at);
        return url is not null;
    }

    /// <summary>A scanner follows every link of the mail at once.</summary>
    public int Scan(InboxMessage message, DateTimeOffset? at = null)
    {
        var urls = GiftLinks.All(message).Where(url => url.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Distinct().ToArray();
        foreach (var url in urls)
            Enter(message, when => MailEvents.ScannerClick(when, url), at);
        return urls.Length;
    }

    public void Complain(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.Spam, at);

    public void Unsubscribe(InboxMessage message, DateTimeOffset? at = null) => Enter(message, MailEvents.Unsubscribe, at);

    /// <summary>Claims the gift of a mail; false when it carries none, or one that is no longer open.</summary>
    public bool Redeem(InboxMessage message, string? brandCode = null) =>
        _links.Find(message) is { } found && store.Redeem(found.Gift.Uuid, brandCode);

    /// <summary>Enters an event by its name in the Event API, or <c>redeem</c>, <c>scan</c>, <c>greylist</c>.</summary>
    /// <exception cref="FormatException">No such event.</exception>
    public void Do(InboxMessage message, string action, string? argument = null)
    {
        switch (action)
        {
            case "sent": Deliver(message); break;
            case "bounce": Bounce(message, argument != "soft"); break;
            case "greylist": Greylist(message); break;
            case "blocked": Block(message); break;
            case "open": Open(message); break;
            case "open-gmail": OpenInGmail(message); break;
            case "open-apple": OpenInAppleMail(message); break;
            case "click": Click(message, argument); break;
            case "scan": Scan(message); break;
            case "spam": Complain(message); break;
            case "unsub": Unsubscribe(message); break;
            case "redeem": Redeem(message, argument); break;
            default: throw new FormatException($"'{action}' is nothing a recipient does.");
        }
    }

    /// <summary>Plays all messages that nobody has touched yet.</summary>
    public PlayResult Play(PlayPlan plan)
    {
        var result = new PlayResult(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var message in desk.Inbox.Messages)
        {
            if ((plan.Campaign is null || message.Campaign == plan.Campaign) && message.State is MessageState.Queued or MessageState.Sent)
                result = Play(message, plan, result);
        }

        schedule.RunDue();
        return result;
    }

    private PlayResult Play(InboxMessage message, PlayPlan plan, PlayResult result)
    {
        var random = new SeededRandom(plan.Seed, message.CustomId + message.Recipient);
        result = result with { Messages = result.Messages + 1 };
        // Always the same draws in the same order: one share changed leaves the other fates alone.
        double bounce = random.NextDouble(), scan = random.NextDouble(), open = random.NextDouble(), click = random.NextDouble();
        double redeem = random.NextDouble(), leave = random.NextDouble(), when = random.NextDouble(), brand = random.NextDouble();
        if (bounce < plan.Blocked)
        {
            At(plan, 0, at => Block(message, at: at));
            return result with { Blocked = result.Blocked + 1 };
        }

        if (bounce < plan.Blocked + plan.Bounce)
        {
            At(plan, 0, at => Bounce(message, at: at));
            return result with { Bounced = result.Bounced + 1 };
        }

        if (message.State == MessageState.Queued)
            At(plan, 0, at => Deliver(message, at));
        result = result with { Delivered = result.Delivered + 1 };
        if (scan < plan.Scanner)
        {
            At(plan, 0, at => Scan(message, at));
            result = result with { Scanned = result.Scanned + 1 };
        }

        if (leave < plan.Spam)
        {
            At(plan, when, at => Complain(message, at));
            return result with { Spam = result.Spam + 1 };
        }

        if (leave < plan.Spam + plan.Unsubscribe)
        {
            At(plan, when, at => Unsubscribe(message, at));
            return result with { Unsubscribed = result.Unsubscribed + 1 };
        }

        if (open >= plan.Open)
            return result;
        At(plan, when * 0.5, when < 0.4 ? at => OpenInGmail(message, at) : when < 0.6 ? at => OpenInAppleMail(message, at) : at => Open(message, at));
        result = result with { Opened = result.Opened + 1 };
        if (click >= plan.Click || _links.Find(message) is not { } found)
            return result;
        At(plan, when * 0.7, at => Click(message, found.Url, at));
        result = result with { Clicked = result.Clicked + 1 };
        if (redeem >= plan.Redeem)
            return result;
        var brands = found.Gift.Order.Request.BrandCodes;
        At(plan, when, at => store.Redeem(found.Gift.Uuid, brands.Count == 0 ? null : brands[(int)(brand * brands.Count)], at));
        return result with { Redeemed = result.Redeemed + 1 };
    }

    private void At(PlayPlan plan, double share, Action<DateTimeOffset> action) => schedule.After(plan.Over * share, action);

    private void Enter(InboxMessage message, Func<DateTimeOffset, MailEvent> make, DateTimeOffset? at = null) => desk.Enter(message, make(at ?? clock.Now));
}
