using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Codes;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>One mail under examination: its templates as written, and as rendered for made-up gifts.</summary>
internal sealed class LintTarget
{
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsKeepingSourceReferences = true });

    private readonly HashSet<(string, MailPart, int, string)> reported = [];

    public LintTarget(GiftLanguage language, MailPurpose purpose, TemplatePair pair, MailSenderSettings sender)
    {
        (Language, Purpose, Sender) = (language, purpose, sender);
        Html = TemplateGrammar.Scan(pair.Html);
        Text = TemplateGrammar.Scan(pair.Text);
        SubjectLine = GiftMailRenderer.ScanSubject(sender, language, purpose);
        Document = Parser.ParseDocument(WithoutBlocks(Html));
        Styles = new MailStyles(Document);
    }

    /// <summary>Language of the mail.</summary>
    public GiftLanguage Language { get; }

    /// <summary>Gift or reminder.</summary>
    public MailPurpose Purpose { get; }

    /// <summary>True for the mail of a gift of the code kind.</summary>
    public bool IsCode { get; init; }

    /// <summary>Sender settings.</summary>
    public MailSenderSettings Sender { get; }

    /// <summary>The HTML template.</summary>
    public TemplateScan Html { get; }

    /// <summary>The text template.</summary>
    public TemplateScan Text { get; }

    /// <summary>The subject.</summary>
    public TemplateScan SubjectLine { get; }

    /// <summary>The HTML template as a document, both branches of every condition in it; its elements know their lines.</summary>
    public IHtmlDocument Document { get; }

    /// <summary>Its styles.</summary>
    public MailStyles Styles { get; }

    /// <summary>Renderings; none while a template has a problem that keeps it from rendering.</summary>
    public IReadOnlyList<LintSample> Samples { get; private set; } = [];

    /// <summary>What was found.</summary>
    public List<TemplateFinding> Findings { get; } = [];

    /// <summary>Renders the mail for gifts that differ in what a condition can ask.</summary>
    public void Render(MailTerms full, MailTerms bare, GiftCampaign campaign)
    {
        var mail = new CompiledMail(Html, Text, SubjectLine);
        var gift = MailSamples.Gift(campaign, Language);
        Samples = [One(full, gift, IsCode ? MailCodes.Sample() : null), One(bare, gift with { FirstName = "", Expiry = default }, IsCode ? MailCodes.SampleAddress(Language) : null)];

        LintSample One(MailTerms terms, Gift sample, MailCodes? codes)
        {
            var link = MailSamples.Unsubscribe(Sender, sample.Identity);
            var values = terms.Values(sample, codes?.Url ?? MailSamples.Url(Language), link);
            codes?.Fill(values);
            values[MailSlot.Subject] = MailValue.Line(mail.Subject(terms.Model(values)));
            var model = terms.Model(values);
            var html = mail.Html(model);
            var document = Parser.ParseDocument(html);
            return new LintSample(model, link, html, mail.Text(model), document, VisibleText.Of(document, new MailStyles(document)));
        }
    }

    /// <summary>Notes a broken rule, once for the same place and words.</summary>
    /// <param name="rule">The rule; its message and remedy bear its name in <c>MailText.resx</c>.</param>
    /// <param name="part">Which part.</param>
    /// <param name="line">Line, or 0.</param>
    /// <param name="details">What goes into the message.</param>
    public void Report(MailRule rule, MailPart part, int line, params object?[] details) =>
        Report(rule, part, line, MailText.Get(rule.Id, details), MailText.Get(rule.Id + "_Remedy"));

    /// <summary>Notes a broken rule in words of its own.</summary>
    public void Report(MailRule rule, MailPart part, int line, string message, string remedy)
    {
        if (!reported.Add((rule.Id, part, line, message))) return;
        Findings.Add(new TemplateFinding
        {
            Rule = rule.Id,
            Severity = rule.Severity,
            Language = Language,
            Purpose = Purpose,
            Part = part,
            Source = part switch { MailPart.Html => Html.Source.Name, MailPart.Text => Text.Source.Name, _ => SubjectLine.Source.Name },
            Line = line,
            Message = message,
            Remedy = remedy,
        });
    }

    /// <summary>The line an element begins on.</summary>
    public static int LineOf(IElement element) => element.SourceReference?.Position.Line ?? 0;

    // Conditions leave blanks behind, so that every line keeps its number.
    private static string WithoutBlocks(TemplateScan scan)
    {
        var text = scan.Source.Text.ToCharArray();
        foreach (var tag in scan.Tags.Where(t => t.Kind != TemplateTagKind.Value))
            for (var i = tag.Start; i < tag.End; i++)
                if (text[i] != '\n') text[i] = ' ';
        return new string(text);
    }
}

/// <summary>A mail rendered for a made-up gift.</summary>
/// <param name="Model">The values.</param>
/// <param name="Unsubscribe">Its unsubscribe addresses.</param>
/// <param name="Html">HTML part.</param>
/// <param name="Text">Text part.</param>
/// <param name="Document">The HTML part, parsed.</param>
/// <param name="Visible">What a reader sees of it, blanks collapsed.</param>
internal sealed record LintSample(GiftMailModel Model, UnsubscribeLink Unsubscribe, string Html, string Text, IHtmlDocument Document, string Visible)
{
    /// <summary>The subject.</summary>
    public string Subject => Model.Subject;
}
