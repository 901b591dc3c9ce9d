using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Benchmarks;

/// <summary>Runs a script in a fresh <c>pwsh</c>, the way an operator does the job without this module.</summary>
public static class PowerShellPeer
{
    /// <summary>Runs a script whose last output line is <c>count milliseconds peakBytes</c>; null when there is no <c>pwsh</c> on PATH.</summary>
    public static async Task<Measurement?> RunAsync(string name, string script, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script }) start.ArgumentList.Add(argument);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var figures = output.Trim().Split('\n')[^1].Split(' ');
            if (process.ExitCode != 0 || figures.Length != 3) throw new InvalidOperationException($"The peer script failed: {output}");
            var numbers = Array.ConvertAll(figures, text => double.Parse(text, CultureInfo.InvariantCulture));
            return new Measurement(name, (long)numbers[0], TimeSpan.FromMilliseconds(numbers[1]), (long)numbers[2]);
        }
    }
}
