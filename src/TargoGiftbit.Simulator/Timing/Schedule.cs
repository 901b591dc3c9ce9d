namespace TargoGiftbit.Simulator.Timing;

/// <summary>
/// Things that shall happen at an instant of the simulator's clock, one after the other in order of time.
/// They run when the clock gets there, and at the latest before the next request is answered, so that an
/// answer never shows a state that is already past.
/// </summary>
public sealed class Schedule : IDisposable
{
    private readonly SimulatorClock _clock;
    private readonly ITimer _timer;
    private readonly Lock _queueGate = new();
    private readonly Lock _runGate = new();
    private readonly PriorityQueue<Action<DateTimeOffset>, (long Due, long Order)> _queue = new();
    private long _order;

    public Schedule(SimulatorClock clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many actions still wait for their time.</summary>
    public int Waiting
    {
        get
        {
            lock (_queueGate)
                return _queue.Count;
        }
    }

    public void After(TimeSpan delay, Action<DateTimeOffset> action) => At(_clock.Now + delay, action);

    /// <summary>Plans an action. It is told the instant it was due at: the clock may have jumped past it.</summary>
    public void At(DateTimeOffset due, Action<DateTimeOffset> action)
    {
        lock (_queueGate)
            _queue.Enqueue(action, (due.UtcTicks, _order++));
        SetTimer();
    }

    public void RunDue()
    {
        // Not re-entrant from another thread: actions keep the order of their times.
        lock (_runGate)
        {
            while (TakeDue() is { } due)
                due.Action(due.At);
        }

        SetTimer();
    }

    public void Dispose() => _timer.Dispose();

    private (Action<DateTimeOffset> Action, DateTimeOffset At)? TakeDue()
    {
        lock (_queueGate)
        {
            if (!_queue.TryPeek(out _, out var key) || key.Due > _clock.Now.UtcTicks)
                return null;
            return (_queue.Dequeue(), new DateTimeOffset(key.Due, TimeSpan.Zero));
        }
    }

    private void SetTimer()
    {
        TimeSpan wait;
        lock (_queueGate)
        {
            if (!_queue.TryPeek(out _, out var key))
                return;
            wait = TimeSpan.FromTicks(Math.Max(0, key.Due - _clock.Now.UtcTicks));
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
