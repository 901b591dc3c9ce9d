using System.Diagnostics;
using System.Management.Automation;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Starts the simulator in a process of its own, once per session, and stops it when the session ends.</summary>
/// <remarks>Returns the line of JSON with its addresses.</remarks>
[Cmdlet(VerbsLifecycle.Start, "TestSimulator")]
[OutputType(typeof(string))]
public sealed class StartTestSimulatorCommand : PSCmdlet
{
    private static readonly Lock Gate = new();
    private static string? addresses;

    [Parameter(Mandatory = true, Position = 0)] public string Path { get; set; } = "";

    protected override void EndProcessing()
    {
        lock (Gate) addresses ??= Start(Path);
        WriteObject(addresses);
    }

    private static string Start(string path)
    {
        // An hour a minute: links and statuses come at once, and the calendar stays close to the real one.
        var start = new ProcessStartInfo("dotnet", [path, "serve", "--clock-scale", "60"]) { RedirectStandardOutput = true };
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
