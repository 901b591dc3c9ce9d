using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Benchmarks;

/// <summary>
/// What importing the module costs over a bare <c>pwsh -NoProfile</c>, and what its first command costs; beside it the smallest module that has what
/// ours has (a manifest, a cmdlet, a view), and the engine's own utilities. Arguments: rounds (default 20), manifest (default: the packed module, else the built one).
/// </summary>
public static class ImportBenchmark
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var built = FindManifest();
        var manifest = args.Length > 1 ? args[1] : FindPacked();
        Console.WriteLine(manifest);
        var home = Directory.CreateTempSubdirectory("import-benchmark-").FullName;
        try
        {
            var smallest = await SmallestAsync(home, cancellationToken);
            List<double> bare = [], import = [], small = [], engine = [], first = [];
            List<long> memory = [];
            // Taken in turns, so that whatever else the machine does falls on all of them.
            for (var i = 0; i < rounds; i++)
            {
                bare.Add((await TimeAsync("exit", home, cancellationToken)).Milliseconds);
                import.Add((await TimeAsync($"Import-Module '{manifest}'", home, cancellationToken)).Milliseconds);
                small.Add((await TimeAsync($"Import-Module '{smallest}'", home, cancellationToken)).Milliseconds);
                engine.Add((await TimeAsync("Import-Module Microsoft.PowerShell.Utility", home, cancellationToken)).Milliseconds);
                var one = await TimeAsync($"Import-Module '{manifest}'; $w = [Diagnostics.Stopwatch]::StartNew(); $null = Import-GiftContact '{Path.Combine(Path.GetDirectoryName(built)!, "samples", "clients.csv")}'; $w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture); [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64", home, cancellationToken);
                var lines = one.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                first.Add(double.Parse(lines[0], CultureInfo.InvariantCulture));
                memory.Add(long.Parse(lines[1], CultureInfo.InvariantCulture));
            }
            var cost = Median(import) - Median(bare);
            Say($"pwsh -NoProfile: median {Median(bare):0} ms of {rounds}; with Import-Module: {Median(import):0} ms; import costs {cost:0} ms");
            Say($"the smallest module (a manifest, a cmdlet, a view) costs {Median(small) - Median(bare):0} ms, Microsoft.PowerShell.Utility {Median(engine) - Median(bare):0} ms; ours {cost - (Median(small) - Median(bare)):0} ms more than the smallest");
            Say($"first command (Import-GiftContact on 300 rows): median {Median(first):0} ms; peak memory {memory.Max() / 1048576} MB");
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    // Below this no module gets that names a cmdlet in its manifest and brings a view.
    private static async Task<string> SmallestAsync(string home, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, "Smallest")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Smallest.psd1"), """
            @{ RootModule = 'Smallest.dll'; ModuleVersion = '1.0'; FormatsToProcess = 'Smallest.Format.ps1xml'; CmdletsToExport = 'Get-Smallest'; FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }
            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Smallest.Format.ps1xml"), """
            <Configuration><ViewDefinitions><View><Name>Smallest</Name><ViewSelectedBy><TypeName>Smallest</TypeName></ViewSelectedBy>
            <ListControl><ListEntries><ListEntry><ListItems><ListItem><PropertyName>Name</PropertyName></ListItem></ListItems></ListEntry></ListEntries></ListControl>
            </View></ViewDefinitions></Configuration>
            """, cancellationToken);
        var assembly = Path.Combine(folder, "Smallest.dll");
        var (_, said) = await TimeAsync($$"""
            Add-Type -OutputAssembly '{{assembly}}' -TypeDefinition '[System.Management.Automation.Cmdlet("Get", "Smallest")] public class GetSmallest : System.Management.Automation.PSCmdlet { }'
            """, home, cancellationToken);
        // An import that fails takes time as well.
        if (!File.Exists(assembly)) throw new InvalidOperationException($"The smallest module could not be made. {said}");
        return Path.Combine(folder, "Smallest.psd1");
    }

    private static async Task<(double Milliseconds, string Output)> TimeAsync(string command, string home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", command]) { RedirectStandardOutput = true };
        start.Environment["GIFT_HOME"] = home;
        // A benchmark tells nobody what it imports. Unasked, the engine does at every import, which takes 4 to 5 ms of whatever module it is.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
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

    /// <summary>The manifest of the packed module, which is optimised as it is shipped; of the built one where nothing was packed.</summary>
    internal static string FindPacked()
    {
        var built = FindManifest();
        var packed = Path.Combine(Path.GetDirectoryName(built)!, "artifacts", "TargoGiftbit", "TargoGiftbit.psd1");
        return File.Exists(packed) ? packed : built;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
