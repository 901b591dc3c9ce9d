using System.Text.RegularExpressions;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>A declaration.</summary>
/// <param name="Property">Lowercase name.</param>
/// <param name="Value">Value without <c>!important</c>.</param>
/// <param name="Important">True with <c>!important</c>.</param>
internal readonly record struct CssDeclaration(string Property, string Value, bool Important);

/// <summary>A rule of a style block.</summary>
/// <param name="Selector">One selector.</param>
/// <param name="Declarations">Its declarations.</param>
/// <param name="Dark">True within <c>@media (prefers-color-scheme: dark)</c>.</param>
internal sealed record CssRule(string Selector, IReadOnlyList<CssDeclaration> Declarations, bool Dark)
{
    /// <summary>How specific the selector is, roughly: ids, then classes, attributes and pseudo-classes, then elements.</summary>
    public int Specificity { get; } =
        (100 * Selector.Count(c => c == '#')) + (10 * Selector.Count(c => c is '.' or '[' or ':'))
        + Regex.Count(Selector, @"(^|[\s>+~])[a-zA-Z]", RegexOptions.NonBacktracking);
}

/// <summary>Reads as much CSS as mails have: rules, and rules within <c>@media</c>.</summary>
internal static class CssRules
{
    private const int DeepestNesting = 4;

    /// <summary>The rules that hold on a wide screen or in dark mode; those for small screens only are left out.</summary>
    public static List<CssRule> Parse(string css)
    {
        List<CssRule> rules = [];
        Read(WithoutComments(css), dark: false, depth: 0, rules);
        return rules;
    }

    /// <summary>The declarations of a <c>style</c> attribute or of a rule's body.</summary>
    public static List<CssDeclaration> Declarations(string body)
    {
        List<CssDeclaration> declarations = [];
        foreach (var part in body.Split(';'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var value = part[(colon + 1)..].Trim();
            var important = value.EndsWith("!important", StringComparison.OrdinalIgnoreCase);
            if (important) value = value[..^"!important".Length].TrimEnd();
            declarations.Add(new CssDeclaration(part[..colon].Trim().ToLowerInvariant(), value, important));
        }
        return declarations;
    }

    private static void Read(string css, bool dark, int depth, List<CssRule> rules)
    {
        for (var at = 0; at < css.Length;)
        {
            var open = css.IndexOf('{', at);
            if (open < 0) return;
            var close = EndOf(css, open);
            var prelude = css[at..open];
            // @import and @charset end with a semicolon and have no body.
            prelude = prelude[(prelude.LastIndexOf(';') + 1)..].Trim();
            var body = css[(open + 1)..close];
            if (prelude.StartsWith("@media", StringComparison.OrdinalIgnoreCase))
            {
                var query = string.Concat(prelude.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
                if (depth < DeepestNesting && query.Contains("prefers-color-scheme:dark", StringComparison.Ordinal)) Read(body, dark: true, depth + 1, rules);
            }
            else if (!prelude.StartsWith('@'))
            {
                var declarations = Declarations(body);
                rules.AddRange(prelude.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(s => new CssRule(s, declarations, dark)));
            }
            at = close + 1;
        }
    }

    private static int EndOf(string css, int open)
    {
        var depth = 0;
        for (var i = open; i < css.Length; i++)
        {
            if (css[i] == '{') depth++;
            else if (css[i] == '}' && --depth == 0) return i;
        }
        return css.Length;
    }

    private static string WithoutComments(string css) => Regex.Replace(css, @"/\*.*?(\*/|$)", " ", RegexOptions.Singleline);
}
