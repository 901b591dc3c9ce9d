using TargoGiftbit.Lab;
using TargoGiftbit.Lab.Disk;
using TargoGiftbit.Lab.Faults;
using TargoGiftbit.Lab.Fuzz;
using TargoGiftbit.Lab.Kill;
using TargoGiftbit.Lab.Processes;

// The rooms of the laboratory. Each can be entered alone, with a seed, at the size that one has time for.
Dictionary<string, Func<LabArguments, LabReport, Task>> rooms = new(StringComparer.Ordinal)
{
    ["kill"] = KillRoom.RunAsync,
    ["faults"] = FaultRoom.RunAsync,
    ["processes"] = ProcessRoom.RunAsync,
    ["disk"] = DiskRoom.RunAsync,
    ["fuzz"] = FuzzRoom.RunAsync,
};

// What the rooms start as processes of their own.
Dictionary<string, Func<LabArguments, Task<int>>> workers = new(StringComparer.Ordinal)
{
    [HostWorker.Name] = HostWorker.RunAsync,
    [CrowdWorker.Name] = CrowdWorker.RunAsync,
    [DiskRoom.InsideName] = DiskRoom.RunInsideAsync,
};

var room = args.Length > 0 ? args[0] : "";
var arguments = new LabArguments(args.Skip(1));
if (workers.TryGetValue(room, out var work)) return await work(arguments);
if (room != "ci" && !rooms.ContainsKey(room))
{
    Console.Error.WriteLine(
        $"""
        Usage: dotnet run --project tests/TargoGiftbit.Lab -- ci | kill | faults | processes | disk | fuzz [options]
          ci                                              all rooms, small
          kill       --points 200 --gifts 1000            SIGKILL at random points of an order-send-poll run, resumed each time
                     --mode PerRecipient --host           one order per recipient; a plain process in place of pwsh
          faults     --campaigns 4 --gifts 200            a fifth of all requests fails; servers that answer nonsense
          processes  --gifts 600 --seconds 8              eight processes on one ledger
          disk       --rounds 12 --gifts 120              a disk that fills up, a folder that cannot be written
          fuzz       --seconds 60 | --count 1000000       mutated input to every parser; --target NAME for one of them
          Every room takes --seed N and prints the one it used.
        """);
    return 2;
}

if (room != "ci")
{
    var report = new LabReport();
    await report.RunAsync(room, arguments, [], rooms[room]);
    return LabReport.Close(report);
}

// Killed processes mostly wait, and so do servers that answer nothing: these rooms share the time. Mutated input takes all the cores there are.
LabReport kills = new(), others = new();
await Task.WhenAll(Task.Run(() => EnterAsync(kills, "kill")), Task.Run(() => EnterAsync(others, "faults", "processes", "disk")));
await EnterAsync(others, "fuzz");
return LabReport.Close(kills, others);

async Task EnterAsync(LabReport report, params string[] names)
{
    foreach (var name in names) await report.RunAsync(name, arguments, LabArguments.ContinuousIntegration(name), rooms[name]);
}
