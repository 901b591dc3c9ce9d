namespace TargoGiftbit.Simulator.Mail;

/// <summary>Where a message stands; the words are Mailjet's (mailjet.md §4, <c>MessageStatus</c>).</summary>
public enum MessageState
{
    Queued = 1,
    Sent = 2,
    Opened = 3,
    Clicked = 4,
    Bounce = 5,
    Spam = 6,
    Unsub = 7,
    Blocked = 8,
    SoftBounced = 9,
    HardBounced = 10,
    Deferred = 11,
}

/// <summary>One message that was really accepted, for one recipient.</summary>
public sealed class InboxMessage
{
    private readonly Lock _gate = new();
    private readonly List<MailEvent> _events = [];

    /// <summary>17 to 19 digits, beyond what a double holds.</summary>
    public required long Id { get; init; }

    public required Guid Uuid { get; init; }

    /// <summary><c>api</c> or <c>smtp</c>.</summary>
    public required string Transport { get; init; }

    public required string Recipient { get; init; }

    public string RecipientName { get; init; } = "";

    public required string Sender { get; init; }

    public string SenderName { get; init; } = "";

    public string Subject { get; init; } = "";

    public string CustomId { get; init; } = "";

    public string EventPayload { get; init; } = "";

    public string Campaign { get; init; } = "";

    public bool TrackOpens { get; init; } = true;

    public bool TrackClicks { get; init; } = true;

    public required DateTimeOffset AcceptedAt { get; init; }

    public required int Size { get; init; }

    /// <summary>None once the inbox keeps newer ones instead.</summary>
    public MailContent? Content { get; internal set; }

    public MessageState State { get; private set; } = MessageState.Queued;

    /// <summary>What happened to it, in the order in which it was entered.</summary>
    public IReadOnlyList<MailEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    internal void Enter(MailEvent happening)
    {
        lock (_gate)
        {
            _events.Add(happening);
            State = Next(State, happening);
        }
    }

    private static MessageState Next(MessageState state, MailEvent happening) => happening.Kind switch
    {
        MailEventKind.Sent => state is MessageState.Queued or MessageState.Deferred ? MessageState.Sent : state,
        MailEventKind.Open => state is MessageState.Clicked or MessageState.Spam or MessageState.Unsub ? state : MessageState.Opened,
        MailEventKind.Click => state is MessageState.Spam or MessageState.Unsub ? state : MessageState.Clicked,
        MailEventKind.Bounce when happening.Error == "greylisted" => MessageState.Deferred,
        MailEventKind.Bounce => happening.HardBounce ? MessageState.HardBounced : MessageState.SoftBounced,
        MailEventKind.Blocked => MessageState.Blocked,
        MailEventKind.Spam => MessageState.Spam,
        _ => MessageState.Unsub,
    };
}
