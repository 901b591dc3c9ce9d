using System.Net.Http.Headers;
using System.Text;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mailjet.Events;

/// <summary>
/// Posts events to the addresses that asked for them: grouped by the second, tried again every thirty seconds,
/// given up after a day (mailjet.md §3). Times are the simulator's; the posts themselves are real.
/// </summary>
public sealed class EventEmitter : IDisposable
{
    private readonly MailjetSwitches _switches;
    private readonly SimulatorClock _clock;
    private readonly Schedule _schedule;
    private readonly EventJson _json;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EventChannel> _channels = [];
    private readonly List<EventPost> _posts = [];
    private SeededRandom _random;

    internal EventEmitter(SimulatorOptions options, SimulatorClock clock, Schedule schedule, MailDesk desk)
    {
        _switches = options.Mailjet;
        _clock = clock;
        _schedule = schedule;
        _json = new EventJson(_switches);
        _random = new SeededRandom(options.Seed, "events");
        Callbacks = new CallbackBook(_switches);
        desk.Happened += Take;
    }

    public CallbackBook Callbacks { get; }

    /// <summary>Every try so far, oldest first.</summary>
    public IReadOnlyList<EventPost> Posts
    {
        get
        {
            lock (_gate)
                return [.. _posts];
        }
    }

    /// <summary>Events that wait for their post, or for the next try.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _channels.Values.Sum(channel => channel.Queue.Count);
        }
    }

    /// <summary>
    /// Posts at once whatever waits, and returns when the receivers have answered. What they refuse stays for the
    /// next try; true when nothing is left.
    /// </summary>
    public async Task<bool> FlushAsync(CancellationToken cancel = default)
    {
        _schedule.RunDue();
        EventChannel[] channels;
        lock (_gate)
            channels = [.. _channels.Values];
        foreach (var channel in channels)
            await FlushAsync(channel, cancel);
        return Waiting == 0;
    }

    public void Dispose() => _http.Dispose();

    private void Take(InboxMessage message, MailEvent happening)
    {
        if (Callbacks.Find(happening.Kind) is not { } target)
            return;
        EventChannel channel;
        bool isFirst;
        lock (_gate)
        {
            if (!_channels.TryGetValue(target.Url, out channel!))
                _channels.Add(target.Url, channel = new EventChannel(target.Url));
            channel.Grouped = target.Grouped;
            isFirst = !channel.IsPlanned;
            channel.IsPlanned = true;
            channel.Queue.Add(new QueuedEvent(message, happening));
            if (_switches.EventDuplicateRate > 0 && _random.NextDouble() < _switches.EventDuplicateRate)
                channel.Queue.Add(new QueuedEvent(message, happening));
        }

        if (isFirst)
            _schedule.After(_switches.EventWindow, _ => Start(channel));
    }

    // Not awaited: the clock goes on while a receiver takes its time.
    private void Start(EventChannel channel) => _ = FlushAsync(channel, CancellationToken.None);

    private async Task FlushAsync(EventChannel channel, CancellationToken cancel)
    {
        await channel.Turn.WaitAsync(cancel);
        try
        {
            while (NextGroup(channel) is { Length: > 0 } group)
            {
                if (!await PostAsync(channel, group, cancel))
                {
                    Postpone(channel);
                    return;
                }

                lock (_gate)
                    channel.Queue.RemoveRange(0, group.Length);
                channel.FailingSince = null;
            }
        }
        finally
        {
            channel.Turn.Release();
        }
    }

    /// <summary>The events of the next post; a group that failed is repeated whole, so its members stay in front.</summary>
    private QueuedEvent[] NextGroup(EventChannel channel)
    {
        lock (_gate)
        {
            if (_switches.EventsShuffled && channel.FailingSince is null)
                Shuffle(channel.Queue);
            var count = Math.Min(channel.Queue.Count, channel.Grouped ? _switches.EventsPerPost : 1);
            if (count == 0)
                channel.IsPlanned = false;
            return [.. channel.Queue.Take(count)];
        }
    }

    private async Task<bool> PostAsync(EventChannel channel, QueuedEvent[] group, CancellationToken cancel)
    {
        var body = channel.Grouped ? _json.Group(group) : _json.Bare(group[0]);
        var status = 0;
        try
        {
            var target = new Uri(channel.Url);
            using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(target) { UserName = "", Password = "" }.Uri);
            if (target.UserInfo.Length > 0)
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(target.UserInfo))));
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.SendAsync(request, cancel);
            status = (int)response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or ObjectDisposedException or UriFormatException)
        {
            // No answer: the same as a bad one.
        }

        lock (_gate)
            _posts.Add(new EventPost(channel.Url, _clock.Now, body, group.Length, status));
        // Exactly 200 (§3).
        return status == 200;
    }

    private void Postpone(EventChannel channel)
    {
        channel.FailingSince ??= _clock.Now;
        if (_clock.Now - channel.FailingSince < _switches.EventGiveUp)
        {
            _schedule.After(_switches.EventRetry, _ => Start(channel));
            return;
        }

        Callbacks.Suspend(channel.Url);
        lock (_gate)
        {
            channel.Queue.Clear();
            channel.IsPlanned = false;
        }
    }

    private void Shuffle(List<QueuedEvent> events)
    {
        for (var at = events.Count - 1; at > 0; at--)
        {
            var other = _random.Next(at + 1);
            (events[at], events[other]) = (events[other], events[at]);
        }
    }

    private sealed class EventChannel(string url)
    {
        public string Url { get; } = url;

        public bool Grouped { get; set; }

        public List<QueuedEvent> Queue { get; } = [];

        /// <summary>A post is planned or under way.</summary>
        public bool IsPlanned { get; set; }

        public DateTimeOffset? FailingSince { get; set; }

        /// <summary>One post at a time.</summary>
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
