using System.Globalization;

namespace TargoGiftbit.Simulator.Faults;

/// <summary>The faults by name, for the command line, and the sets that random faults are drawn from.</summary>
public static class FaultKinds
{
    /// <summary>What an HTTP service can do to a client, before and after the effect.</summary>
    public static IReadOnlyList<Fault> Http { get; } =
    [
        Fault.RateLimit(), Fault.RateLimit(retryAfter: 1),
        Fault.ServerError(500), Fault.ServerError(502, afterEffect: true), Fault.ServerError(503), Fault.ServerError(504, afterEffect: true),
        Fault.Hang(), Fault.Hang(afterEffect: true), Fault.Reset(), Fault.Reset(afterEffect: true),
        Fault.Slow(TimeSpan.FromMilliseconds(30)), Fault.Truncate(), Fault.Cut(), Fault.Garbage(),
    ];

    /// <summary>What an SMTP server can do to a client.</summary>
    public static IReadOnlyList<Fault> Smtp { get; } =
    [
        Fault.Smtp(421, "4.3.2 Service not available, closing channel"), Fault.Smtp(451, "4.7.1 Try again later"),
        Fault.Smtp(452, "4.3.1 Insufficient system storage"), Fault.Reset(), Fault.Reset(afterEffect: true),
        Fault.Slow(TimeSpan.FromMilliseconds(30)),
    ];

    public static IReadOnlyList<Fault> For(string route) =>
        route.StartsWith("smtp.", StringComparison.OrdinalIgnoreCase) ? Smtp : Http;

    /// <summary>
    /// Reads <c>429</c>, <c>429-retry-after</c>, <c>503</c>, <c>503-after</c>, <c>hang</c>, <c>hang-after</c>, <c>reset</c>,
    /// <c>reset-after</c>, <c>slow</c>, <c>hold</c>, <c>truncate</c>, <c>cut</c>, <c>trickle</c>, <c>garbage</c>.
    /// </summary>
    public static Fault Parse(string name)
    {
        var after = name.EndsWith("-after", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("retry-after", StringComparison.OrdinalIgnoreCase);
        var word = (after ? name[..^"-after".Length] : name).ToLowerInvariant();
        return word switch
        {
            "429-retry-after" => Fault.RateLimit(retryAfter: 1),
            "hang" or "timeout" => Fault.Hang(after),
            "reset" => Fault.Reset(after),
            "hold" => Fault.Hold(),
            "slow" => Fault.Slow(TimeSpan.FromSeconds(1)),
            "truncate" => Fault.Truncate(),
            "cut" => Fault.Cut(),
            "trickle" => Fault.Trickle(),
            "garbage" => Fault.Garbage(),
            _ when int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 300 and < 600 =>
                new Fault(FaultKind.Reply, after) { Status = status, ClosesSession = status == 421 },
            _ => throw new FormatException($"'{name}' names no fault."),
        };
    }

    /// <summary>
    /// Enters a fault given on the command line: <c>ROUTE=FAULT</c>, <c>ROUTE=FAULT*TIMES</c>, <c>ROUTE=FAULT*always</c>,
    /// <c>ROUTE=random:RATE</c>, <c>ROUTE=random:RATE:SEED</c>.
    /// </summary>
    public static void Enter(FaultPlan plan, string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length != 2)
            throw new FormatException($"'{text}' is no fault: write ROUTE=FAULT.");
        if (parts[1].StartsWith("random:", StringComparison.OrdinalIgnoreCase))
        {
            var numbers = parts[1].Split(':');
            var seed = numbers.Length > 2 ? int.Parse(numbers[2], CultureInfo.InvariantCulture) : 1;
            plan.Random(parts[0], double.Parse(numbers[1], CultureInfo.InvariantCulture), seed);
            return;
        }

        var words = parts[1].Split('*', 2);
        var times = words.Length == 1 ? 1
            : words[1].Equals("always", StringComparison.OrdinalIgnoreCase) ? int.MaxValue
            : int.Parse(words[1], CultureInfo.InvariantCulture);
        plan.Next(parts[0], Parse(words[0]), times);
    }
}
