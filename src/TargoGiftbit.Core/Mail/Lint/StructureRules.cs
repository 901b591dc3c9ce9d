using System.Text;
using AngleSharp.Dom;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>What a document must declare, and what it must not hold.</summary>
internal static class StructureRules
{
    /// <summary>Largest HTML part in bytes; Gmail cuts at about 102 KB (reference/email-compliance.md D).</summary>
    private const int MostBytes = 90_000;

    // What click tracking may add to each link; no source tells the length, the margin is ours.
    private const int RewrittenLink = 200;

    private const int FewestSpacers = 30;

    private static readonly string[] ActiveElements = ["script", "form", "input", "button", "select", "textarea", "iframe", "object", "embed", "video", "audio", "applet"];

    public static void Check(LintTarget target)
    {
        CheckDeclarations(target);
        CheckActive(target);
        CheckPreheader(target);
        foreach (var table in target.Document.QuerySelectorAll("table:not([role])")) target.Report(MailRules.TableRole, MailPart.Html, LintTarget.LineOf(table));
        var headings = target.Document.QuerySelectorAll("h1").Length;
        if (headings != 1) target.Report(MailRules.HtmlHeading, MailPart.Html, 0, headings);
        if (!target.Styles.DeclaresDark) target.Report(MailRules.DarkMode, MailPart.Html, 0);
        foreach (var sample in target.Samples) CheckSize(target, sample);
    }

    private static void CheckDeclarations(LintTarget target)
    {
        var root = target.Document.DocumentElement;
        var language = target.Language == GiftLanguage.En ? "en" : "fr";
        var lang = root.GetAttribute("lang") ?? "";
        if (!lang.StartsWith(language, StringComparison.OrdinalIgnoreCase))
            target.Report(MailRules.HtmlLang, MailPart.Html, LintTarget.LineOf(root), lang, language + "-CA");
        if (root.GetAttribute("dir") is not ("ltr" or "rtl" or "auto")) target.Report(MailRules.HtmlDir, MailPart.Html, LintTarget.LineOf(root));
        if (string.IsNullOrWhiteSpace(target.Document.Title)) target.Report(MailRules.HtmlTitle, MailPart.Html, 0);
    }

    private static void CheckActive(LintTarget target)
    {
        foreach (var element in target.Document.All)
        {
            if (ActiveElements.Contains(element.LocalName))
                target.Report(MailRules.NoScript, MailPart.Html, LintTarget.LineOf(element), $"<{element.LocalName}>");
            foreach (var attribute in element.Attributes)
            {
                var runs = attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                    || attribute.Value.AsSpan().TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
                if (runs) target.Report(MailRules.NoScript, MailPart.Html, LintTarget.LineOf(element), attribute.Name);
            }
        }
    }

    private static void CheckPreheader(LintTarget target)
    {
        var first = target.Document.Body?.Descendants<IText>().FirstOrDefault(t => !string.IsNullOrWhiteSpace(t.Data))?.ParentElement;
        if (first is null || !target.Styles.IsHidden(first))
        {
            target.Report(MailRules.Preheader, MailPart.Html, first is null ? 0 : LintTarget.LineOf(first));
            return;
        }
        // Zero-width or non-breaking characters: CERB and MZ use U+200C, U+00A0, U+2007, U+034F, U+FEFF.
        var spacers = first.TextContent.Count(c => c is '\u00A0' or '\u200B' or '\u200C' or '\u2007' or '\u034F' or '\uFEFF' or '\u00AD')
            + (first.NextElementSibling is { } next && target.Styles.IsHidden(next) ? next.TextContent.Length : 0);
        if (spacers < FewestSpacers) target.Report(MailRules.PreheaderSpacer, MailPart.Html, LintTarget.LineOf(first));
    }

    private static void CheckSize(LintTarget target, LintSample sample)
    {
        var links = target.Sender.TrackClicks ? sample.Document.QuerySelectorAll("a[href^=http]").Length : 0;
        var bytes = Encoding.UTF8.GetByteCount(sample.Html) + (links * RewrittenLink);
        if (bytes > MostBytes) target.Report(MailRules.HtmlSize, MailPart.Html, 0, (bytes + 999) / 1000, MostBytes / 1000);
    }
}
