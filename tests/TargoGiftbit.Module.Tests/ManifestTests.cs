using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using TargoGiftbit.Module.Tests.Support;

namespace TargoGiftbit.Module.Tests;

/// <summary>The manifest says what the assembly holds, read from the metadata so that it runs without PowerShell too.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void Exports_exactly_the_cmdlets_of_the_assembly()
    {
        var text = File.ReadAllText(Repository.Manifest);
        Assert.Equal(CmdletsOf(Repository.Face).Order(StringComparer.Ordinal), Exported(text).Order(StringComparer.Ordinal));
        foreach (var none in (string[])["FunctionsToExport", "AliasesToExport", "VariablesToExport"])
            Assert.Matches($@"{none}\s*=\s*@\(\)", text);
    }

    [Fact]
    public void Names_the_same_version_as_the_build()
    {
        using var file = new PEReader(File.OpenRead(Repository.Face));
        var version = file.GetMetadataReader().GetAssemblyDefinition().Version;
        Assert.Contains($"ModuleVersion        = '{version.ToString(3)}'", File.ReadAllText(Repository.Manifest), StringComparison.Ordinal);
    }

    [PwshFact]
    public async Task Is_a_valid_manifest_whose_files_exist()
    {
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            $module = Test-ModuleManifest '{{Repository.Manifest}}'
            @{ Version = "$($module.Version)"; PowerShell = "$($module.PowerShellVersion)"; Editions = @($module.CompatiblePSEditions) } | ConvertTo-Json -Compress
            """);
        Assert.True(exitCode == 0, output + errors);
        var module = JsonDocument.Parse(output).RootElement;
        Assert.Equal("7.6", module.GetProperty("PowerShell").GetString());
        Assert.Equal("Core", Assert.Single(module.GetProperty("Editions").EnumerateArray().ToList()).GetString());
    }

    private static string[] Exported(string manifest)
    {
        var start = manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal);
        var list = manifest[manifest.IndexOf('(', start)..(manifest.IndexOf(')', start) + 1)];
        return list.Split(['(', ')', ',', '\'', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<string> CmdletsOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        foreach (var handle in metadata.CustomAttributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (parent.Kind != HandleKind.TypeReference) continue;
            if (metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) != "CmdletAttribute") continue;
            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            names.Add($"{value.ReadSerializedString()}-{value.ReadSerializedString()}");
        }
        return names;
    }
}
