using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;
using TargoGiftbit.Module.Tests.Support;
using Xunit.Abstractions;

namespace TargoGiftbit.Module.Tests;

/// <summary>The packages for the PowerShell Gallery: two builds agree to the byte, and what comes out of them works.</summary>
public sealed class PackageTests(Packages packages, ITestOutputHelper log) : IClassFixture<Packages>
{
    [PwshFact]
    public async Task Two_builds_give_the_same_bytes_which_hold_all_that_a_user_needs_and_nothing_else()
    {
        var first = await packages.FirstAsync();
        var second = await packages.PackAsync("Rebuild");
        foreach (var line in packages.Sizes) log.WriteLine(line);
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

        var modules = packages.Folder.CreateSubdirectory("modules").FullName;
        ZipFile.ExtractToDirectory(first["TargoGiftbit.0.1.0.zip"], modules);
        await WorksAsync(Path.Combine(modules, "TargoGiftbit"), new(StringComparer.Ordinal) { ["PSModulePath"] = modules });
    }

    [PwshFact]
    public async Task The_package_brings_the_views_as_they_are_written_but_for_blanks_and_comments()
    {
        using var archive = ZipFile.OpenRead((await packages.FirstAsync())["TargoGiftbit.0.1.0.zip"]);
        using var reader = new StreamReader(archive.GetEntry("TargoGiftbit/lib/TargoGiftbit.Format.ps1xml")!.Open());
        var shipped = XDocument.Parse(await reader.ReadToEndAsync(), LoadOptions.PreserveWhitespace);
        var written = XDocument.Load(Path.Combine(Repository.Root, "src/TargoGiftbit/Formatting/TargoGiftbit.Format.ps1xml"));
        written.DescendantNodes().OfType<XComment>().Remove();
        Assert.True(XNode.DeepEquals(written.Root, shipped.Root));
    }

    /// <summary>As a user gets it: a repository is registered, the package found and installed, and the next PowerShell has its cmdlets.</summary>
    [PackageManagerFact]
    public async Task The_package_installs_with_PSResourceGet()
    {
        var package = (await packages.FirstAsync())["TargoGiftbit.0.1.0.nupkg"];
        var repository = packages.Folder.CreateSubdirectory("repository").FullName;
        File.Copy(package, Path.Combine(repository, Path.GetFileName(package)));
        // .NET takes a home without this folder for none at all, and the repositories would be listed in the current folder.
        var data = packages.Folder.CreateSubdirectory("user/.local/share").FullName;
        var user = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = Path.Combine(packages.Folder.FullName, "user"), ["XDG_DATA_HOME"] = data };

        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            Register-PSResourceRepository -Name Here -Uri '{{repository}}'
            $found = Find-PSResource TargoGiftbit -Repository Here
            "$($found.Type) $($found.Version) $($found.Includes.Cmdlet -contains 'Send-GiftEmail') $($found.Dependencies.Count)"
            Install-PSResource TargoGiftbit -Repository Here -TrustRepository
            $installed = Get-InstalledPSResource TargoGiftbit
            "$($installed.Version) $($installed.Repository)"
            """, user);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(["Module 0.1.0 True 0", "0.1.0 Here"], Lines(output));
        await WorksAsync(Path.Combine(data, "powershell", "Modules", "TargoGiftbit", "0.1.0"), user);
    }

    // In a fresh PowerShell that finds the module by its name.
    private async Task WorksAsync(string module, Dictionary<string, string> environment)
    {
        var home = packages.Folder.CreateSubdirectory(Guid.NewGuid().ToString("n")).FullName;
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            $env:GIFT_HOME = '{{home}}'
            Add-GiftSuppression -Email someone@example.com -Confirm:$false
            $module = Get-Module TargoGiftbit
            $module.ModuleBase
            @(Import-GiftContact (Join-Path $module.ModuleBase samples/clients.csv) -ErrorAction SilentlyContinue).Count -gt 200
            (Get-GiftSuppression).Count
            (Get-Help Send-GiftEmail).Synopsis -ne 'Send-GiftEmail'
            $module.ReleaseNotes -match 'Campaigns'
            """, environment);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal([module, "True", "1", "True", "True"], Lines(output));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
