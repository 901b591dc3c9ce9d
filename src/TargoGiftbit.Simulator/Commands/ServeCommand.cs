using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Simulator.Commands;

/// <summary><c>serve</c>: starts a simulator, prints one line of JSON with its addresses, runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        SimulatorOptions options;
        List<string> faults = [];
        try
        {
            options = Read(args, faults);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or OverflowException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return Usage.Print();
        }

        await using var sim = await SimulatorHost.StartAsync(options);
        foreach (var fault in faults)
            FaultKinds.Enter(sim.Faults, fault);
        await Console.Out.WriteLineAsync(Describe(sim));
        await Console.Out.FlushAsync();
        await UntilStoppedAsync();
        return 0;
    }

    /// <summary>The line of JSON that <c>serve</c> prints.</summary>
    public static string Describe(SimulatorHost sim)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("giftbit", sim.Addresses.Giftbit.AbsoluteUri);
            json.WriteString("mailjet", sim.Addresses.Mailjet.AbsoluteUri);
            json.WriteString("smtp", sim.Addresses.Smtp.AbsoluteUri);
            json.WriteString("smtps", sim.Addresses.Smtps.AbsoluteUri);
            json.WriteString("web", sim.Addresses.Web.AbsoluteUri);
            json.WriteString("ifeelgoods", sim.Addresses.Ifeelgoods.AbsoluteUri);
            json.WriteString("erpnext", sim.Addresses.ErpNext.AbsoluteUri);
            json.WriteStartObject("env");
            foreach (var (name, value) in sim.Environment)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static SimulatorOptions Read(string[] args, List<string> faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var switches = new List<string>();
        for (var at = 0; at < args.Length; at += 2)
        {
            if (at + 1 == args.Length)
                throw new FormatException($"{args[at]} needs a value.");
            switch (args[at])
            {
                case "--switch": switches.Add(args[at + 1]); break;
                case "--fault": faults.Add(args[at + 1]); break;
                case "--port-base" or "--clock-scale" or "--start" or "--seed": values[args[at]] = args[at + 1]; break;
                default: throw new FormatException($"{args[at]} is no option.");
            }
        }

        var options = new SimulatorOptions
        {
            PortBase = int.Parse(values.GetValueOrDefault("--port-base", "0"), CultureInfo.InvariantCulture),
            ClockScale = double.Parse(values.GetValueOrDefault("--clock-scale", "1"), CultureInfo.InvariantCulture),
            Seed = int.Parse(values.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture),
            Start = values.TryGetValue("--start", out var start)
                ? DateTimeOffset.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null,
        };
        var board = new SwitchBoard(options);
        foreach (var text in switches)
            board.Set(text);
        return options;
    }

    private static async Task UntilStoppedAsync()
    {
        var stop = new TaskCompletionSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stop.Task;
    }
}
