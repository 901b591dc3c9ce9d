using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Mailjet.Events;

/// <summary>An event on its way.</summary>
public readonly record struct QueuedEvent(InboxMessage Message, MailEvent Happening);

/// <summary>One try to hand events over; the status is 0 when there was no answer.</summary>
public sealed record EventPost(string Url, DateTimeOffset At, byte[] Body, int Events, int Status);

/// <summary>A registered address (mailjet.md §3, <c>eventcallbackurl</c>).</summary>
public sealed class EventCallback
{
    public required long Id { get; init; }

    public required MailEventKind EventType { get; init; }

    public required string Url { get; set; }

    /// <summary>1 = one bare object a post, 2 = grouped.</summary>
    public int Version { get; set; } = 1;

    public bool IsBackup { get; set; }

    /// <summary>False once the address has failed for a day, until it is updated.</summary>
    public bool IsAlive { get; set; } = true;
}
