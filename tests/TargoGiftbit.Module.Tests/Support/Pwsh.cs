using System.ComponentModel;
using System.Diagnostics;

namespace TargoGiftbit.Module.Tests.Support;

/// <summary>PowerShell on this machine.</summary>
internal static class Pwsh
{
    private static readonly Lazy<(Version? PowerShell, Version? Pester)> Found = new(Find);

    /// <summary>Why tests that need PowerShell cannot run here, or null.</summary>
    internal static string? Missing => Found.Value.PowerShell switch
    {
        null => "pwsh is not on the PATH: install PowerShell 7.6 or later to run this test.",
        var version when version < new Version(7, 6) => $"pwsh is {version}: this test needs PowerShell 7.6 or later.",
        _ => null,
    };

    /// <summary>Why tests that need Pester cannot run here, or null.</summary>
    internal static string? PesterMissing => Missing ?? Found.Value.Pester switch
    {
        null => "Pester is not installed: Install-PSResource Pester to run this test.",
        var version when version.Major < 5 => $"Pester is {version}: this test needs Pester 5 or later.",
        _ => null,
    };

    /// <summary>Runs a script file's text in a fresh process.</summary>
    internal static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        var file = Path.Combine(Path.GetTempPath(), $"targo-{Guid.NewGuid():n}.ps1");
        await File.WriteAllTextAsync(file, script);
        try
        {
            return await StartAsync(["-NoProfile", "-NonInteractive", "-File", file], environment);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("pwsh", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static (Version? PowerShell, Version? Pester) Find()
    {
        try
        {
            const string Script = "\"$($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)\"; (Get-Module Pester -ListAvailable).Version | Sort-Object | Select-Object -Last 1 | ForEach-Object ToString";
            // Test discovery is synchronous: a skip reason is a property of an attribute.
            var (_, output, _) = StartAsync(["-NoProfile", "-NonInteractive", "-Command", Script], null).GetAwaiter().GetResult();
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (lines.Length > 0 ? Version.Parse(lines[0]) : null, lines.Length > 1 ? Version.Parse(lines[1]) : null);
        }
        catch (Win32Exception)
        {
            return (null, null);
        }
    }
}

/// <summary>A test that runs PowerShell 7.6 or later, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PwshFactAttribute : FactAttribute
{
    public PwshFactAttribute() => Skip = Pwsh.Missing;
}

/// <summary>A test that runs Pester 5 or later, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterFactAttribute : FactAttribute
{
    public PesterFactAttribute() => Skip = Pwsh.PesterMissing;
}
