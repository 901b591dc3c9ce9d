using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>What the law wants to stand in every message, visibly, in both parts (reference/email-compliance.md A2; spec D4).</summary>
internal static class LegalRules
{
    public static void Check(LintTarget target)
    {
        foreach (var sample in target.Samples)
        {
            var text = VisibleText.Collapse(sample.Text);
            foreach (var (part, visible) in new[] { (MailPart.Html, sample.Visible), (MailPart.Text, text) })
            {
                CheckName(target, part, visible);
                Demand(target, MailRules.LegalMailingAddress, part, visible, target.Sender.MailingAddress);
                Demand(target, MailRules.LegalContact, part, visible, target.Sender.SupportAddress);
            }
            CheckUnsubscribe(target, sample);
            CheckRefuse(target, sample, text);
            if (!sample.Unsubscribe.Headers().Any(h => h.Key == "List-Unsubscribe" && IsUsable(h.Value))) target.Report(MailRules.LegalUnsubscribeHeader, MailPart.Headers, 0);
        }
    }

    // The name as a word of its own: the same letters in an e-mail or web address name nobody.
    private static void CheckName(LintTarget target, MailPart part, string visible)
    {
        var name = VisibleText.Collapse(MailValue.Line(target.Sender.From.Name));
        var isThere = name.Length > 0 && Regex.IsMatch(visible, $@"(?<![\w@.-]){Regex.Escape(name)}(?![\w@-]|\.\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (!isThere) target.Report(MailRules.LegalSenderName, part, 0, name);
    }

    private static void Demand(LintTarget target, MailRule rule, MailPart part, string visible, string? wanted)
    {
        var words = VisibleText.Collapse(MailValue.Line(wanted));
        if (words.Length == 0 || !visible.Contains(words, StringComparison.OrdinalIgnoreCase)) target.Report(rule, part, 0, words);
    }

    private static void CheckUnsubscribe(LintTarget target, LintSample sample)
    {
        var styles = new MailStyles(sample.Document);
        if (!VisibleLinks(sample, styles).Any(a => a.GetAttribute("href") == sample.Model.UnsubscribeUrl)) target.Report(MailRules.LegalUnsubscribe, MailPart.Html, 0);
        if (!sample.Text.Contains(sample.Model.UnsubscribeUrl, StringComparison.Ordinal)) target.Report(MailRules.LegalUnsubscribe, MailPart.Text, 0);
    }

    private static void CheckRefuse(LintTarget target, LintSample sample, string text)
    {
        var ways = new[] { sample.Model.RefuseUrl, sample.Model.ReplaceUrl };
        if (!VisibleLinks(sample, new MailStyles(sample.Document)).Any(a => ways.Contains(a.GetAttribute("href")))) target.Report(MailRules.LegalRefuse, MailPart.Html, 0);
        var isAddressed = text.Contains(sample.Model.SupportEmail, StringComparison.OrdinalIgnoreCase) && text.Contains(sample.Model.Reference, StringComparison.Ordinal);
        if (!ways.Any(way => text.Contains(way, StringComparison.Ordinal)) && !isAddressed) target.Report(MailRules.LegalRefuse, MailPart.Text, 0);
    }

    // Addresses in angle brackets (RFC 2369), in letters that a header may hold and with no second question mark in a mailto.
    private static bool IsUsable(string header) => header.Split(", ").All(part =>
        part is ['<', .. { Length: > 0 } address, '>'] && address.All(c => c is > ' ' and <= '~' and not ('<' or '>')) && address.Count(c => c == '?') <= 1
        && Uri.TryCreate(address, UriKind.Absolute, out _));

    private static IEnumerable<IElement> VisibleLinks(LintSample sample, MailStyles styles) =>
        sample.Document.QuerySelectorAll("a").Where(a => VisibleText.Collapse(a.TextContent).Length > 0 && !styles.IsHidden(a));
}
