using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;
using TargoGiftbit.Module.Tests.Support;
using Xunit.Abstractions;

namespace TargoGiftbit.Module.Tests;

/// <summary>The packages for the PowerShell Gallery: two builds agree to the byte, and what comes out of them works.</summary>
public sealed class PackageTests(ITestOutputHelper log) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("targo-package-");

    public void Dispose() => folder.Delete(recursive: true);

    [PwshFact]
    public async Task Two_builds_give_the_same_bytes_which_hold_all_that_a_user_needs_and_nothing_else()
    {
        var first = await PackAsync("Build");
        var second = await PackAsync("Rebuild");
        Assert.Equal(["TargoGiftbit.0.1.0.nupkg", "TargoGiftbit.0.1.0.zip"], first.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, path) in first) Assert.Equal(Hash(path), Hash(second[name]));

        var package = Entries(first["TargoGiftbit.0.1.0.nupkg"]);
        Assert.Equal(
            ["linux-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"],
            package.Where(name => name.Contains("/native/", StringComparison.Ordinal)).Select(name => name.Split('/')[3]).Order(StringComparer.Ordinal));
        foreach (var needed in (string[])["TargoGiftbit.psd1", "LICENSE", "THIRD-PARTY-NOTICES.md", "README.md", "CHANGELOG.md", "en-US/TargoGiftbit.dll-Help.xml", "en-US/about_TargoGiftbit.help.txt", "TargoGiftbit.nuspec"])
            Assert.Contains(needed, package);
        Assert.DoesNotContain(package, name => name.EndsWith(".pdb", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal));

        var nuspec = Nuspec(first["TargoGiftbit.0.1.0.nupkg"]);
        var tags = nuspec["tags"].Split(' ');
        Assert.Contains("PSModule", tags);
        Assert.Contains("PSEdition_Core", tags);
        Assert.Contains("PSCmdlet_Send-GiftEmail", tags);
        Assert.Contains("### Added", nuspec["releaseNotes"], StringComparison.Ordinal);

        await WorksAsync(first["TargoGiftbit.0.1.0.zip"]);
    }

    private async Task WorksAsync(string zip)
    {
        var modules = Path.Combine(folder.FullName, "modules");
        ZipFile.ExtractToDirectory(zip, modules);
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            $env:PSModulePath = '{{modules}}' + [IO.Path]::PathSeparator + $env:PSModulePath
            $env:GIFT_HOME = '{{Path.Combine(folder.FullName, "home")}}'
            Import-Module TargoGiftbit
            $module = Get-Module TargoGiftbit
            $module.ModuleBase
            @(Import-GiftContact (Join-Path $module.ModuleBase samples/clients.csv) -ErrorAction SilentlyContinue).Count -gt 200
            Add-GiftSuppression -Email someone@example.com -Confirm:$false
            (Get-GiftSuppression).Count
            (Get-Help Send-GiftEmail).Synopsis -ne 'Send-GiftEmail'
            $module.ReleaseNotes -match 'Campaigns'
            """);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal([Path.Combine(modules, "TargoGiftbit"), "True", "1", "True", "True"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private async Task<Dictionary<string, string>> PackAsync(string target)
    {
        var output = folder.CreateSubdirectory(target).FullName;
        var start = new ProcessStartInfo("dotnet",
            ["build", Path.Combine(Repository.Root, "src", "TargoGiftbit"), "--target:PackModule", $"-p:PackageOutput={output}{Path.DirectorySeparatorChar}", $"-p:PackageBuild={target}", "-p:RunAnalyzers=false", "--nologo"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var text = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, text + await errors);
        foreach (var line in text.Split('\n').Where(l => l.Contains(" MB, ", StringComparison.Ordinal))) log.WriteLine(line.Trim());
        return Directory.GetFiles(output).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
    }

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static List<string> Entries(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    private static Dictionary<string, string> Nuspec(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        using var stream = archive.GetEntry("TargoGiftbit.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single().Elements().ToDictionary(e => e.Name.LocalName, e => e.Value, StringComparer.Ordinal);
    }
}
