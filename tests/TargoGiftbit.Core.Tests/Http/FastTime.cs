namespace TargoGiftbit.Core.Tests.Http;

/// <summary>Runs a given number of times faster than real time, waits included.</summary>
internal sealed class FastTime(double factor) : TimeProvider
{
    private readonly DateTimeOffset start = System.GetUtcNow();
    private readonly long startStamp = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(System.GetElapsedTime(startStamp).Ticks * factor);

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime / factor, period < TimeSpan.Zero ? period : period / factor);
}
