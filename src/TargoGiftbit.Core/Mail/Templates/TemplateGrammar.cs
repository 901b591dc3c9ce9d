namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>
/// The part of Handlebars a mail template may use: <c>{{Name}}</c>, comments, and <c>if</c>, <c>unless</c>, <c>each</c> with
/// <c>else</c>. It reads every tag, in branches taken or not, because Handlebars.Net lets <c>{{{ }}}</c> through and does not
/// look into a branch before it is taken (design.md, traps). Whatever it does not know is a problem, so that nothing can
/// mean more to Handlebars than it means here.
/// </summary>
internal sealed class TemplateGrammar
{
    private sealed class Block(string helper, int line, TemplateSchema schema, bool opensContext)
    {
        public string Helper => helper;
        public int Line => line;
        public TemplateSchema Schema => schema;
        public bool OpensContext => opensContext;
        public bool InElse { get; set; }
    }

    private readonly TemplateSource source;
    private readonly string text;
    private readonly HtmlPlace? place;
    private readonly List<TemplateProblem> problems = [];
    private readonly List<TemplateTag> tags = [];
    private readonly Stack<Block> blocks = new();
    private int line = 1;
    private int lineAt;

    private TemplateGrammar(TemplateSource source)
    {
        this.source = source;
        text = source.Text;
        place = source.IsHtml ? new HtmlPlace(text) : null;
    }

    /// <summary>Reads a template through.</summary>
    public static TemplateScan Scan(TemplateSource source) => new TemplateGrammar(source).Run();

    private TemplateScan Run()
    {
        for (var start = text.IndexOf("{{", StringComparison.Ordinal); start >= 0;)
        {
            while (lineAt < start) if (text[lineAt++] == '\n') line++;
            var end = ReadTag(start);
            if (end < 0) break;
            start = text.IndexOf("{{", end, StringComparison.Ordinal);
        }
        foreach (var block in blocks) problems.Add(new("TemplateBlockOpen", source.Name, block.Line, $"{{{{#{block.Helper}}}}}"));
        return new TemplateScan(source, tags, problems);
    }

    // Returns where the tag ends, or -1 when the rest cannot be read.
    private int ReadTag(int start)
    {
        if (start > 0 && text[start - 1] == '\\') return Refuse("TemplateEscapedBraces", start, start + 2);
        if (Follows(start, "{{{")) return Refuse("TemplateUnescaped", start, EndOf(start, "}}"));
        var comment = Follows(start, "{{!--") || Follows(start, "{{~!--") ? "--}}" : "}}";
        var close = text.IndexOf(comment, start + 2, StringComparison.Ordinal);
        if (close < 0)
        {
            Refuse("TemplateTagOpen", start, Math.Min(text.Length, start + 40));
            return -1;
        }
        var end = close + comment.Length;
        var body = text[(start + 2)..close];
        if (body.StartsWith('~')) body = body[1..];
        if (comment.Length == 2 && body.EndsWith('~')) body = body[..^1];
        body = body.Trim();
        if (end < text.Length && text[end] == '}') return Refuse("TemplateTagMalformed", start, end + 1);
        // Handlebars and a reader may differ on where a comment with braces in it ends.
        if (comment.Length == 2 && body.AsSpan().IndexOfAny('{', '}') >= 0) return Refuse("TemplateTagMalformed", start, end);
        if (body.StartsWith('!'))
        {
            Add(start, end, TemplateTagKind.Comment, "");
            return end;
        }
        Read(body, start, end);
        return end;
    }

    private void Read(string body, int start, int end)
    {
        switch (body)
        {
            case "": Refuse("TemplateTagMalformed", start, end); return;
            case "else": ReadElse(start, end); return;
            case ['&', ..]: Refuse("TemplateUnescaped", start, end); return;
            case ['>', ..] or ['#', '>', ..]: Refuse("TemplatePartial", start, end); return;
            case ['/', .. var name]: ReadClose(name.Trim(), start, end); return;
            case ['#', .. var inner]: ReadOpen(inner.Split(' ', StringSplitOptions.RemoveEmptyEntries), start, end); return;
            default: ReadValue(body, start, end); return;
        }
    }

    private void ReadOpen(string[] words, int start, int end)
    {
        if (words is not [("if" or "unless" or "each") and var helper, var name])
        {
            var isHelper = words is [not ("if" or "unless" or "each"), ..];
            Refuse(isHelper ? "TemplateHelperUnknown" : "TemplateTagMalformed", start, end);
            // Keeps the closing tag from being reported too.
            if (words.Length > 0) blocks.Push(new Block(words[0], line, CurrentSchema, false));
            return;
        }
        var schema = CurrentSchema;
        if (Resolve(name, start, end) is var (kind, items))
        {
            if (helper == "each" && kind != PlaceholderKind.List) Refuse("TemplateNotAList", start, end);
            else Add(start, end, TemplateTagKind.Open, name);
            schema = items ?? schema;
        }
        var isEach = helper == "each";
        blocks.Push(new Block(helper, line, isEach ? schema : CurrentSchema, isEach));
    }

    private void ReadElse(int start, int end)
    {
        if (blocks.Count == 0 || blocks.Peek().InElse) { Refuse("TemplateBlockMismatch", start, end); return; }
        blocks.Peek().InElse = true;
        Add(start, end, TemplateTagKind.Else, "");
    }

    private void ReadClose(string name, int start, int end)
    {
        if (blocks.Count == 0 || blocks.Peek().Helper != name) { Refuse("TemplateBlockMismatch", start, end); return; }
        blocks.Pop();
        Add(start, end, TemplateTagKind.Close, name);
    }

    private void ReadValue(string body, int start, int end)
    {
        if (body.Any(char.IsWhiteSpace)) { Refuse("TemplateHelperUnknown", start, end); return; }
        if (Resolve(body, start, end) is not var (kind, _)) return;
        if (kind != PlaceholderKind.Text) { Refuse("TemplateNotText", start, end); return; }
        Add(start, end, TemplateTagKind.Value, body);
        if (place is { IsSafe: false }) Refuse("TemplatePlaceUnsafe", start, end);
    }

    private (PlaceholderKind Kind, TemplateSchema? Items)? Resolve(string name, int start, int end)
    {
        var contexts = blocks.Where(b => b is { OpensContext: true, InElse: false }).ToList();
        if (name is "@first" or "@last" or "@index" && contexts.Count > 0)
            return (name == "@index" ? PlaceholderKind.Text : PlaceholderKind.Flag, null);
        var up = 0;
        while (name.StartsWith("../", StringComparison.Ordinal)) (up, name) = (up + 1, name[3..]);
        // Each step up leaves one list; if and unless open none.
        var schema = up > contexts.Count ? null : up == contexts.Count ? TemplateSchema.Mail : contexts[up].Schema;
        if (schema is not null && schema.TryGet(name, out var kind, out var items)) return (kind, items);
        problems.Add(new("TemplatePlaceholderUnknown", source.Name, line, text[start..end], schema?.Nearest(name)));
        place?.Advance(start, end);
        return null;
    }

    // In the else of a list there is no item: its names are those outside.
    private TemplateSchema CurrentSchema => blocks.FirstOrDefault(b => b is { OpensContext: true, InElse: false })?.Schema ?? TemplateSchema.Mail;

    private void Add(int start, int end, TemplateTagKind kind, string name)
    {
        tags.Add(new TemplateTag(start, end, kind, name, line));
        place?.Advance(start, end);
    }

    private int Refuse(string code, int start, int end)
    {
        problems.Add(new(code, source.Name, line, text[start..Math.Min(end, text.Length)]));
        place?.Advance(start, end);
        return end;
    }

    private bool Follows(int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private int EndOf(int start, string close)
    {
        var at = text.IndexOf(close, start, StringComparison.Ordinal);
        if (at < 0) return text.Length;
        for (at += close.Length; at < text.Length && text[at] == '}'; at++) { }
        return at;
    }
}
