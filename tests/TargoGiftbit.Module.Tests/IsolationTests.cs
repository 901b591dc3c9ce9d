using System.Reflection;
using System.Reflection.Emit;
using TargoGiftbit.Module.Tests.Support;

namespace TargoGiftbit.Module.Tests;

/// <summary>The module's packages and the session's own do not meet (spec J3).</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("targo-isolation-");

    public void Dispose() => folder.Delete(recursive: true);

    [PwshFact]
    public async Task Works_beside_other_versions_of_its_packages_that_were_loaded_first()
    {
        foreach (var name in Packages) Forge(name, new Version(1, 2, 3, 4));
        var script = $$"""
            $ErrorActionPreference = 'Stop'
            Get-ChildItem '{{folder.FullName}}' -Filter *.dll | ForEach-Object { Add-Type -LiteralPath $_.FullName }
            Import-Module '{{Repository.Manifest}}'
            {{UseEveryPackage}}
            foreach ($name in '{{string.Join("','", Packages)}}') {
                $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $name }
                "$name " + (($loaded | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + ' ' + ($_.GetName().Version -eq '1.2.3.4') } | Sort-Object) -join ', ')
            }
            """;
        var (exitCode, output, errors) = await Pwsh.RunAsync(script);
        Assert.True(exitCode == 0, output + errors);
        foreach (var name in Packages) Assert.Contains($"{name} Default True, TargoGiftbit False", output, StringComparison.Ordinal);
    }

    [PwshFact]
    public async Task Leaves_nothing_but_the_face_in_the_session()
    {
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Repository.Manifest}}'
            {{UseEveryPackage}}
            $core = Join-Path '{{Repository.Root}}' 'lib/core'
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { $_.Location -like "{{Repository.Root}}*" } | ForEach-Object { $_.GetName().Name } | Sort-Object
            """);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(["TargoGiftbit"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>Which also shows that no public type needs Core before it can be found, and keeps the import short.</summary>
    [PwshFact]
    public async Task Loads_its_core_when_a_command_needs_it_and_not_at_the_import()
    {
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            function Test-Core { [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -contains 'TargoGiftbit.Core' }
            Import-Module '{{Repository.Manifest}}'
            Test-Core
            $null = Get-GiftConfiguration
            Test-Core
            """);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(["False", "True"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [PwshFact]
    public async Task Is_one_copy_however_often_it_is_imported()
    {
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Repository.Manifest}}'
            Import-Module '{{Repository.Manifest}}' -Force
            Remove-Module TargoGiftbit
            Import-Module '{{Repository.Manifest}}'
            1..3 | ForEach-Object -Parallel { Import-Module '{{Repository.Manifest}}'; {{TouchCore}} }
            {{TouchCore}}
            'copies ' + @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'TargoGiftbit.Core' }).Count
            """);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(["Core", "Core", "Core", "Core", "copies 1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [PwshFact]
    public async Task Says_what_to_do_where_the_package_has_no_SQLite_for_the_system()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "lib"), "*", SearchOption.AllDirectories).Where(f => !f.Contains("/native/", StringComparison.Ordinal)).Append(Repository.Manifest))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var (_, output, _) = await Pwsh.RunAsync($$"""
            $env:GIFT_HOME = '{{folder.FullName}}'
            Import-Module '{{Path.Combine(folder.FullName, Path.GetFileName(Repository.Manifest))}}'
            foreach ($time in 1, 2) {
                try { Add-GiftSuppression -Email someone@example.com -Confirm:$false -ErrorAction Stop }
                catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_ -match 'Install the module again')" }
            }
            """);
        Assert.Equal(Enumerable.Repeat("LedgerEngineMissing,TargoGiftbit.Commands.Suppression.AddGiftSuppressionCommand NotInstalled True", 2), output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static readonly string[] Packages = ["CsvHelper", "Handlebars", "Polly.Core", "AngleSharp", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core"];

    // Resolves Core the way a cmdlet does: by a reference from the face.
    private const string TouchCore =
        "if ([Reflection.Assembly]::Load('TargoGiftbit.Core').GetType('TargoGiftbit.Core.Gifts.Gift')) { 'Core' }";

    // Loads each package from Core's own context and opens a database, so that the native library is found too.
    private static string UseEveryPackage => $$"""
            $core = [Reflection.Assembly]::Load('TargoGiftbit.Core')
            $context = [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($core)
            foreach ($name in '{{string.Join("','", Packages)}}') { $null = $context.LoadFromAssemblyName([Reflection.AssemblyName]::new($name)) }
            $batteries = $context.LoadFromAssemblyName([Reflection.AssemblyName]::new('SQLitePCLRaw.batteries_v2'))
            $batteries.GetType('SQLitePCL.Batteries_V2').GetMethod('Init').Invoke($null, @())
            $sqlite = $context.LoadFromAssemblyName([Reflection.AssemblyName]::new('Microsoft.Data.Sqlite'))
            $connection = [Activator]::CreateInstance($sqlite.GetType('Microsoft.Data.Sqlite.SqliteConnection'), 'Data Source=:memory:')
            $connection.Open()
            $connection.Dispose()
            """;

    /// <summary>Writes an empty assembly of the given name: what another module might have loaded.</summary>
    private void Forge(string name, Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name);
        assembly.Save(Path.Combine(folder.FullName, name + ".dll"));
    }
}
