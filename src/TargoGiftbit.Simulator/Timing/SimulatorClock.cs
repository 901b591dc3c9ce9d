namespace TargoGiftbit.Simulator.Timing;

/// <summary>
/// The simulator's time: starts where the test says, runs <see cref="Scale"/> times as fast as real time
/// (0 = stands still), and can be pushed forward by hand. Timers and <c>Task.Delay(…, clock)</c> follow it.
/// </summary>
public sealed class SimulatorClock : TimeProvider, IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Appointment, long> _appointments = new();
    private readonly Timer _alarm;
    private long _anchorTicks;
    private long _anchorReal;
    private double _scale;
    private bool _disposed;

    public SimulatorClock(DateTimeOffset? start = null, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        _anchorTicks = (start ?? DateTimeOffset.UtcNow).UtcTicks;
        _anchorReal = System.GetTimestamp();
        _scale = scale;
        _alarm = new Timer(_ => RunDue());
    }

    /// <summary>Simulated seconds per real second; 86400 plays a day in a second.</summary>
    public double Scale
    {
        get => _scale;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_gate)
            {
                Anchor(NowTicks());
                _scale = value;
                SetAlarm();
            }
        }
    }

    public DateTimeOffset Now => GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return new DateTimeOffset(NowTicks(), TimeSpan.Zero);
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return NowTicks();
    }

    /// <summary>Pushes the clock forward; whatever falls due on the way has run when this returns.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_gate)
            Anchor(NowTicks() + by.Ticks);
        RunDue();
    }

    /// <summary>Pushes the clock forward to an instant; an instant in the past is ignored.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        var by = instant - Now;
        if (by > TimeSpan.Zero)
            Advance(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _appointments.Clear();
        }

        _alarm.Dispose();
    }

    private long NowTicks() =>
        _anchorTicks + (long)(System.GetElapsedTime(_anchorReal).Ticks * _scale);

    private void Anchor(long ticks)
    {
        _anchorTicks = ticks;
        _anchorReal = System.GetTimestamp();
    }

    private void Enter(ClockTimer timer, int version, TimeSpan dueTime)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var due = NowTicks() + dueTime.Ticks;
            _appointments.Enqueue(new Appointment(timer, version, due), due);
            SetAlarm();
        }
    }

    private void SetAlarm()
    {
        if (_disposed)
            return;
        var wait = _appointments.TryPeek(out _, out var due) ? due - NowTicks() : long.MaxValue;
        if (wait == long.MaxValue || (_scale == 0 && wait > 0))
        {
            _alarm.Change(Timeout.Infinite, Timeout.Infinite);
            return;
        }

        var milliseconds = wait <= 0 ? 0 : wait / _scale / TimeSpan.TicksPerMillisecond;
        _alarm.Change((long)Math.Clamp(Math.Ceiling(milliseconds), 0, int.MaxValue), Timeout.Infinite);
    }

    private void RunDue()
    {
        while (true)
        {
            Appointment appointment;
            lock (_gate)
            {
                if (_disposed)
                    return;
                if (!_appointments.TryPeek(out appointment, out var due) || due > NowTicks())
                {
                    SetAlarm();
                    return;
                }

                _appointments.Dequeue();
            }

            appointment.Timer.Ring(appointment.Version);
        }
    }

    private readonly record struct Appointment(ClockTimer Timer, int Version, long Due);

    private sealed class ClockTimer(SimulatorClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _lock = new();
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private int _version;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int version;
            lock (_lock)
            {
                if (_disposed)
                    return false;
                version = ++_version;
                _period = period;
            }

            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.Enter(this, version, dueTime);
            return true;
        }

        public void Ring(int version)
        {
            lock (_lock)
            {
                if (_disposed || version != _version)
                    return;
            }

            if (_period > TimeSpan.Zero)
                clock.Enter(this, version, _period);
            callback(state);
        }

        public void Dispose()
        {
            lock (_lock)
                _disposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
