namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>Links other than the gift's.</summary>
internal static class LinkRules
{
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "cliquez ici", "clique ici", "cliquer ici", "ici", "lien", "ce lien", "plus", "en savoir plus", "suivre ce lien",
        "click here", "click", "here", "link", "this link", "more", "read more", "learn more",
    };

    private static readonly string[] Schemes = ["https:", "mailto:", "tel:", "sms:"];

    public static void Check(LintTarget target)
    {
        foreach (var link in target.Document.QuerySelectorAll("a"))
        {
            var line = LintTarget.LineOf(link);
            var text = VisibleText.Collapse(link.TextContent).Trim('.', '!', '>', '»', '«', '→', ' ', ':', '\u00A0');
            var alternative = string.Concat(link.QuerySelectorAll("img").Select(i => i.GetAttribute("alt")));
            if (text.Length == 0 && string.IsNullOrWhiteSpace(alternative)) target.Report(MailRules.LinkText, MailPart.Html, line, "");
            else if (Empty.Contains(text)) target.Report(MailRules.LinkText, MailPart.Html, line, text);

            var address = link.GetAttribute("href")?.Trim() ?? "";
            if (!address.StartsWith("{{", StringComparison.Ordinal) && !Schemes.Any(s => address.StartsWith(s, StringComparison.OrdinalIgnoreCase) && address.Length > s.Length))
                target.Report(MailRules.LinkTarget, MailPart.Html, line, address);
        }
    }
}
