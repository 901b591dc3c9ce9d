using System.Net;
using System.Text;
using TargoGiftbit.Core.Mail.Templates;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>The words of a template without its markup, each character still knowing its line.</summary>
internal sealed class TemplateWords
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "time", "u",
    };

    private readonly StringBuilder text = new();
    private readonly List<int> lines = [];
    private readonly string source;
    private readonly Dictionary<int, TemplateTag> tags;
    private int line = 1;

    // The element in another language whose words do not count, and how deep its like is nested in it.
    private (string Name, int Depth)? foreign;

    private TemplateWords(TemplateScan scan)
    {
        source = scan.Source.Text;
        tags = scan.Tags.ToDictionary(t => t.Start);
        for (var at = 0; at < source.Length;)
        {
            var next = Next(at, scan.Source.IsHtml);
            line += source.AsSpan(at, next - at).Count('\n');
            at = next;
        }
    }

    /// <summary>How many characters there are.</summary>
    public int Length => text.Length;

    /// <summary>A character; U+0000 beyond either end. A value counts as the letter x.</summary>
    public char this[int i] => i >= 0 && i < text.Length ? text[i] : '\0';

    /// <summary>Reads the words of a template.</summary>
    public static TemplateWords Of(TemplateScan scan) => new(scan);

    /// <summary>The line a character stands on.</summary>
    public int LineAt(int i) => lines[i];

    /// <summary>A character with a few round it, for a message.</summary>
    public string Around(int i)
    {
        var from = Math.Max(0, i - 12);
        return text.ToString(from, Math.Min(text.Length, i + 6) - from).ReplaceLineEndings(" ").Trim(' ');
    }

    private int Next(int at, bool isHtml)
    {
        if (tags.TryGetValue(at, out var tag))
        {
            if (tag.Kind == TemplateTagKind.Value) Add('x');
            return tag.End;
        }
        if (isHtml && source[at] == '<' && at + 1 < source.Length && (char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!')) return Markup(at);
        if (isHtml && source[at] == '&')
        {
            var end = source.IndexOf(';', at, Math.Min(12, source.Length - at));
            if (end > 0)
            {
                foreach (var c in WebUtility.HtmlDecode(source[at..(end + 1)])) Add(c);
                return end + 1;
            }
        }
        Add(source[at]);
        return at + 1;
    }

    private int Markup(int at)
    {
        if (string.CompareOrdinal(source, at, "<!--", 0, 4) == 0) return After("-->", at + 4);
        var end = EndOfTag(at);
        var tag = source[at..end];
        var isClose = tag.StartsWith("</", StringComparison.Ordinal);
        var name = new string([.. tag.Skip(isClose ? 2 : 1).TakeWhile(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        if (!isClose && name is "style" or "script") return After("</" + name + ">", end);
        if (!Inline.Contains(name)) Add('\n');
        if (foreign is not null && foreign.Value.Name == name)
        {
            var depth = foreign.Value.Depth + (isClose ? -1 : 1);
            foreign = depth == 0 ? null : (name, depth);
        }
        else if (foreign is null && !isClose && (tag.Contains(" lang=\"en", StringComparison.OrdinalIgnoreCase) || tag.Contains(" lang='en", StringComparison.OrdinalIgnoreCase)))
        {
            foreign = (name, 1);
        }
        return end;
    }

    private void Add(char c)
    {
        if (foreign is not null) return;
        text.Append(c);
        lines.Add(line);
    }

    private int After(string close, int from)
    {
        var at = source.IndexOf(close, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? source.Length : at + close.Length;
    }

    private int EndOfTag(int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < source.Length; i++)
        {
            if (quote != '\0') quote = source[i] == quote ? '\0' : quote;
            else if (source[i] is '"' or '\'') quote = source[i];
            else if (source[i] == '>') return i + 1;
        }
        return source.Length;
    }
}
