using System.ComponentModel;
using System.Diagnostics;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>A PowerShell that can load the module.</summary>
internal sealed record PowerShellProgram(string Path, Version Version);

internal static class PowerShellFinder
{
    private static readonly Version Oldest = new(7, 6);

    /// <summary>The pwsh on PATH when it is new enough, or null.</summary>
    public static async Task<PowerShellProgram?> FindAsync()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion.ToString()"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var text = (await process.StandardOutput.ReadToEndAsync()).Trim();
            await process.WaitForExitAsync();
            // A preview says 7.6.0-preview.1.
            return process.ExitCode == 0 && Version.TryParse(text.Split('-')[0], out var version) && version >= Oldest ? new PowerShellProgram("pwsh", version) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
