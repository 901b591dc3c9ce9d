using System.Globalization;
using System.Xml.Linq;
using TargoGiftbit.Module.Tests.Support;
using Xunit.Abstractions;

namespace TargoGiftbit.Module.Tests;

/// <summary>Runs <c>tests/Pester</c> in one PowerShell process and reports what failed by name.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    [PesterFact]
    public async Task Every_Pester_test_passes()
    {
        var results = Path.Combine(Repository.Root, "TestResults", "pester.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);

        var (exitCode, log, errors) = await Pwsh.RunAsync($$"""
            $configuration = New-PesterConfiguration
            $configuration.Run.Path = '{{Path.Combine(Repository.Root, "tests", "Pester")}}'
            $configuration.Run.Exit = $true
            $configuration.TestResult.Enabled = $true
            $configuration.TestResult.OutputFormat = 'JUnitXml'
            $configuration.TestResult.OutputPath = '{{results}}'
            $configuration.Output.Verbosity = 'Detailed'
            $configuration.Output.RenderMode = 'PlainText'
            Invoke-Pester -Configuration $configuration
            """);

        Assert.True(File.Exists(results), $"Pester wrote no results (exit code {exitCode}).\n{log}\n{errors}");
        var cases = XDocument.Load(results).Descendants("testcase").ToList();
        var failed = cases.Where(c => c.Element("failure") is not null || c.Element("error") is not null).ToList();
        var skipped = cases.Count(c => c.Element("skipped") is not null);
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"Pester: {cases.Count - failed.Count - skipped} passed, {failed.Count} failed, {skipped} skipped");
        output.WriteLine(counts);
        await File.WriteAllTextAsync(Path.ChangeExtension(results, ".txt"), counts + "\n");

        Assert.True(failed.Count == 0, string.Join("\n\n", failed.Select(Describe).Prepend(counts)));
        Assert.NotEmpty(cases);
        // Zero failed tests and yet a bad exit code: a file could not be run at all.
        Assert.True(exitCode == 0, $"{log}\n{errors}");
    }

    private static string Describe(XElement test) =>
        $"{test.Attribute("name")?.Value}\n{(test.Element("failure") ?? test.Element("error"))?.Attribute("message")?.Value}";
}
