namespace TargoGiftbit.Simulator.Faults;

/// <summary>
/// What goes wrong and when. Routes are names such as <c>giftbit.campaign.create</c>, <c>mailjet.send</c>,
/// <c>smtp.message</c>; a pattern may end in <c>*</c>. Scripted faults come before random ones.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Script> _scripts = [];
    private readonly List<Dice> _dice = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly List<(string Route, Fault Fault)> _applied = [];
    private TaskCompletionSource _held = NewHold();

    /// <summary>What was applied so far, in order.</summary>
    public IReadOnlyList<(string Route, Fault Fault)> Applied
    {
        get
        {
            lock (_gate)
                return [.. _applied];
        }
    }

    /// <summary>The next <paramref name="times"/> calls of the route fail so, after <paramref name="skip"/> good ones.</summary>
    public void Next(string route, Fault fault, int times = 1, int skip = 0)
    {
        lock (_gate)
            _scripts.Add(new Script(route, fault) { Left = times, Skip = skip });
    }

    /// <summary>Every call of the route fails so until <see cref="Clear"/>.</summary>
    public void Always(string route, Fault fault) => Next(route, fault, int.MaxValue);

    /// <summary>
    /// Each call fails with the given probability. What the n-th call of a route meets depends on the seed, the
    /// route and n alone, whatever else runs at the same time. Without faults to draw from it is
    /// <see cref="FaultKinds.Http"/> or <see cref="FaultKinds.Smtp"/>.
    /// </summary>
    public void Random(string route, double rate, int seed, params IReadOnlyList<Fault> faults)
    {
        lock (_gate)
            _dice.Add(new Dice(route, rate, seed, faults));
    }

    public void Clear()
    {
        lock (_gate)
        {
            _scripts.Clear();
            _dice.Clear();
        }

        Release();
    }

    /// <summary>Lets go the requests that a <see cref="FaultKind.Hold"/> keeps waiting now; those to come are still held.</summary>
    public void Release()
    {
        TaskCompletionSource held;
        lock (_gate)
            (held, _held) = (_held, NewHold());
        held.SetResult();
    }

    /// <summary>Waits for the next <see cref="Release"/>; false when the caller gave up first.</summary>
    internal async Task<bool> WaitForReleaseAsync(CancellationToken cancel)
    {
        Task held;
        lock (_gate)
            held = _held.Task;
        await held.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancel.IsCancellationRequested;
    }

    private static TaskCompletionSource NewHold() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Decides about one call; asked once per request by the services.</summary>
    public Fault? Take(string route)
    {
        lock (_gate)
        {
            if (_scripts.Count == 0 && _dice.Count == 0)
                return null;
            _calls[route] = _calls.GetValueOrDefault(route) + 1;
            var fault = TakeScripted(route) ?? Draw(route);
            if (fault is not null)
                _applied.Add((route, fault));
            return fault;
        }
    }

    private Fault? TakeScripted(string route)
    {
        foreach (var script in _scripts)
        {
            if (script.Left <= 0 || !Matches(script.Route, route))
                continue;
            if (script.Skip > 0)
            {
                script.Skip--;
                continue;
            }

            if (script.Left != int.MaxValue)
                script.Left--;
            return script.Fault;
        }

        return null;
    }

    private Fault? Draw(string route)
    {
        foreach (var dice in _dice)
        {
            if (!Matches(dice.Route, route))
                continue;
            var roll = new SeededRandom(dice.Seed, route, _calls[route]);
            if (roll.NextDouble() >= dice.Rate)
                continue;
            var faults = dice.Faults.Count > 0 ? dice.Faults : FaultKinds.For(route);
            return faults[roll.Next(faults.Count)];
        }

        return null;
    }

    private static bool Matches(string pattern, string route) =>
        pattern.EndsWith('*')
            ? route.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
            : route.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private sealed record Script(string Route, Fault Fault)
    {
        public int Left { get; set; }

        public int Skip { get; set; }
    }

    private sealed record Dice(string Route, double Rate, int Seed, IReadOnlyList<Fault> Faults);
}
