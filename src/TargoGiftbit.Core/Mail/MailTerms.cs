using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Mail;

/// <summary>What all mails of a campaign in one language have in common, worked out once.</summary>
internal sealed class MailTerms
{
    private readonly GiftLanguage language;
    private readonly MailSenderSettings sender;
    private readonly MailBrandList brands;
    private readonly string brandNames;
    private readonly string senderName;
    private readonly string mailingAddress;
    private readonly string commitment;
    private readonly MailtoTemplate support;
    private readonly MailtoTemplate refuse;
    private readonly MailtoTemplate replace;
    private readonly MailtoTemplate otherLanguage;

    public MailTerms(GiftLanguage language, MailSenderSettings sender, MailBrandList brands)
    {
        (this.language, this.sender, this.brands) = (language, sender, brands);
        var phrases = MailPhrases.Of(language);
        brandNames = brands.Sentence(language);
        senderName = MailValue.Line(sender.From.Name is { Length: > 0 } name ? name : sender.From.Address);
        mailingAddress = MailValue.Line(sender.MailingAddress);
        commitment = (language == GiftLanguage.En ? sender.CommitmentEn : sender.CommitmentFr) is { Length: > 0 } own ? MailValue.Line(own) : phrases.Commitment;
        support = new MailtoTemplate(sender.SupportAddress, phrases.Support);
        refuse = new MailtoTemplate(sender.SupportAddress, phrases.Refuse);
        replace = new MailtoTemplate(sender.SupportAddress, phrases.Replace);
        otherLanguage = new MailtoTemplate(sender.SupportAddress, phrases.OtherLanguage);
    }

    /// <summary>The values of one gift.</summary>
    public MailSlots Values(Gift gift, string url, UnsubscribeLink unsubscribe)
    {
        var reference = gift.Identity.CustomId;
        var escaped = Uri.EscapeDataString(reference);
        return new MailSlots
        {
            [MailSlot.FirstName] = MailValue.Name(gift.FirstName),
            [MailSlot.LastName] = MailValue.Name(gift.LastName),
            [MailSlot.Amount] = Typography.Amount(gift.Price, language),
            [MailSlot.Expiry] = gift.Expiry == default ? "" : Typography.Date(gift.Expiry, language),
            [MailSlot.GiftUrl] = url,
            [MailSlot.LinkHost] = url.Length == 0 ? "" : new Uri(url).Host,
            [MailSlot.Partner] = PartnerOf(gift.Provider),
            [MailSlot.Reference] = reference,
            [MailSlot.SupportUrl] = support.For(escaped),
            [MailSlot.RefuseUrl] = refuse.For(escaped),
            [MailSlot.ReplaceUrl] = replace.For(escaped),
            [MailSlot.OtherLanguageUrl] = otherLanguage.For(escaped),
            [MailSlot.UnsubscribeUrl] = unsubscribe.Visible,
        };
    }

    /// <summary>The model with such values.</summary>
    public GiftMailModel Model(MailSlots values) => new()
    {
        FirstName = values[MailSlot.FirstName],
        LastName = values[MailSlot.LastName],
        Amount = values[MailSlot.Amount],
        Expiry = values[MailSlot.Expiry],
        GiftUrl = values[MailSlot.GiftUrl],
        LinkHost = values[MailSlot.LinkHost],
        Partner = values[MailSlot.Partner],
        Reference = values[MailSlot.Reference],
        Subject = values[MailSlot.Subject],
        SupportUrl = values[MailSlot.SupportUrl],
        RefuseUrl = values[MailSlot.RefuseUrl],
        ReplaceUrl = values[MailSlot.ReplaceUrl],
        OtherLanguageUrl = values[MailSlot.OtherLanguageUrl],
        UnsubscribeUrl = values[MailSlot.UnsubscribeUrl],
        Code = values[MailSlot.Code],
        Pin = values[MailSlot.Pin],
        UrlCode = values[MailSlot.UrlCode],
        PrintableUrl = values[MailSlot.PrintableUrl],
        BarcodeText = values[MailSlot.BarcodeText],
        BarcodeCid = values[MailSlot.BarcodeCid],
        BarcodeWidth = values[MailSlot.BarcodeWidth],
        Brands = brands.Shown,
        BrandRows = brands.Rows,
        BrandNames = brandNames,
        MoreBrands = brands.More,
        Commitment = commitment,
        SenderName = senderName,
        SenderEmail = sender.From.Address,
        MailingAddress = mailingAddress,
        SupportEmail = sender.SupportAddress,
        PrivacyUrl = sender.PrivacyUrl?.AbsoluteUri ?? "",
        TracksClicks = sender.TrackClicks,
        TracksOpens = sender.TrackOpens,
    };

    private static string PartnerOf(string provider) =>
        provider.Length == 0 ? "" : char.ToUpperInvariant(provider[0]) + provider[1..];
}
