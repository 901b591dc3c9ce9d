using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Benchmarks;

/// <summary>Runs one side of a comparison in a process of its own, so that its memory is its own too.</summary>
public static class PeerProcess
{
    /// <summary>Runs a program whose last output line is <c>count milliseconds peakBytes</c>; null when the program is not on PATH.</summary>
    public static async Task<Measurement?> MeasureAsync(string name, string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (await RunAsync(file, arguments, null, cancellationToken) is not { } output) return null;
        var figures = output.Trim().Split('\n')[^1].Split(' ');
        if (figures.Length != 3) throw new InvalidOperationException($"{file} printed no figures: {output}");
        var numbers = Array.ConvertAll(figures, text => double.Parse(text, CultureInfo.InvariantCulture));
        return new Measurement(name, (long)numbers[0], TimeSpan.FromMilliseconds(numbers[1]), (long)numbers[2]);
    }

    /// <summary>Runs a program to its end and returns what it printed; null when it is not on PATH.</summary>
    public static async Task<string?> RunAsync(string file, IEnumerable<string> arguments, string? folder, CancellationToken cancellationToken)
    {
        if (Start(file, arguments, folder) is not { } process) return null;
        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} failed: {output}");
        }
    }

    /// <summary>Starts a program; null when it is not on PATH.</summary>
    public static Process? Start(string file, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder ?? "" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
