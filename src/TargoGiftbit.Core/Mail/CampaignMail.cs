using System.Collections.Concurrent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Codes;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Mail;

/// <summary>Renders the mails of one campaign. Safe to use from several threads at once.</summary>
public sealed class CampaignMail
{
    private readonly GiftMailRenderer renderer;
    private readonly GiftCampaign campaign;
    private readonly MailTerms french;
    private readonly MailTerms english;
    private readonly IReadOnlyList<InlineImage> images;
    private readonly ConcurrentDictionary<(CompiledMail Mail, int Empty), MailShape> shapes = new();

    internal CampaignMail(GiftMailRenderer renderer, GiftCampaign campaign, IReadOnlyList<MailBrand> brands)
    {
        (this.renderer, this.campaign) = (renderer, campaign);
        var shown = MailBrandList.From(brands);
        images = shown.Images;
        french = new MailTerms(GiftLanguage.Fr, renderer.Sender, shown);
        english = new MailTerms(GiftLanguage.En, renderer.Sender, shown);
    }

    /// <summary>Hash of the template a gift's mail is made from, to be stored with the gift (spec D2).</summary>
    /// <param name="language">Language of the mail.</param>
    /// <param name="purpose">Gift or reminder.</param>
    public string TemplateHash(GiftLanguage language, MailPurpose purpose = MailPurpose.Gift) =>
        campaign.Kind == GiftKind.Code && purpose == MailPurpose.Gift ? renderer.Templates.CodePair(language).Hash : renderer.Templates.HashOf(language, purpose);

    /// <summary>Makes the message of one gift.</summary>
    /// <param name="gift">The gift, with its link or its codes.</param>
    /// <param name="to">Where it goes: the customer in production, the tagged test inbox in the sandbox (spec A3).</param>
    /// <param name="attemptId">Id of this attempt, sent along as EventPayload (spec D6).</param>
    /// <param name="purpose">Gift or reminder.</param>
    /// <exception cref="GiftDataException">
    /// The gift belongs to another campaign (<c>GiftCampaignMismatch</c>), has no link yet (<c>GiftLinkMissing</c>) or no face
    /// value (<c>GiftPriceMissing</c>), or <paramref name="to"/> is not an address (<c>RecipientInvalid</c>).
    /// </exception>
    /// <exception cref="MailTemplateException">There are no reminder templates (<c>TemplateReminderMissing</c>), or none for codes (<c>TemplateCodeMissing</c>).</exception>
    public RenderedMessage Render(Gift gift, MailAddress to, string attemptId, MailPurpose purpose = MailPurpose.Gift)
    {
        ArgumentNullException.ThrowIfNull(gift);
        ArgumentNullException.ThrowIfNull(to);
        var codes = gift.Codes.Count > 0 && gift.Link is null ? MailCodes.Of(gift) : null;
        var url = codes?.Url ?? gift.Link?.Reveal() ?? throw Fault("GiftLinkMissing", gift);
        return Render(gift, to, attemptId, purpose, url, UnsubscribeFor(gift, to), codes);
    }

    /// <summary>The same with a stand-in for the link and for the unsubscribe address: previews and samples.</summary>
    internal RenderedMessage Render(Gift gift, MailAddress to, string attemptId, MailPurpose purpose, string url, UnsubscribeLink unsubscribe, MailCodes? codes = null)
    {
        if (gift.CampaignId != campaign.CampaignId || gift.Environment != campaign.Environment) throw Fault("GiftCampaignMismatch", gift);
        if (gift.Price.Cents <= 0) throw Fault("GiftPriceMissing", gift);
        if (!SenderCheck.IsAddress(to.Address)) throw Fault("RecipientInvalid", gift);
        var mail = codes is null ? renderer.Mail(gift.Language, purpose) : renderer.CodeMail(gift.Language);
        var terms = gift.Language == GiftLanguage.En ? english : french;
        var values = terms.Values(gift, url, unsubscribe);
        codes?.Fill(values);
        // The title of the page repeats the subject, so the subject comes first.
        var subject = MailValue.Line(ShapeOf(mail, terms, values).Subject(values));
        values[MailSlot.Subject] = subject;
        var shape = ShapeOf(mail, terms, values);
        var sender = renderer.Sender;
        return new RenderedMessage
        {
            From = Clean(sender.From),
            To = Clean(to),
            ReplyTo = sender.ReplyTo is { } replyTo ? Clean(replyTo) : null,
            Subject = subject,
            HtmlBody = shape.Html(values),
            TextBody = shape.Text(values),
            Language = gift.Language == GiftLanguage.En ? "en-CA" : "fr-CA",
            Images = [.. mail.ShowsLogos ? images : [], .. codes?.Images ?? []],
            Headers = unsubscribe.Headers(),
            CustomId = gift.Identity.CustomId,
            AttemptId = attemptId,
            Campaign = campaign.CampaignId,
            TrackOpens = sender.TrackOpens,
            TrackClicks = sender.TrackClicks,
        };
    }

    /// <summary>The unsubscribe addresses of a gift's message.</summary>
    internal UnsubscribeLink UnsubscribeFor(Gift gift, MailAddress to)
    {
        var sender = renderer.Sender;
        var page = renderer.Tokens is { } tokens ? UnsubscribeLink.Address(sender.UnsubscribeUrl!, tokens.Create(gift.Identity, to.Address)) : null;
        return new UnsubscribeLink(page, UnsubscribeLink.MailtoFor(sender.UnsubscribeAddress, gift.Identity));
    }

    // Few in number: only the name, the provider and the last day can be missing, and the subject while it is being made.
    private MailShape ShapeOf(CompiledMail mail, MailTerms terms, MailSlots values) =>
        shapes.GetOrAdd((mail, values.EmptyOnes), static (key, terms) => new MailShape(key.Mail, terms.Model(MailSlots.Marks(key.Empty))), terms);

    private static MailAddress Clean(MailAddress address) => address.Name is null ? address : address with { Name = MailValue.Name(address.Name) };

    private static GiftDataException Fault(string code, Gift gift) => new(code, MailText.Get(code, gift.Identity));
}
