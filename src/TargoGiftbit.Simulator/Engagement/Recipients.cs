using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Engagement;

/// <summary>The people at the other end: they get, open and click mails, complain, and claim gifts.</summary>
public sealed class Recipients(MailDesk desk, GiftbitStore store, SimulatorClock clock, Schedule schedule)
{
    private readonly GiftLinks _links = new(store);

    public void Deliver(InboxMessage message) => Enter(message, MailEvents.Sent);

    public void Bounce(InboxMessage message, bool hard = true) => Enter(message, at => MailEvents.Bounce(at, hard));

    /// <summary>Deferred by greylisting; <see cref="Deliver"/> follows when the test wants it.</summary>
    public void Greylist(InboxMessage message) => Enter(message, MailEvents.Greylisted);

    public void Block(InboxMessage message, string error = "preblocked", string relatedTo = "mailjet") =>
        Enter(message, at => MailEvents.Blocked(at, error, relatedTo));

    public void Open(InboxMessage message) => Enter(message, MailEvents.Open);

    public void OpenInGmail(InboxMessage message) => Enter(message, MailEvents.GmailOpen);

    public void OpenInAppleMail(InboxMessage message) => Enter(message, MailEvents.AppleOpen);

    /// <summary>Clicks an address, or the mail's gift link; false when there is none.</summary>
    public bool Click(InboxMessage message, string? url = null)
    {
        url ??= _links.Find(message)?.Url;
        if (url is not null)
            Enter(message, at => MailEvents.Click(at, url));
        return url is not null;
    }

    /// <summary>A scanner follows every link of the mail at once.</summary>
    public int Scan(InboxMessage message)
    {
        var urls = GiftLinks.All(message).Where(url => url.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Distinct().ToArray();
        foreach (var url in urls)
            Enter(message, at => MailEvents.ScannerClick(at, url));
        return urls.Length;
    }

    public void Complain(InboxMessage message) => Enter(message, MailEvents.Spam);

    public void Unsubscribe(InboxMessage message) => Enter(message, MailEvents.Unsubscribe);

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
            At(plan, 0, () => Block(message));
            return result with { Blocked = result.Blocked + 1 };
        }

        if (bounce < plan.Blocked + plan.Bounce)
        {
            At(plan, 0, () => Bounce(message));
            return result with { Bounced = result.Bounced + 1 };
        }

        if (message.State == MessageState.Queued)
            At(plan, 0, () => Deliver(message));
        result = result with { Delivered = result.Delivered + 1 };
        if (scan < plan.Scanner)
        {
            At(plan, 0, () => Scan(message));
            result = result with { Scanned = result.Scanned + 1 };
        }

        if (leave < plan.Spam)
        {
            At(plan, when, () => Complain(message));
            return result with { Spam = result.Spam + 1 };
        }

        if (leave < plan.Spam + plan.Unsubscribe)
        {
            At(plan, when, () => Unsubscribe(message));
            return result with { Unsubscribed = result.Unsubscribed + 1 };
        }

        if (open >= plan.Open)
            return result;
        At(plan, when * 0.5, when < 0.4 ? () => OpenInGmail(message) : when < 0.6 ? () => OpenInAppleMail(message) : () => Open(message));
        result = result with { Opened = result.Opened + 1 };
        if (click >= plan.Click || _links.Find(message) is not { } found)
            return result;
        At(plan, when * 0.7, () => Click(message, found.Url));
        result = result with { Clicked = result.Clicked + 1 };
        if (redeem >= plan.Redeem)
            return result;
        var brands = found.Gift.Order.Request.BrandCodes;
        At(plan, when, () => store.Redeem(found.Gift.Uuid, brands.Count == 0 ? null : brands[(int)(brand * brands.Count)]));
        return result with { Redeemed = result.Redeemed + 1 };
    }

    private void At(PlayPlan plan, double share, Action action) => schedule.After(plan.Over * share, action);

    private void Enter(InboxMessage message, Func<DateTimeOffset, MailEvent> make) => desk.Enter(message, make(clock.Now));
}
