using System.Text.RegularExpressions;
using AngleSharp.Dom;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Templates;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>The gift itself: its link once as a button and once as text and nowhere else, its value, its last day.</summary>
internal static class GiftRules
{
    public static void Check(LintTarget target)
    {
        CheckLeak(target);
        foreach (var sample in target.Samples)
        {
            if (target.IsCode) CheckCodes(target, sample);
            var url = sample.Model.GiftUrl;
            var buttons = sample.Document.QuerySelectorAll("a")
                .Count(a => a.GetAttribute("href") == url && !a.TextContent.Contains(url, StringComparison.Ordinal) && VisibleText.Collapse(a.TextContent).Length > 0);
            if (url.Length > 0)
            {
                if (buttons != 1) target.Report(MailRules.GiftButton, MailPart.Html, LineOf(target.Html), buttons);
                CheckText(target, MailPart.Html, target.Html, Occurrences(sample.Visible, url));
                CheckText(target, MailPart.Text, target.Text, Occurrences(sample.Text, url));
            }
            CheckTerms(target, MailPart.Html, sample.Visible, sample.Model);
            CheckTerms(target, MailPart.Text, VisibleText.Collapse(sample.Text), sample.Model);
            CheckLeft(target, MailPart.Html, sample.Visible);
            CheckLeft(target, MailPart.Text, sample.Text);
            if (LooksLikeMarkup(sample.Text) || string.IsNullOrWhiteSpace(sample.Text)) target.Report(MailRules.TextPart, MailPart.Text, 0);
            if (!sample.Document.QuerySelectorAll("a").Any(a => a.GetAttribute("href") == sample.Model.OtherLanguageUrl))
                target.Report(MailRules.OtherLanguage, MailPart.Html, 0, MailText.Get(target.Language == GiftLanguage.En ? "LanguageFr" : "LanguageEn"));
        }
    }

    private static void CheckCodes(LintTarget target, LintSample sample)
    {
        var model = sample.Model;
        foreach (var (name, value) in new[] { ("Code", model.Code), ("Pin", model.Pin), ("UrlCode", model.UrlCode), ("BarcodeText", model.BarcodeText) })
        {
            if (value.Length == 0) continue;
            if (!sample.Visible.Contains(value, StringComparison.Ordinal)) target.Report(MailRules.GiftCodeShown, MailPart.Html, 0, name);
            if (!sample.Text.Contains(value, StringComparison.Ordinal)) target.Report(MailRules.GiftCodeShown, MailPart.Text, 0, name);
        }
        if (model.PrintableUrl.Length == 0) return;
        if (!sample.Document.QuerySelectorAll("a").Any(a => a.GetAttribute("href") == model.PrintableUrl)) target.Report(MailRules.GiftCodeShown, MailPart.Html, 0, "PrintableUrl");
        if (!sample.Text.Contains(model.PrintableUrl, StringComparison.Ordinal)) target.Report(MailRules.GiftCodeShown, MailPart.Text, 0, "PrintableUrl");
    }

    private static void CheckText(LintTarget target, MailPart part, TemplateScan scan, int count)
    {
        if (count != 1) target.Report(MailRules.GiftLinkText, part, LineOf(scan), count);
    }

    private static void CheckTerms(LintTarget target, MailPart part, string visible, GiftMailModel model)
    {
        foreach (var term in new[] { model.Amount, model.Expiry })
            if (term.Length > 0 && !visible.Contains(VisibleText.Collapse(term), StringComparison.Ordinal)) target.Report(MailRules.GiftTerms, part, 0, term);
    }

    private static void CheckLeft(LintTarget target, MailPart part, string text)
    {
        foreach (var mark in new[] { "{{", "}}", "[[", "]]", "{%" })
            if (text.Contains(mark, StringComparison.Ordinal)) target.Report(MailRules.PlaceholderLeft, part, 0, mark);
    }

    // Anything but href="{{GiftUrl}}" would hand the link to a server that is not the gift's.
    private static void CheckLeak(LintTarget target)
    {
        foreach (var element in target.Document.All)
            foreach (var attribute in element.Attributes)
            {
                if (GiftMailModel.Bearer.FirstOrDefault(name => Names(attribute.Value, name)) is not { } bearer) continue;
                if (!IsPlaceFor(bearer, element, attribute)) target.Report(MailRules.GiftLinkLeak, MailPart.Html, LintTarget.LineOf(element), $"<{element.LocalName} {attribute.Name}>");
            }
        if (target.Document.Head is { } head && GiftMailModel.Bearer.Any(name => Names(head.TextContent, name))) target.Report(MailRules.GiftLinkLeak, MailPart.Html, 0, "<head>");
    }

    private static bool IsPlaceFor(string bearer, IElement element, IAttr attribute) => bearer switch
    {
        nameof(GiftMailModel.GiftUrl) or nameof(GiftMailModel.PrintableUrl) => element.LocalName == "a" && attribute.Name == "href"
            && attribute.Value.Trim().StartsWith("{{", StringComparison.Ordinal) && attribute.Value.Trim().EndsWith("}}", StringComparison.Ordinal) && Occurrences(attribute.Value, "{{") == 1,
        // Who cannot see the picture needs what it says; it goes to nobody else.
        nameof(GiftMailModel.BarcodeText) => element.LocalName == "img" && attribute.Name == "alt",
        _ => false,
    };

    private static bool Names(string text, string placeholder) => Regex.IsMatch(text, $@"\{{\{{[^}}]*\b{placeholder}\s*~?\}}\}}");

    private static int LineOf(TemplateScan scan) => scan.Tags.FirstOrDefault(t => t.Name == nameof(GiftMailModel.GiftUrl)).Line;

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;

    private static readonly string[] Markup = ["<html", "<body", "<table", "<td", "<p>", "<br", "<div", "</a>", "&nbsp;", "&amp;"];

    private static bool LooksLikeMarkup(string text) =>
        Markup.Any(tag => text.Contains(tag, StringComparison.OrdinalIgnoreCase));
}
