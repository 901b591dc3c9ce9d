namespace TargoGiftbit.Simulator.Mail;

/// <summary>Identity of a mail for "no mail twice": recipient, CustomID and attempt.</summary>
public readonly record struct MailKey(string Recipient, string CustomId, string EventPayload);

/// <summary>Every message that was really accepted, through the API or through SMTP, with its indexes.</summary>
public sealed class Inbox(int keptBodies)
{
    private readonly Lock _gate = new();
    private readonly List<InboxMessage> _messages = [];
    private readonly Dictionary<string, List<InboxMessage>> _byCustomId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, InboxMessage> _byId = [];
    private readonly Dictionary<MailKey, int> _copies = [];
    private readonly Queue<InboxMessage> _withBody = new();
    private long _number;

    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    /// <summary>All messages, oldest first.</summary>
    public IReadOnlyList<InboxMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    /// <summary>Mails that were accepted more than once, with their count: must be empty after every campaign.</summary>
    public IReadOnlyDictionary<MailKey, int> Duplicates
    {
        get
        {
            lock (_gate)
                return _copies.Where(pair => pair.Value > 1).ToDictionary();
        }
    }

    /// <summary>CustomIDs that were accepted more than once, under whatever attempt or address.</summary>
    public IReadOnlyDictionary<string, int> RepeatedCustomIds
    {
        get
        {
            lock (_gate)
                return _byCustomId.Where(pair => pair.Key.Length > 0 && pair.Value.Count > 1).ToDictionary(pair => pair.Key, pair => pair.Value.Count);
        }
    }

    public IReadOnlyList<InboxMessage> ByCustomId(string customId)
    {
        lock (_gate)
            return _byCustomId.TryGetValue(customId, out var found) ? [.. found] : [];
    }

    public InboxMessage? ById(long id)
    {
        lock (_gate)
            return _byId.GetValueOrDefault(id);
    }

    public IReadOnlyList<InboxMessage> To(string recipient) =>
        [.. Messages.Where(message => message.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The next MessageID: 17, 18 or 19 digits, odd, so that no double holds it (mailjet.md §2).</summary>
    internal long NextId()
    {
        var number = Interlocked.Increment(ref _number);
        return (number % 3) switch
        {
            0 => (1L << 56) + (number * 2) + 1,
            1 => (1L << 59) + (number * 2) + 1,
            _ => (1L << 60) + (number * 2) + 1,
        };
    }

    /// <summary>Enters a message; false if it is one too many for its campaign and recipient.</summary>
    internal void Add(InboxMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
            _byId.Add(message.Id, message);
            if (!_byCustomId.TryGetValue(message.CustomId, out var same))
                _byCustomId.Add(message.CustomId, same = new List<InboxMessage>(1));
            same.Add(message);
            var key = new MailKey(message.Recipient, message.CustomId, message.EventPayload);
            _copies[key] = _copies.GetValueOrDefault(key) + 1;
            if (message.Content is null)
                return;
            _withBody.Enqueue(message);
            while (_withBody.Count > keptBodies)
                _withBody.Dequeue().Content = null;
        }
    }
}
