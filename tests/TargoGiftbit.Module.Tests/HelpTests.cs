using System.Xml.Linq;
using TargoGiftbit.Module.Tests.Support;

namespace TargoGiftbit.Module.Tests;

/// <summary>Help is complete, where PowerShell looks for it, and the same as the Markdown under <c>docs/cmdlets</c>.</summary>
public sealed class HelpTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static string HelpFile => Path.Combine(Repository.Root, "en-US", "TargoGiftbit.dll-Help.xml");

    private static IEnumerable<XElement> Cmdlets => XDocument.Load(HelpFile).Root!.Elements(Command + "command");

    [Fact]
    public void Every_cmdlet_has_a_synopsis_a_description_and_two_examples_that_say_what_they_do()
    {
        Assert.NotEmpty(Cmdlets);
        Assert.Empty(Cmdlets.SelectMany(Gaps));

        static IEnumerable<string> Gaps(XElement cmdlet)
        {
            var name = NameOf(cmdlet);
            if (Text(cmdlet.Element(Command + "details")?.Element(Maml + "description")) is "") yield return $"{name}: no synopsis (summary)";
            if (Text(cmdlet.Element(Maml + "description")) is "") yield return $"{name}: no description (remarks)";
            var examples = cmdlet.Descendants(Command + "example").ToList();
            if (examples.Count < 2) yield return $"{name}: {examples.Count} examples";
            foreach (var example in examples.Where(e => Text(e.Element(Dev + "code")) is "" || Text(e.Element(Dev + "remarks")) is ""))
                yield return $"{name}: an example without code or without a word of what it does: {Text(example)}";
            if (!cmdlet.Descendants(Command + "returnValue").Any()) yield return $"{name}: no output type";
        }
    }

    [Fact]
    public void Every_parameter_is_explained() =>
        Assert.Empty(
            from cmdlet in Cmdlets
            from parameter in cmdlet.Element(Command + "parameters")!.Elements()
            where Text(parameter.Element(Maml + "description")) is ""
            select $"{NameOf(cmdlet)} -{parameter.Element(Maml + "name")!.Value}");

    [Fact]
    public void The_pages_under_docs_are_current()
    {
        var built = Pages(Path.Combine(Repository.Root, "src", "TargoGiftbit", "obj", Repository.Configuration, "net10.0", "cmdlets"));
        var kept = Pages(Path.Combine(Repository.Root, "docs", "cmdlets"));
        var stale = built.Keys.Union(kept.Keys).Where(name => built.GetValueOrDefault(name) != kept.GetValueOrDefault(name)).Order(StringComparer.Ordinal).ToList();
        Assert.True(stale.Count == 0, $"docs/cmdlets is not current ({string.Join(", ", stale)}). Run: dotnet build src/TargoGiftbit -t:UpdateDocs");
        Assert.True(built.Count > 1);
    }

    [PwshFact]
    public async Task Get_Help_shows_every_cmdlet_with_every_parameter_and_the_about_topics()
    {
        var (exitCode, output, errors) = await Pwsh.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Repository.Manifest}}'
            $common = [Management.Automation.Cmdlet]::CommonParameters
            foreach ($command in Get-Command -Module TargoGiftbit) {
                $help = Get-Help $command.Name -Full
                if ($help.details.verb -ne $command.Verb) { "$command has no help" }
                $known = $help.parameters.parameter.name
                $command.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $known } | ForEach-Object { "$command -$_ has no help" }
                $known | Where-Object { -not $command.Parameters.ContainsKey($_) } | ForEach-Object { "$command has no -$_" }
            }
            foreach ($topic in 'about_TargoGiftbit', 'about_TargoGiftbit_Safety') {
                if ((Get-Help $topic | Out-String) -notmatch 'SHORT DESCRIPTION') { "$topic is not found" }
            }
            'done'
            """);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal("done", output.Trim());
    }

    [Fact]
    public void About_topics_fit_a_terminal_of_80_columns() =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "en-US"), "about_*.help.txt")
            from line in File.ReadLines(file)
            where line.Length > 80
            select $"{Path.GetFileName(file)}: {line}");

    private static string NameOf(XElement cmdlet) => cmdlet.Element(Command + "details")!.Element(Command + "name")!.Value;

    private static string Text(XElement? element) => element?.Value.Trim() ?? "";

    private static Dictionary<string, string> Pages(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
}
