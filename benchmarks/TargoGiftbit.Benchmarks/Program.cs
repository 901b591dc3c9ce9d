using TargoGiftbit.Benchmarks;
using TargoGiftbit.Benchmarks.Mail;

// One sub-command per room: each measures in a process of its own, so that its peak memory is its own too.
Dictionary<string, Func<string[], CancellationToken, Task<int>>> benchmarks = new(StringComparer.OrdinalIgnoreCase)
{
    ["contacts"] = ContactsBenchmark.RunAsync,
    ["mail"] = MailBenchmark.RunAsync,
    ["mail-run"] = MailRun.RunAsync,
    ["mail-parts"] = (_, _) => MailParts.RunAsync(),
    ["mail-sink"] = (_, stop) => ApiSink.RunAsync(stop),
    ["ledger"] = LedgerBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["pipeline"] = PipelineBenchmark.RunAsync,
    ["events"] = EventsBenchmark.RunAsync,
    ["events-spoilt"] = MutationBenchmark.RunAsync,
    ["report"] = ReportBenchmark.RunAsync,
    ["status"] = StatusBenchmark.RunAsync,
    [StatusBenchmark.Polling] = StatusBenchmark.PollAsync,
    ["events-listen"] = EventsBenchmark.ListenAsync,
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out var run)) return await run(args[1..], stop.Token);

Console.Error.WriteLine($"Usage: dotnet run -c Release --project benchmarks/TargoGiftbit.Benchmarks -- {string.Join('|', benchmarks.Keys)} [options]");
return 2;
