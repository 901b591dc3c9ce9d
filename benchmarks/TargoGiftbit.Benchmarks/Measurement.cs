using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Benchmarks;

/// <summary>What every benchmark prints: a rate, the time behind it and the peak memory of the process.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Count">How many.</param>
/// <param name="Elapsed">In how long.</param>
/// <param name="PeakBytes">Peak resident memory of the process that did it.</param>
public sealed record Measurement(string Name, long Count, TimeSpan Elapsed, long PeakBytes)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>Peak resident memory of this process so far.</summary>
    public static long PeakOfThisProcess()
    {
        using var me = Process.GetCurrentProcess();
        return me.PeakWorkingSet64;
    }

    public static async Task<Measurement> OfAsync(string name, Func<Task<long>> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var count = await work();
        return new Measurement(name, count, watch.Elapsed, PeakOfThisProcess());
    }

    /// <summary>The best of several runs: the others show what else the machine was doing.</summary>
    public static async Task<Measurement> BestOfAsync(int runs, string name, Func<Task<long>> work)
    {
        Measurement? best = null;
        for (var i = 0; i < runs; i++)
        {
            var one = await OfAsync(name, work);
            if (best is null || one.Elapsed < best.Elapsed) best = one;
        }
        return best!;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-52} {PerSecond,12:N0}/s {Elapsed.TotalMilliseconds,10:N0} ms {PeakBytes / 1048576.0,8:N0} MB peak");
}
