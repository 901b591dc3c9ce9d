using System.Collections.Concurrent;
using System.Diagnostics;

namespace TargoGiftbit.Module.Tests.Support;

/// <summary>The packages of the module, made once for all tests that need them, in a folder that goes with them.</summary>
public sealed class Packages : IDisposable
{
    private readonly Lazy<Task<Dictionary<string, string>>> first;
    private readonly ConcurrentQueue<string> sizes = new();

    public Packages() => first = new(() => PackAsync("Build"));

    internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("targo-package-");

    /// <summary>What packing said of the sizes.</summary>
    internal IEnumerable<string> Sizes => sizes;

    public void Dispose() => Folder.Delete(recursive: true);

    /// <summary>The packages of an ordinary build, by file name.</summary>
    internal Task<Dictionary<string, string>> FirstAsync() => first.Value;

    /// <summary>Packs the module by a target of MSBuild, <c>Build</c> or <c>Rebuild</c>.</summary>
    internal async Task<Dictionary<string, string>> PackAsync(string target)
    {
        var output = Folder.CreateSubdirectory(target).FullName;
        var start = new ProcessStartInfo("dotnet",
            ["build", Path.Combine(Repository.Root, "src", "TargoGiftbit"), "--target:PackModule", $"-p:PackageOutput={output}{Path.DirectorySeparatorChar}", $"-p:PackageBuild={target}", "-p:RunAnalyzers=false", "--nologo"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var text = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, text + await errors);
        foreach (var line in text.Split('\n').Where(l => l.Contains(" MB, ", StringComparison.Ordinal))) sizes.Enqueue(line.Trim());
        return Directory.GetFiles(output).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
    }
}
