using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>The campaign as an operator runs it: the sample script in a real PowerShell, against the built module.</summary>
internal static class ScriptCampaign
{
    public static async Task<int> RunAsync(PowerShellProgram pwsh, string root, SimulatorHost sim, string home, string report, string page)
    {
        var start = new ProcessStartInfo(pwsh.Path,
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(root, "samples", "loyalty-campaign.ps1"),
            "-ContactPath", Path.Combine(root, "samples", "clients.csv"), "-ReportPath", report, "-PagePath", page,
            "-EventPort", DemoEnvironment.EventPort.ToString(CultureInfo.InvariantCulture), "-Poll", "3", "-PollSeconds", "1.5",
        ])
        { WorkingDirectory = root };
        DemoEnvironment.Apply(start.Environment, sim, home);
        if (Console.IsOutputRedirected) start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
