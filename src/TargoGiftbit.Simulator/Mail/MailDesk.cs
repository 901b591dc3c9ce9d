using TargoGiftbit.Simulator.Mailjet;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>
/// What Mailjet does with a message after accepting it, by whichever door it came: enters it, holds back a second
/// one of a deduplicated campaign, delivers it after a while, and tells what happens to it.
/// </summary>
public sealed class MailDesk(Inbox inbox, MailjetSwitches switches, SimulatorClock clock, Schedule schedule)
{
    private static readonly TimeSpan GreylistDelay = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly HashSet<(string Campaign, string Recipient)> _deduplicated = [];

    /// <summary>Raised for every event of a message, in order.</summary>
    public event Action<InboxMessage, MailEvent>? Happened;

    public Inbox Inbox => inbox;

    /// <summary>Takes accepted messages in, all of one request at a time.</summary>
    internal void Accept(IReadOnlyList<InboxMessage> messages, bool deduplicate)
    {
        foreach (var message in messages)
            inbox.Add(message);
        if (deduplicate)
            messages = HoldBackRepeated(messages);
        if (switches.AutoDeliver && messages.Count > 0)
            schedule.After(switches.DeliveryDelay, at => Deliver(messages, at));
    }

    /// <summary>Enters an event and passes it on.</summary>
    public void Enter(InboxMessage message, MailEvent happening)
    {
        message.Enter(happening);
        Happened?.Invoke(message, happening);
    }

    private void Deliver(IReadOnlyList<InboxMessage> messages, DateTimeOffset at)
    {
        foreach (var message in messages.Where(message => message.State == MessageState.Queued))
        {
            var fate = Fate(message, at);
            Enter(message, fate);
            if (fate.Error == "greylisted")
                schedule.At(at + GreylistDelay, later => Enter(message, MailEvents.Sent(later)));
        }
    }

    private MailEvent Fate(InboxMessage message, DateTimeOffset at)
    {
        // Where the call did not check the sender, the failure shows up later (mailjet.md §2).
        if (!MailAddresses.IsListed(switches.ValidatedSenders, message.Sender, emptyMeansAll: true))
            return MailEvents.Blocked(at, "sender blocked", "spam");
        if (MailAddresses.IsListed(switches.BlockedRecipients, message.Recipient))
            return MailEvents.Blocked(at, "preblocked", "mailjet");
        if (MailAddresses.IsListed(switches.BouncingRecipients, message.Recipient))
            return MailEvents.Bounce(at, hard: true);
        return MailAddresses.IsListed(switches.GreylistedRecipients, message.Recipient)
            ? MailEvents.Greylisted(at)
            : MailEvents.Sent(at);
    }

    private List<InboxMessage> HoldBackRepeated(IReadOnlyList<InboxMessage> messages)
    {
        var first = new List<InboxMessage>(messages.Count);
        foreach (var message in messages)
        {
            bool isFirst;
            lock (_gate)
                isFirst = _deduplicated.Add((message.Campaign, message.Recipient.ToLowerInvariant()));
            if (isFirst)
                first.Add(message);
            else
                Enter(message, MailEvents.Blocked(clock.Now, "duplicate in campaign", "mailjet"));
        }

        return first;
    }
}
