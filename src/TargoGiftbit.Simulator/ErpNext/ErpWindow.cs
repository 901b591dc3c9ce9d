using System.Globalization;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>The rate limit of a site, off by default (erpnext.md §6).</summary>
internal sealed class ErpWindow(ErpNextSwitches switches, SimulatorClock clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private DateTimeOffset _start;
    private int _used;

    /// <summary>Counts a request; true when it is one too many.</summary>
    public bool Refuse()
    {
        if (switches.RateLimit == 0)
            return false;
        lock (_gate)
        {
            if (clock.Now - _start >= Length)
                (_start, _used) = (clock.Now, 0);
            return ++_used > switches.RateLimit;
        }
    }

    public (string, string)[] Headers()
    {
        if (switches.RateLimit == 0)
            return [];
        lock (_gate)
            return [("X-RateLimit-Limit", Text(switches.RateLimit)), ("X-RateLimit-Remaining", Text(Math.Max(0, switches.RateLimit - _used))), ("X-RateLimit-Reset", Text(Left()))];
    }

    public (string, string)[] RetryAfter() => switches.RateLimit == 0 ? [] : [("Retry-After", Text(Left()))];

    private int Left() => (int)Math.Ceiling((_start + Length - clock.Now).TotalSeconds);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
