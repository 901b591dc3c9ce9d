using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Benchmarks;

/// <summary>What importing the module costs over a bare <c>pwsh -NoProfile</c>, and what its first command costs. Arguments: rounds (default 20), manifest (default: the packed module, else the built one).</summary>
public static class ImportBenchmark
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var built = FindManifest();
        var packed = Path.Combine(Path.GetDirectoryName(built)!, "artifacts", "TargoGiftbit", "TargoGiftbit.psd1");
        var manifest = args.Length > 1 ? args[1] : File.Exists(packed) ? packed : built;
        Console.WriteLine(manifest);
        var home = Directory.CreateTempSubdirectory("import-benchmark-").FullName;
        try
        {
            List<double> bare = [], import = [], first = [];
            List<long> memory = [];
            // Taken in turns, so that whatever else the machine does falls on all of them.
            for (var i = 0; i < rounds; i++)
            {
                bare.Add((await TimeAsync("exit", home, cancellationToken)).Milliseconds);
                import.Add((await TimeAsync($"Import-Module '{manifest}'", home, cancellationToken)).Milliseconds);
                var one = await TimeAsync($"Import-Module '{manifest}'; $w = [Diagnostics.Stopwatch]::StartNew(); $null = Import-GiftContact '{Path.Combine(Path.GetDirectoryName(built)!, "samples", "clients.csv")}'; $w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture); [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64", home, cancellationToken);
                var lines = one.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                first.Add(double.Parse(lines[0], CultureInfo.InvariantCulture));
                memory.Add(long.Parse(lines[1], CultureInfo.InvariantCulture));
            }
            Say($"pwsh -NoProfile: median {Median(bare):0} ms of {rounds}; with Import-Module: {Median(import):0} ms; import costs {Median(import) - Median(bare):0} ms");
            Say($"first command (Import-GiftContact on 300 rows): median {Median(first):0} ms; peak memory {memory.Max() / 1048576} MB");
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task<(double Milliseconds, string Output)> TimeAsync(string command, string home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", command]) { RedirectStandardOutput = true };
        start.Environment["GIFT_HOME"] = home;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, output);
    }

    /// <summary>The manifest of the module that was built above this program.</summary>
    internal static string FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TargoGiftbit.psd1"))) return Path.Combine(folder.FullName, "TargoGiftbit.psd1");
        throw new DirectoryNotFoundException("No TargoGiftbit.psd1 was found above the program.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
