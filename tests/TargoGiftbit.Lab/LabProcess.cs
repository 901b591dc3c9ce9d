using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace TargoGiftbit.Lab;

/// <summary>A process under test, with the settings of the laboratory and none of the operator's own.</summary>
internal sealed class LabProcess : IDisposable
{
    private static readonly string[] Prefixes = ["GIFT_", "GIFTBIT_", "MJ_", "MAILJET_", "IFEELGOODS_", "ERPNEXT_"];

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private LabProcess(ProcessStartInfo start, IReadOnlyDictionary<string, string> settings)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var name in start.Environment.Keys.Where(k => Prefixes.Any(p => k.StartsWith(p, StringComparison.OrdinalIgnoreCase))).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["NO_COLOR"] = "1";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Keep(output, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string RepositoryRoot { get; } =
        typeof(LabProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <summary>A program on the PATH.</summary>
    public static LabProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings) => new(new ProcessStartInfo(program, arguments), settings);

    /// <summary>This program, as another process.</summary>
    public static LabProcess StartSelf(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var (program, first) = Self();
        return Start(program, [.. first, .. arguments], settings);
    }

    /// <summary>How this program is started: by its own name, or through <c>dotnet</c>.</summary>
    public static (string Program, string[] Arguments) Self()
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? (path, [typeof(LabProcess).Assembly.Location]) : (path, []);
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    /// <returns>False when it had ended by itself.</returns>
    public async Task<bool> KillAsync()
    {
        if (process.HasExited) return false;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        // 128 + 9: anything else means that it ended in the moment before.
        return OperatingSystem.IsWindows() || process.ExitCode == 137;
    }

    /// <summary>Waits for the end of the process and kills it when that does not come.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan limit)
    {
        using var enough = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(enough.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return false;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString().Trim();
    }
}
