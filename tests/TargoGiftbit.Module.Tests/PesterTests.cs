using System.Globalization;
using System.Xml.Linq;
using TargoGiftbit.Module.Tests.Support;
using Xunit.Abstractions;

namespace TargoGiftbit.Module.Tests;

/// <summary>Runs <c>tests/Pester</c> in two PowerShell processes side by side and reports what failed by name.</summary>
public sealed class PesterTests(ITestOutputHelper output)
{
    private static readonly string Results = Path.Combine(Repository.Root, "TestResults");

    [PesterFact]
    public async Task Every_Pester_test_passes()
    {
        Directory.CreateDirectory(Results);
        var runs = await Task.WhenAll(Halves().Select(RunAsync));

        var cases = runs.SelectMany(run => run.Cases).ToList();
        var failed = cases.Where(c => c.Element("failure") is not null || c.Element("error") is not null).ToList();
        var skipped = cases.Count(c => c.Element("skipped") is not null);
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"Pester: {cases.Count - failed.Count - skipped} passed, {failed.Count} failed, {skipped} skipped");
        output.WriteLine(counts);
        await File.WriteAllTextAsync(Path.Combine(Results, "pester.txt"), counts + "\n");

        Assert.True(failed.Count == 0, string.Join("\n\n", failed.Select(Describe).Prepend(counts)));
        // Zero failed tests and yet a bad exit code: a file could not be run at all.
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Log));
        Assert.All(runs, run => Assert.NotEmpty(run.Cases));
    }

    // They wait more than they compute: two at a time take little longer than one. Large files first, so that both end at about the same time.
    private static List<string>[] Halves()
    {
        List<string>[] halves = [[], []];
        var sizes = new long[2];
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Pester"), "*.Tests.ps1").OrderByDescending(f => new FileInfo(f).Length).ThenBy(f => f, StringComparer.Ordinal))
        {
            var half = sizes[0] <= sizes[1] ? 0 : 1;
            halves[half].Add(file);
            sizes[half] += new FileInfo(file).Length;
        }
        return halves;
    }

    private static async Task<Run> RunAsync(List<string> files, int half)
    {
        var results = Path.Combine(Results, string.Create(CultureInfo.InvariantCulture, $"pester-{half + 1}.xml"));
        File.Delete(results);
        var (exitCode, log, errors) = await Pwsh.RunAsync($$"""
            $configuration = New-PesterConfiguration
            $configuration.Run.Path = {{string.Join(", ", files.Select(f => $"'{f}'"))}}
            $configuration.Run.Exit = $true
            $configuration.TestResult.Enabled = $true
            $configuration.TestResult.OutputFormat = 'JUnitXml'
            $configuration.TestResult.OutputPath = '{{results}}'
            $configuration.Output.Verbosity = 'Detailed'
            $configuration.Output.RenderMode = 'PlainText'
            Invoke-Pester -Configuration $configuration
            """);
        Assert.True(File.Exists(results), $"Pester wrote no results (exit code {exitCode}).\n{log}\n{errors}");
        return new Run([.. XDocument.Load(results).Descendants("testcase")], exitCode, $"{log}\n{errors}");
    }

    private static string Describe(XElement test) =>
        $"{test.Attribute("name")?.Value}\n{(test.Element("failure") ?? test.Element("error"))?.Attribute("message")?.Value}";

    private sealed record Run(List<XElement> Cases, int ExitCode, string Log);
}
