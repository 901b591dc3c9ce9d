using System.ComponentModel;
using System.Diagnostics;

namespace TargoGiftbit.Module.Tests.Support;

/// <summary>PowerShell on this machine.</summary>
internal static class Pwsh
{
    private const string Manager = "Microsoft.PowerShell.PSResourceGet";
    private static readonly Lazy<Dictionary<string, Version>> Found = new(Find);

    /// <summary>Why tests that need PowerShell cannot run here, or null.</summary>
    internal static string? Missing => Found.Value.GetValueOrDefault("PowerShell") switch
    {
        null => "pwsh is not on the PATH: install PowerShell 7.6 or later to run this test.",
        var version when version < new Version(7, 6) => $"pwsh is {version}: this test needs PowerShell 7.6 or later.",
        _ => null,
    };

    /// <summary>Why tests that need Pester cannot run here, or null.</summary>
    internal static string? PesterMissing => Missing ?? Found.Value.GetValueOrDefault("Pester") switch
    {
        null => "Pester is not installed: Install-PSResource Pester to run this test.",
        var version when version.Major < 5 => $"Pester is {version}: this test needs Pester 5 or later.",
        _ => null,
    };

    /// <summary>Why tests that install packages cannot run here, or null.</summary>
    internal static string? ManagerMissing => Missing
        ?? (OperatingSystem.IsWindows() ? "On Windows the folder that packages are installed to cannot be another one for a test." : null)
        ?? (Found.Value.ContainsKey(Manager) ? null : $"{Manager} is not installed: it comes with PowerShell's own packages.");

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

    // What is installed, by name, in its newest version.
    private static Dictionary<string, Version> Find()
    {
        try
        {
            const string Script = $"\"PowerShell $($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)\"; Get-Module Pester, {Manager} -ListAvailable | Sort-Object Version | ForEach-Object {{ \"$($_.Name) $($_.Version)\" }}";
            // Test discovery is synchronous: a skip reason is a property of an attribute.
            var (_, output, _) = StartAsync(["-NoProfile", "-NonInteractive", "-Command", Script], null).GetAwaiter().GetResult();
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '))
                .GroupBy(line => line[0], line => Version.Parse(line[1])).ToDictionary(one => one.Key, one => one.Last(), StringComparer.Ordinal);
        }
        catch (Win32Exception)
        {
            return [];
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

/// <summary>A test that installs packages with PSResourceGet, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackageManagerFactAttribute : FactAttribute
{
    public PackageManagerFactAttribute() => Skip = Pwsh.ManagerMissing;
}
