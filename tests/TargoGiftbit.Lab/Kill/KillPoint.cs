using System.Diagnostics;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Lab.Kill;

/// <summary>When a process is killed: so long after it was started or was first heard of, or just after its n-th request of a kind.</summary>
/// <param name="Route">The kind of request, null for any.</param>
/// <param name="Count">Which one; 0 counts time from the start of the process.</param>
/// <param name="Delay">How long after it.</param>
internal sealed record KillPoint(string? Route, int Count, TimeSpan Delay)
{
    /// <summary>Draws a point. Half of them are instants, half hang on a request, whose effect is then a moment old.</summary>
    /// <param name="random">The dice.</param>
    /// <param name="stage">Where the campaign stands.</param>
    /// <param name="stretch">How much of a run one process is to get through on average.</param>
    public static KillPoint Draw(Random random, KillStage stage, TimeSpan stretch) => random.Next(20) switch
    {
        // Before it has done anything: while the module loads and the ledger opens.
        0 => new(null, 0, random.NextDouble() * TimeSpan.FromSeconds(2)),
        < 10 => stage switch
        {
            KillStage.Send => new("mailjet.send", 1, random.NextDouble() * 2 * stretch),
            // The first mails come seconds after the order: a run that never got there would only ever be killed before them.
            KillStage.Links => new(null, 1, random.NextDouble() * TimeSpan.FromSeconds(5)),
            _ => new(null, 1, random.NextDouble() * 2 * stretch),
        },
        < 13 => new(null, random.Next(1, 12), random.NextDouble() * TimeSpan.FromMilliseconds(5)),
        // No request may be waited for that need not come, or the run gets done meanwhile.
        _ => stage switch
        {
            KillStage.Order => new("giftbit.campaign.create", 1, random.NextDouble() * TimeSpan.FromMilliseconds(10)),
            KillStage.Send => new("mailjet.send", random.Next(1, 4), random.NextDouble() * TimeSpan.FromMilliseconds(80)),
            KillStage.Links => new("mailjet.send", 1, random.NextDouble() * TimeSpan.FromMilliseconds(80)),
            _ => new("giftbit.gifts", 1, random.NextDouble() * TimeSpan.FromMilliseconds(10)),
        },
    };

    /// <summary>Waits for the point.</summary>
    /// <returns>False when the process ended before it.</returns>
    public async Task<bool> ReachedAsync(LabProcess process, SimulatorHost simulator)
    {
        var limit = Stopwatch.StartNew();
        while (Count > 0 && (Route is null ? simulator.Requests.All.Count : simulator.Requests.Count(Route)) < Count)
        {
            if (process.HasExited) return false;
            if (limit.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException($"The process neither ended nor came to {this}.");
            await Task.Delay(1);
        }
        // Task.Delay is too coarse for the last milliseconds.
        var until = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(until) < Delay)
            if (Delay - Stopwatch.GetElapsedTime(until) > TimeSpan.FromMilliseconds(20)) await Task.Delay(5);
        return !process.HasExited;
    }

    public override string ToString() => Count == 0 ? $"{Delay.TotalMilliseconds:0} ms after its start" : $"{Delay.TotalMilliseconds:0.0} ms after request {Count} {Route}";
}

/// <summary>Where a campaign stands when its process is started.</summary>
internal enum KillStage
{
    /// <summary>Not ordered.</summary>
    Order,

    /// <summary>Ordered, without links.</summary>
    Links,

    /// <summary>Mails are open.</summary>
    Send,

    /// <summary>All mailed.</summary>
    Poll,
}
