using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Templates and sender brought together: checked and compiled once, then used for any number of campaigns from any number of
/// threads. Begin here, go on with <see cref="For"/>.
/// </summary>
public sealed class GiftMailRenderer
{
    private readonly Dictionary<(GiftLanguage, MailPurpose), CompiledMail> mails = [];
    private readonly Dictionary<GiftLanguage, CompiledMail> codeMails = [];

    /// <summary>Checks and compiles.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="sender">Sender, subjects and legal footer.</param>
    /// <exception cref="MailTemplateException">
    /// A template or subject uses what it may not (<c>TemplatePlaceholderUnknown</c>, <c>TemplateUnescaped</c>, …; the message
    /// names file and line), or the sender cannot be used (<c>SenderAddressInvalid</c>, <c>UnsubscribeUrlInvalid</c>,
    /// <c>SigningKeyMissing</c>, <c>SigningKeyShort</c>).
    /// </exception>
    public GiftMailRenderer(TemplateSet templates, MailSenderSettings sender)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(sender);
        SenderCheck.Run(sender);
        Templates = templates;
        Sender = sender;
        Tokens = sender is { UnsubscribeUrl: not null, SigningKey: { } key } ? new UnsubscribeToken(key) : null;
        foreach (var (language, purpose) in templates.Mails)
        {
            var pair = templates.Pair(language, purpose);
            mails[(language, purpose)] = new CompiledMail(TemplateGrammar.Scan(pair.Html), TemplateGrammar.Scan(pair.Text), ScanSubject(sender, language, purpose));
        }
        foreach (var language in templates.CodeLanguages)
        {
            var pair = templates.CodePair(language);
            codeMails[language] = new CompiledMail(TemplateGrammar.Scan(pair.Html), TemplateGrammar.Scan(pair.Text), ScanSubject(sender, language, MailPurpose.Gift));
        }
    }

    /// <summary>The templates.</summary>
    public TemplateSet Templates { get; }

    /// <summary>The sender.</summary>
    public MailSenderSettings Sender { get; }

    /// <summary>Maker of unsubscribe tokens, or null when no page is configured.</summary>
    internal UnsubscribeToken? Tokens { get; }

    /// <summary>Sets up the mail of one campaign.</summary>
    /// <param name="campaign">Its terms.</param>
    /// <param name="brands">The brands the customer may choose from, in the order to show; empty for the whole catalogue.</param>
    public CampaignMail For(GiftCampaign campaign, IReadOnlyList<MailBrand> brands)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(brands);
        return new CampaignMail(this, campaign, brands);
    }

    /// <summary>The compiled mail.</summary>
    /// <exception cref="MailTemplateException">There are no reminder templates (<c>TemplateReminderMissing</c>).</exception>
    internal CompiledMail Mail(GiftLanguage language, MailPurpose purpose)
    {
        if (!mails.TryGetValue((language, purpose), out var mail)) Templates.Pair(language, purpose);
        return mail!;
    }

    /// <summary>The compiled mail of a gift of the code kind.</summary>
    /// <exception cref="MailTemplateException">There are no such templates (<c>TemplateCodeMissing</c>).</exception>
    internal CompiledMail CodeMail(GiftLanguage language)
    {
        if (!codeMails.TryGetValue(language, out var mail)) Templates.CodePair(language);
        return mail!;
    }

    /// <summary>The subject as a template. It may not hold a link: subjects are stored and shown in the clear (spec A7, D2).</summary>
    internal static TemplateScan ScanSubject(MailSenderSettings sender, GiftLanguage language, MailPurpose purpose)
    {
        var name = MailText.Get("SubjectSource", language == GiftLanguage.En ? "EN" : "FR", MailText.Get("Purpose" + purpose));
        var scan = TemplateGrammar.Scan(new TemplateSource(name, MailValue.Line(sender.Subject(language, purpose)), IsHtml: false));
        return GiftMailModel.Bearer.Append(nameof(GiftMailModel.UnsubscribeUrl)).Any(scan.Uses)
            ? scan with { Problems = [.. scan.Problems, new("SubjectHoldsLink", name, 1, scan.Source.Text)] }
            : scan;
    }
}

/// <summary>One mail in one language, ready to render.</summary>
internal sealed class CompiledMail
{
    // Compiling takes far longer than checking, and most runs need one or two of the four mails.
    private readonly Lazy<Func<GiftMailModel, string>> subject;
    private readonly Lazy<Func<GiftMailModel, string>> html;
    private readonly Lazy<Func<GiftMailModel, string>> text;

    /// <summary>Takes three templates that were read through.</summary>
    /// <exception cref="MailTemplateException">One has a problem: the first found.</exception>
    public CompiledMail(TemplateScan html, TemplateScan text, TemplateScan subject)
    {
        if (html.Problems.Concat(text.Problems).Concat(subject.Problems).FirstOrDefault() is { } problem) throw problem.ToException();
        ShowsLogos = html.Uses("LogoCid");
        this.html = new(() => TemplateCompiler.Compile(html.Source));
        this.text = new(() => TemplateCompiler.Compile(text.Source));
        this.subject = new(() => TemplateCompiler.Compile(subject.Source));
    }

    /// <summary>True when the HTML part refers to logos, so that they must be embedded.</summary>
    public bool ShowsLogos { get; }

    /// <summary>Renders the subject.</summary>
    public string Subject(GiftMailModel model) => subject.Value(model);

    /// <summary>Renders the HTML part.</summary>
    public string Html(GiftMailModel model) => html.Value(model);

    /// <summary>Renders the text part.</summary>
    public string Text(GiftMailModel model) => text.Value(model);
}
