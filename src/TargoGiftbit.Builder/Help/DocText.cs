using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>Turns the XML of doc comments into paragraphs, plain or Markdown.</summary>
public static partial class DocText
{
    /// <summary>The paragraphs of a comment: what stands in <c>para</c>, and what stands around them.</summary>
    public static IReadOnlyList<string> Paragraphs(XElement? comment, bool markdown)
    {
        if (comment is null) return [];
        var paragraphs = new List<string>();
        var loose = new StringBuilder();
        foreach (var node in comment.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" or "list" } block)
            {
                Flush();
                if (block.Name.LocalName == "para") paragraphs.Add(Line(block, markdown));
                else paragraphs.AddRange(block.Elements("item").Select(item => $"- {Line(item, markdown)}"));
            }
            else Append(loose, node, markdown);
        }
        Flush();
        return [.. paragraphs.Where(p => p.Length > 0)];

        void Flush()
        {
            if (Squeeze(loose) is { Length: > 0 } text) paragraphs.Add(text);
            loose.Clear();
        }
    }

    /// <summary>Code as it is typed: the indentation that all its lines share is taken off.</summary>
    public static string Code(XElement code)
    {
        var lines = code.Value.Replace("\r", "", StringComparison.Ordinal).Trim('\n').Split('\n').Select(l => l.TrimEnd()).ToList();
        var indent = lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        // The first line may stand right behind the tag.
        return string.Join('\n', lines.Select((l, i) => i == 0 ? l.TrimStart() : l.Length >= indent ? l[indent..] : l)).Trim();
    }

    private static string Line(XElement element, bool markdown)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) Append(text, node, markdown);
        return Squeeze(text);
    }

    private static void Append(StringBuilder text, XNode node, bool markdown)
    {
        switch (node)
        {
            case XText plain:
                text.Append(markdown ? MarkdownSpecial.Replace(plain.Value, @"\$0") : plain.Value);
                break;
            case XElement { Name.LocalName: "c" } code:
                text.Append(markdown ? $"`{code.Value}`" : code.Value);
                break;
            case XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference:
                text.Append(Reference(reference, markdown));
                break;
            case XElement other:
                foreach (var inner in other.Nodes()) Append(text, inner, markdown);
                break;
        }
    }

    private static string Reference(XElement reference, bool markdown)
    {
        if (reference.Value.Length > 0) return reference.Value;
        var name = (reference.Attribute("langword") ?? reference.Attribute("name") ?? reference.Attribute("cref") ?? reference.Attribute("href"))?.Value ?? "";
        if (reference.Attribute("cref") is not null) name = name[(name.LastIndexOf('.') + 1)..];
        return markdown && reference.Attribute("href") is null ? $"`{name}`" : name;
    }

    private static string Squeeze(StringBuilder text) => Spaces.Replace(text.ToString(), " ").Trim();

    // Not \s: a no-break space is meant.
    [GeneratedRegex("[ \t\r\n]+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"[<>*_\[\]`|]")]
    private static partial Regex MarkdownSpecial { get; }
}
