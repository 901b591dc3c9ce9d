using System.Globalization;
using System.Text;

namespace TargoGiftbit.Builder.Help;

/// <summary>Writes the same help as Markdown: one page per cmdlet and an index.</summary>
public static class MarkdownWriter
{
    private const string Origin = "<!-- Generated from the doc comments of the cmdlets: dotnet build src/TargoGiftbit -t:UpdateDocs -->\n\n";

    /// <summary>Writes all pages to a folder; pages of cmdlets that are no more are taken away.</summary>
    public static void Write(string folder, IReadOnlyList<CmdletHelp> cmdlets)
    {
        Directory.CreateDirectory(folder);
        var pages = cmdlets.ToDictionary(c => c.Name + ".md", Page, StringComparer.Ordinal);
        pages["README.md"] = Index(cmdlets);
        foreach (var stale in Directory.EnumerateFiles(folder, "*.md").Where(f => !pages.ContainsKey(Path.GetFileName(f)))) File.Delete(stale);
        foreach (var (name, text) in pages) OutputFile.Replace(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static string Index(IReadOnlyList<CmdletHelp> cmdlets)
    {
        var page = new StringBuilder("# Cmdlets\n\n").Append(Origin);
        foreach (var area in cmdlets.GroupBy(c => c.Area).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {area.Key}\n\n| cmdlet | what it does |\n|---|---|\n");
            foreach (var cmdlet in area)
                page.Append(CultureInfo.InvariantCulture, $"| [{cmdlet.Name}]({cmdlet.Name}.md) | {string.Join(' ', DocText.Paragraphs(cmdlet.Synopsis, markdown: true))} |\n");
            page.Append('\n');
        }
        return page.ToString().TrimEnd() + "\n";
    }

    private static string Page(CmdletHelp cmdlet)
    {
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {cmdlet.Name}\n\n").Append(Origin);
        Paragraphs(page, DocText.Paragraphs(cmdlet.Synopsis, markdown: true));

        page.Append("## Syntax\n\n");
        foreach (var set in cmdlet.Sets) page.Append(CultureInfo.InvariantCulture, $"```\n{Syntax(cmdlet, set)}\n```\n\n");

        page.Append("## Description\n\n");
        Paragraphs(page, DocText.Paragraphs(cmdlet.Description, markdown: true));

        page.Append("## Examples\n\n");
        foreach (var (example, index) in cmdlet.Examples.Select((e, i) => (e, i + 1)))
        {
            page.Append(CultureInfo.InvariantCulture, $"### Example {index}\n\n```powershell\n{example.Code}\n```\n\n");
            foreach (var remark in example.Remarks) Paragraphs(page, DocText.Paragraphs(remark, markdown: true));
        }

        page.Append("## Parameters\n\n");
        foreach (var parameter in cmdlet.Parameters) Parameter(page, parameter);

        Types(page, "Inputs", cmdlet.Inputs);
        Types(page, "Outputs", cmdlet.Outputs);
        return page.ToString().TrimEnd() + "\n";
    }

    private static string Syntax(CmdletHelp cmdlet, string set)
    {
        var words = cmdlet.InSet(set).Select(x =>
        {
            var (parameter, use) = x;
            var name = use.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
            var word = parameter.IsSwitch ? $"-{parameter.Name}" : $"{name} <{parameter.Type}>";
            return use.Required ? word : $"[{word}]";
        });
        var lines = new List<string> { cmdlet.Name };
        foreach (var word in words.Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + word.Length > 110) lines.Add("    " + word);
            else lines[^1] += " " + word;
        }
        return string.Join('\n', lines);
    }

    private static void Parameter(StringBuilder page, ParameterHelp parameter)
    {
        page.Append(CultureInfo.InvariantCulture, $"### -{parameter.Name}\n\n");
        Paragraphs(page, DocText.Paragraphs(parameter.Text, markdown: true));
        page.Append("| | |\n|---|---|\n");
        Row("type", $"`{parameter.Type}`");
        if (parameter.Values.Count > 0) Row("values", string.Join(", ", parameter.Values.Select(v => $"`{v}`")));
        if (parameter.Aliases.Count > 0) Row("aliases", string.Join(", ", parameter.Aliases.Select(a => $"`{a}`")));
        if (parameter.Default is { } text) Row("default", $"`{text}`");
        foreach (var use in parameter.Sets)
        {
            var traits = new List<string> { use.Required ? "required" : "optional" };
            if (use.Position is { } position) traits.Add(string.Create(CultureInfo.InvariantCulture, $"position {position}"));
            if (use.FromPipeline) traits.Add("from the pipeline by value");
            if (use.ByPropertyName) traits.Add("from the pipeline by property name");
            Row(use.Set == ParameterSet.All ? "use" : $"in set {use.Set}", string.Join(", ", traits));
        }
        if (parameter.Wildcards) Row("wildcards", "allowed");
        page.Append('\n');

        void Row(string name, string value) => page.Append(CultureInfo.InvariantCulture, $"| {name} | {value.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }

    private static void Types(StringBuilder page, string heading, IReadOnlyList<TypeHelp> types)
    {
        if (types.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n");
        foreach (var type in types)
        {
            page.Append(CultureInfo.InvariantCulture, $"`{type.Name}`");
            if (DocText.Paragraphs(type.Summary, markdown: true) is { Count: > 0 } text) page.Append(": ").AppendJoin(' ', text);
            page.Append("\n\n");
        }
    }

    private static void Paragraphs(StringBuilder page, IReadOnlyList<string> paragraphs)
    {
        for (var i = 0; i < paragraphs.Count; i++)
        {
            // Items of one list stand together.
            var item = paragraphs[i].StartsWith("- ", StringComparison.Ordinal) && i + 1 < paragraphs.Count && paragraphs[i + 1].StartsWith("- ", StringComparison.Ordinal);
            page.Append(paragraphs[i]).Append(item ? "\n" : "\n\n");
        }
    }
}
