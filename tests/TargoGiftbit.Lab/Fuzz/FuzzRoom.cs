using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>
/// Mutated input to every parser. Only a <see cref="GiftException"/> or a documented result may come out, within a second, and without a
/// secret or a link in its words.
/// </summary>
internal static class FuzzRoom
{
    public static async Task RunAsync(LabArguments arguments, LabReport report)
    {
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            var seeds = await ServiceSeeds.CollectAsync(Path.Combine(folder, "seeds"));
            var run = new FuzzRun(arguments, seeds);
            var workers = Enumerable.Range(0, arguments.Has("only") ? 1 : Environment.ProcessorCount).Select(n => Task.Run(() => run.WorkAsync(Path.Combine(folder, $"worker-{n}"), n))).ToList();
            var all = Task.WhenAll(workers);
            while (!all.IsCompleted)
            {
                await Task.WhenAny(all, Task.Delay(1000));
                // A parser that never comes back cannot be asked to; the room is left with it still at work.
                if (run.Stuck() is { } stuck)
                {
                    run.Find(stuck, "no end within a minute");
                    break;
                }
            }
            if (all.IsFaulted) await all;
            run.Report(report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>One run over all targets by several workers. Every input has a number, from which alone it is made.</summary>
internal sealed class FuzzRun(LabArguments arguments, ServiceSeeds seeds)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1);

    private readonly int seed = arguments.Number("seed", 0);
    private readonly int count = arguments.Has("only") ? arguments.Number("only", 0) + 1 : arguments.Number("count", int.MaxValue);
    private readonly TimeSpan time = arguments.Has("count") || arguments.Has("only") ? TimeSpan.MaxValue : TimeSpan.FromSeconds(arguments.Number("seconds", 60));
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<string, int> parsed = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> codes = new();
    private readonly ConcurrentDictionary<string, string> found = new();
    private readonly ConcurrentDictionary<int, (string Input, long Since)> atWork = new();
    private int next = arguments.Number("only", 0) - 1;

    public async Task WorkAsync(string folder, int worker)
    {
        using var files = new FileTargets(folder, seeds.Campaign);
        await using var services = new ServiceTargets(seeds);
        var targets = files.All().Concat(MailTargets.All()).Concat(services.All()).ToList();
        if (arguments.Text("target") is { } name) targets = targets.FindAll(t => t.Name == name);
        if (targets.Count == 0) throw new ArgumentException($"There is no target '{arguments.Text("target")}'.");
        int n;
        while ((n = Interlocked.Increment(ref next)) < count && Stopwatch.GetElapsedTime(started) < time) await OneAsync(targets[n % targets.Count], n, worker);
    }

    public string? Stuck() => atWork.Values.FirstOrDefault(w => Stopwatch.GetElapsedTime(w.Since) > TimeSpan.FromMinutes(1)).Input;

    public void Find(string input, string what) => found.TryAdd(what, input);

    public void Report(LabReport report)
    {
        foreach (var (name, times) in parsed.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var refused = codes.TryGetValue(name, out var of) ? of.Values.Sum() : 0;
            LabReport.Say($"  {name}: {times:N0} inputs, {times - refused:N0} taken, {refused:N0} refused with {of?.Count ?? 0} codes");
        }
        foreach (var (what, input) in found) LabReport.Say($"  found: {input}: {what}");
        List<string> wrong = [.. found.Select(f => $"{f.Value}: {f.Key}")];
        report.Judge($"{parsed.Values.Sum():N0} inputs to {parsed.Count} parsers: nothing escaped, nothing hung, nothing leaked", wrong);
    }

    private async Task OneAsync(FuzzTarget target, int number, int worker)
    {
        var input = string.Create(CultureInfo.InvariantCulture, $"fuzz --seed {seed}{(arguments.Has("target") ? " --target " + target.Name : "")} --only {number} ({target.Name})");
        var took = TimeSpan.MaxValue;
        // Slow is what is slow three times over: the first time, everything has to be compiled.
        for (var attempt = 0; attempt < 3 && took > TooLong; attempt++)
        {
            var random = new Random(unchecked(seed * 31 + number * 7919));
            var bytes = Mutator.Of(target.Seeds, random);
            var begun = Stopwatch.GetTimestamp();
            var processor = Environment.CpuUsage.TotalTime;
            atWork[worker] = (input, begun);
            await ParseAsync(target, bytes, random, input);
            atWork.TryRemove(worker, out _);
            // A machine that has other things to do lets time pass, and gives none of it to the parser.
            var busy = Environment.CpuUsage.TotalTime - processor;
            var elapsed = Stopwatch.GetElapsedTime(begun);
            if (elapsed < busy) busy = elapsed;
            if (busy < took) took = busy;
        }
        if (took > TooLong) Find(input, $"{target.Name} took {took.TotalSeconds:0.0} s");
        parsed.AddOrUpdate(target.Name, 1, (_, n) => n + 1);
    }

    private async Task ParseAsync(FuzzTarget target, byte[] bytes, Random random, string input)
    {
        try
        {
            await target.Parse(bytes, random);
        }
        catch (GiftException e)
        {
            codes.GetOrAdd(target.Name, _ => new()).AddOrUpdate(e.Code, 1, (_, n) => n + 1);
            var said = e.ToString() + e.Remedy;
            if (said.Contains(FuzzTarget.SecretMark, StringComparison.Ordinal)) Find(input, $"{e.Code} shows a secret: {First(e)}");
            if (said.Contains("gtbt.co/" + FuzzTarget.LinkMark, StringComparison.Ordinal)) Find(input, $"{e.Code} shows a link: {First(e)}");
            if (e.Message.Length > 2000) Find(input, $"{e.Code} says {e.Message.Length} characters");
        }
        catch (Exception e) when (target.IsDocumented?.Invoke(e) == true)
        {
            codes.GetOrAdd(target.Name, _ => new()).AddOrUpdate(e.GetType().Name, 1, (_, n) => n + 1);
        }
        catch (Exception e)
        {
            // One of a kind is enough: where it was thrown tells the kind.
            Find(input, $"{e.GetType().Name} at {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Targo", StringComparison.Ordinal))?.Trim() ?? "?"}: {(e is InvalidOperationException or System.Resources.MissingManifestResourceException ? e.Message : "")}");
        }
    }

    private static string First(Exception e) => e.ToString().ReplaceLineEndings(" ") is { Length: > 300 } text ? text[..300] : e.ToString().ReplaceLineEndings(" ");
}
