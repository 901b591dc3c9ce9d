using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>What a mail's styles come to on an element: style blocks, <c>style</c> and <c>bgcolor</c> attributes, in light or dark mode.</summary>
internal sealed class MailStyles
{
    // Every declaration that holds on an element, worked out once: rules are few, questions many.
    private readonly Dictionary<IElement, List<Candidate>> candidates = [];

    public MailStyles(IHtmlDocument document)
    {
        var rules = document.QuerySelectorAll("style").SelectMany(style => CssRules.Parse(style.TextContent)).ToList();
        foreach (var rule in rules)
            foreach (var element in Matching(document, rule.Selector))
                Of(element).AddRange(rule.Declarations.Select(d => new Candidate(d, Inline: false, rule.Specificity, rule.Dark)));
        foreach (var element in document.QuerySelectorAll("[style]"))
            Of(element).AddRange(CssRules.Declarations(element.GetAttribute("style")!).Select(d => new Candidate(d, Inline: true, 0, Dark: false)));
        DeclaresDark = rules.Exists(r => r.Dark)
            || document.QuerySelectorAll("meta[name=color-scheme]").Any(m => m.GetAttribute("content")?.Contains("dark", StringComparison.OrdinalIgnoreCase) == true);
    }

    /// <summary>True when the mail says that it knows dark mode.</summary>
    public bool DeclaresDark { get; }

    /// <summary>The value that wins on the element itself, without inheritance; null when none is given.</summary>
    public string? Own(IElement element, string property, bool dark = false)
    {
        if (!candidates.TryGetValue(element, out var all)) return null;
        Candidate? winner = null;
        foreach (var candidate in all)
            if (candidate.Declaration.Property == property && (dark || !candidate.Dark) && (winner is null || candidate.Rank.CompareTo(winner.Rank) >= 0))
                winner = candidate;
        return winner?.Declaration.Value;
    }

    /// <summary>The value on the element or on the nearest one round it.</summary>
    public string? Inherited(IElement element, string property, bool dark = false)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
            if (Own(at, property, dark) is { } value && value != "inherit") return value;
        return null;
    }

    /// <summary>True when the element or one round it is not shown at all.</summary>
    public bool IsHidden(IElement element)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
        {
            if (at.HasAttribute("hidden") || at.LocalName is "head" or "style" or "script" or "template") return true;
            if (Is(at, "display", "none") || Is(at, "mso-hide", "all") || IsZero(at, "max-height") || IsZero(at, "opacity")) return true;
        }
        return Inherited(element, "visibility") == "hidden" || FontSize(element) == 0;
    }

    /// <summary>Size of the element's text in CSS pixels; relative sizes count as given.</summary>
    public double FontSize(IElement element)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
        {
            if (Own(at, "font-size") is { } value && Length(value) is { } size) return size;
            if (at.LocalName is "h1") return 32;
            if (at.LocalName is "h2") return 24;
        }
        return 16;
    }

    /// <summary>True for text set in bold.</summary>
    public bool IsBold(IElement element)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
        {
            if (Own(at, "font-weight") is { } value)
                return value is "bold" or "bolder" || (int.TryParse(value, CultureInfo.InvariantCulture, out var weight) && weight >= 700);
            if (at.LocalName is "b" or "strong" or "th" or "h1" or "h2" or "h3") return true;
        }
        return false;
    }

    private bool Is(IElement element, string property, string value) => string.Equals(Own(element, property), value, StringComparison.OrdinalIgnoreCase);

    private bool IsZero(IElement element, string property) => Own(element, property) is { } value && Length(value) == 0;

    private static double? Length(string value)
    {
        var digits = value.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (digits == 0 || !double.TryParse(value.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        return value[digits..].Trim().ToLowerInvariant() switch { "px" or "" => number, "pt" => number * 4 / 3, "em" or "rem" => number * 16, "%" => number * 0.16, _ => null };
    }

    private static IReadOnlyList<IElement> Matching(IHtmlDocument document, string selector)
    {
        // Outlook.com's own attributes are not there when the mail is written; state selectors do not hold at rest.
        if (selector.Contains("data-ogs", StringComparison.Ordinal) || selector.Contains(":hover", StringComparison.Ordinal)) return [];
        try
        {
            return [.. document.QuerySelectorAll(selector)];
        }
        catch (DomException)
        {
            return [];
        }
    }

    private List<Candidate> Of(IElement element)
    {
        if (!candidates.TryGetValue(element, out var list)) candidates[element] = list = [];
        return list;
    }

    private sealed record Candidate(CssDeclaration Declaration, bool Inline, int Specificity, bool Dark)
    {
        public (bool, bool, int) Rank => (Declaration.Important, Inline, Specificity);
    }
}
