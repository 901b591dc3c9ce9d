namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>How much a broken rule weighs.</summary>
public enum MailSeverity
{
    /// <summary>Could be better.</summary>
    Warning,

    /// <summary>Customers will be hindered, or the mail may not arrive as meant.</summary>
    Error,

    /// <summary>The law asks for it: the mail is not sent in production (spec D4; reference/email-compliance.md A2).</summary>
    Legal,
}

/// <summary>A rule that templates and sender settings are held to.</summary>
/// <param name="Id">Stable name, for example <c>LegalMailingAddress</c>.</param>
/// <param name="Severity">How much it weighs.</param>
public sealed record MailRule(string Id, MailSeverity Severity)
{
    /// <summary>The name.</summary>
    public override string ToString() => Id;
}

/// <summary>All rules. What each asks for is told in <c>docs/templates.md</c>; the source is reference/email-compliance.md part E unless said otherwise.</summary>
public static class MailRules
{
    /// <summary>The sender's name stands in both parts (A2.1).</summary>
    public static MailRule LegalSenderName { get; } = new(nameof(LegalSenderName), MailSeverity.Legal);

    /// <summary>The postal address stands in both parts (A2.2).</summary>
    public static MailRule LegalMailingAddress { get; } = new(nameof(LegalMailingAddress), MailSeverity.Legal);

    /// <summary>An address to write to stands in both parts (A2.2).</summary>
    public static MailRule LegalContact { get; } = new(nameof(LegalContact), MailSeverity.Legal);

    /// <summary>The customer's own unsubscribe address is a visible link and stands in the text part (A2.3).</summary>
    public static MailRule LegalUnsubscribe { get; } = new(nameof(LegalUnsubscribe), MailSeverity.Legal);

    /// <summary>The message has a List-Unsubscribe header (spec D4).</summary>
    public static MailRule LegalUnsubscribeHeader { get; } = new(nameof(LegalUnsubscribeHeader), MailSeverity.Legal);

    /// <summary>The gift can be refused or replaced by a prepared mail with the reference (spec D4).</summary>
    public static MailRule LegalRefuse { get; } = new(nameof(LegalRefuse), MailSeverity.Legal);

    /// <summary>Placeholders are known, escaped and in a safe place (spec D2).</summary>
    public static MailRule Placeholder { get; } = new(nameof(Placeholder), MailSeverity.Error);

    /// <summary>Nothing that looks like a placeholder is left after rendering.</summary>
    public static MailRule PlaceholderLeft { get; } = new(nameof(PlaceholderLeft), MailSeverity.Error);

    /// <summary>The sender's settings can be used.</summary>
    public static MailRule SenderSettings { get; } = new(nameof(SenderSettings), MailSeverity.Error);

    /// <summary>A sender that takes no answers names an address that does.</summary>
    public static MailRule ReplyTo { get; } = new(nameof(ReplyTo), MailSeverity.Error);

    /// <summary>The subject is there and fits into 255 characters (reference/mailjet.md §2).</summary>
    public static MailRule Subject { get; } = new(nameof(Subject), MailSeverity.Error);

    /// <summary>Both headers of one-click unsubscribing are sent (C).</summary>
    public static MailRule OneClickHeader { get; } = new(nameof(OneClickHeader), MailSeverity.Warning);

    /// <summary>The language of the document is declared and is the mail's.</summary>
    public static MailRule HtmlLang { get; } = new(nameof(HtmlLang), MailSeverity.Error);

    /// <summary>The reading direction is declared.</summary>
    public static MailRule HtmlDir { get; } = new(nameof(HtmlDir), MailSeverity.Error);

    /// <summary>The document has a title.</summary>
    public static MailRule HtmlTitle { get; } = new(nameof(HtmlTitle), MailSeverity.Error);

    /// <summary>There is one main heading (D).</summary>
    public static MailRule HtmlHeading { get; } = new(nameof(HtmlHeading), MailSeverity.Warning);

    /// <summary>Every table says whether it is layout.</summary>
    public static MailRule TableRole { get; } = new(nameof(TableRole), MailSeverity.Error);

    /// <summary>Every image has an alternative text, empty for an ornament.</summary>
    public static MailRule ImageAlt { get; } = new(nameof(ImageAlt), MailSeverity.Error);

    /// <summary>Images are embedded or come over https, and are not SVG.</summary>
    public static MailRule ImageSource { get; } = new(nameof(ImageSource), MailSeverity.Error);

    /// <summary>No style sheet or font is fetched from elsewhere: it tells a stranger who reads the mail (D).</summary>
    public static MailRule RemoteStyle { get; } = new(nameof(RemoteStyle), MailSeverity.Warning);

    /// <summary>No script, form, frame or player.</summary>
    public static MailRule NoScript { get; } = new(nameof(NoScript), MailSeverity.Error);

    /// <summary>The rendered HTML stays within 90 KB, room for rewritten links included.</summary>
    public static MailRule HtmlSize { get; } = new(nameof(HtmlSize), MailSeverity.Error);

    /// <summary>The mail begins with a hidden preheader.</summary>
    public static MailRule Preheader { get; } = new(nameof(Preheader), MailSeverity.Error);

    /// <summary>Invisible characters after the preheader keep the body out of the preview (D).</summary>
    public static MailRule PreheaderSpacer { get; } = new(nameof(PreheaderSpacer), MailSeverity.Warning);

    /// <summary>Text and background differ enough, in light and dark mode (WCAG 2.2, 1.4.3).</summary>
    public static MailRule Contrast { get; } = new(nameof(Contrast), MailSeverity.Error);

    /// <summary>No text is smaller than 11 pixels (D).</summary>
    public static MailRule FontSize { get; } = new(nameof(FontSize), MailSeverity.Warning);

    /// <summary>Dark mode is declared (spec D3).</summary>
    public static MailRule DarkMode { get; } = new(nameof(DarkMode), MailSeverity.Warning);

    /// <summary>A link's text says where it leads.</summary>
    public static MailRule LinkText { get; } = new(nameof(LinkText), MailSeverity.Error);

    /// <summary>A link leads somewhere.</summary>
    public static MailRule LinkTarget { get; } = new(nameof(LinkTarget), MailSeverity.Error);

    /// <summary>The gift's link is the target of exactly one button.</summary>
    public static MailRule GiftButton { get; } = new(nameof(GiftButton), MailSeverity.Error);

    /// <summary>The gift's link stands exactly once as text, in each part.</summary>
    public static MailRule GiftLinkText { get; } = new(nameof(GiftLinkText), MailSeverity.Error);

    /// <summary>The gift's link goes nowhere else: not into an image, another link or the subject (spec A7).</summary>
    public static MailRule GiftLinkLeak { get; } = new(nameof(GiftLinkLeak), MailSeverity.Error);

    /// <summary>Code, PIN and whatever else a gift of the code kind has stand in both parts.</summary>
    public static MailRule GiftCodeShown { get; } = new(nameof(GiftCodeShown), MailSeverity.Error);

    /// <summary>Face value and last day stand in both parts (spec D1).</summary>
    public static MailRule GiftTerms { get; } = new(nameof(GiftTerms), MailSeverity.Error);

    /// <summary>The English mail offers French, and the French one English (B2).</summary>
    public static MailRule OtherLanguage { get; } = new(nameof(OtherLanguage), MailSeverity.Warning);

    /// <summary>The text part is text.</summary>
    public static MailRule TextPart { get; } = new(nameof(TextPart), MailSeverity.Error);

    /// <summary>Spaces stand as Quebec French has them (B3).</summary>
    public static MailRule FrenchTypography { get; } = new(nameof(FrenchTypography), MailSeverity.Warning);

    /// <summary>Every rule, in the order above.</summary>
    public static IReadOnlyList<MailRule> All { get; } =
        [.. typeof(MailRules).GetProperties().Where(p => p.PropertyType == typeof(MailRule)).Select(p => (MailRule)p.GetValue(null)!)];
}
