using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Starts a simulator in a process of its own, once per session and name, and stops it when the session ends.</summary>
/// <remarks>Returns the line of JSON with its addresses.</remarks>
[Cmdlet(VerbsLifecycle.Start, "TestSimulator")]
[OutputType(typeof(string))]
public sealed class StartTestSimulatorCommand : PSCmdlet
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, string> Addresses = new(StringComparer.Ordinal);

    [Parameter(Mandatory = true, Position = 0)] public string Path { get; set; } = "";

    /// <summary>Whose it is; by default everyone's.</summary>
    [Parameter] public string Name { get; set; } = "";

    /// <summary>Simulated seconds a second. By default an hour a minute: links and statuses come at once, and the calendar stays close to the real one.</summary>
    [Parameter] public int ClockScale { get; set; } = 60;

    protected override void EndProcessing()
    {
        lock (Gate)
        {
            if (!Addresses.TryGetValue(Name, out var addresses)) Addresses[Name] = addresses = Start(Path, ClockScale);
            WriteObject(addresses);
        }
    }

    private static string Start(string path, int clockScale)
    {
        var start = new ProcessStartInfo("dotnet", [path, "serve", "--clock-scale", clockScale.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        // What this session inherited must not reach the simulator; a debugger's or a test host's settings least of all.
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        var process = Process.Start(start)!;
        // An event of the process, not of the engine: it also comes when a script calls exit.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        };
        return process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The simulator ended with exit code {(process.HasExited ? process.ExitCode : 0)}.");
    }
}
