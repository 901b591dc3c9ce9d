using TargoGiftbit.Simulator.Mailjet;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>
/// What Mailjet does with a message after accepting it, by whichever door it came: enters it, holds back a second
/// one of a deduplicated campaign, delivers it after a while, and tells what happens to it.
/// </summary>
public sealed class MailDesk(Inbox inbox, MailjetSwitches switches, SimulatorClock clock, Schedule schedule)
{
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
            schedule.After(switches.DeliveryDelay, () => Deliver(messages));
    }

    /// <summary>Enters an event and passes it on.</summary>
    public void Enter(InboxMessage message, MailEvent happening)
    {
        message.Enter(happening);
        Happened?.Invoke(message, happening);
    }

    private void Deliver(IReadOnlyList<InboxMessage> messages)
    {
        foreach (var message in messages.Where(message => message.State == MessageState.Queued))
        {
            var domain = MailAddresses.DomainOf(message.Sender);
            var trusted = switches.ValidatedSenders.Count == 0
                || switches.ValidatedSenders.Any(sender => sender.Equals(domain, StringComparison.OrdinalIgnoreCase) || sender.Equals(message.Sender, StringComparison.OrdinalIgnoreCase));
            // Where the call did not check the sender, the failure shows up later (mailjet.md §2).
            Enter(message, trusted
                ? new MailEvent(MailEventKind.Sent, clock.Now) { Comment = "sent (250 2.0.0 OK simulated)" }
                : new MailEvent(MailEventKind.Blocked, clock.Now) { Error = "sender blocked", ErrorRelatedTo = "spam" });
        }
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
                Enter(message, new MailEvent(MailEventKind.Blocked, clock.Now) { Error = "duplicate in campaign", ErrorRelatedTo = "mailjet" });
        }

        return first;
    }
}
