using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class SimulatorClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_day_passes_in_a_moment_on_a_fast_clock()
    {
        using var clock = new SimulatorClock(Start, scale: 864_000);
        await Task.Delay(TimeSpan.FromDays(1), clock);
        Assert.True(clock.Now >= Start.AddDays(1));
    }

    [Fact]
    public async Task A_standing_clock_waits_for_the_test()
    {
        using var clock = new SimulatorClock(Start, scale: 0);
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock);
        await Task.Delay(20);
        Assert.False(delay.IsCompleted);
        Assert.Equal(Start, clock.Now);
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void What_is_scheduled_happens_in_order_of_time()
    {
        using var clock = new SimulatorClock(Start, scale: 0);
        using var schedule = new Schedule(clock);
        var order = new List<int>();
        schedule.After(TimeSpan.FromHours(2), _ => order.Add(2));
        schedule.After(TimeSpan.FromHours(1), _ => order.Add(1));
        schedule.After(TimeSpan.FromHours(3), _ => order.Add(3));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([1, 2], order);
        Assert.Equal(1, schedule.Waiting);
    }

    [Fact]
    public void Pacific_days_end_an_hour_apart_in_summer_and_winter()
    {
        Assert.Equal(new DateTimeOffset(2026, 7, 2, 7, 0, 0, TimeSpan.Zero), PacificTime.EndOfDay(new DateOnly(2026, 7, 1)));
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 8, 0, 0, TimeSpan.Zero), PacificTime.EndOfDay(new DateOnly(2026, 12, 1)));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 19, 0, 2, TimeSpan.Zero), PacificTime.Read("2026-07-01 12:00:02"));
    }
}
