using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Codes;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail;

/// <summary>A mail to look at, without anything that is worth money or acts on a customer (spec A7, D9).</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Html">A page for a browser: the link masked, the logos inside.</param>
/// <param name="Text">The text part, the link masked.</param>
public sealed record MailPreview(string Subject, string Html, string Text)
{
    /// <summary>Renders a gift's mail with its link masked and an unsubscribe address that does nothing.</summary>
    /// <param name="renderer">Templates and sender.</param>
    /// <param name="campaign">The gift's campaign.</param>
    /// <param name="brands">Its brands.</param>
    /// <param name="gift">The gift, its codes loaded where it has any; one without a link yet, or a rehearsal, shows a dummy address.</param>
    /// <param name="purpose">Gift or reminder.</param>
    /// <exception cref="GiftDataException">The gift belongs to another campaign or has no face value.</exception>
    /// <exception cref="MailTemplateException">There are no reminder templates (<c>TemplateReminderMissing</c>).</exception>
    public static MailPreview Of(
        GiftMailRenderer renderer, GiftCampaign campaign, IReadOnlyList<MailBrand> brands, Gift gift, MailPurpose purpose = MailPurpose.Gift)
    {
        ArgumentNullException.ThrowIfNull(renderer);
        ArgumentNullException.ThrowIfNull(gift);
        var codes = campaign.Kind == GiftKind.Code && purpose == MailPurpose.Gift ? MailCodes.Masked(gift) : null;
        // The masked form has no scheme; http or https is all the same for something nobody can follow.
        var url = codes?.Url ?? (gift.Link is { } link ? "https://" + link.Masked : MailSamples.Url(gift.Language));
        var message = renderer.For(campaign, brands).Render(
            gift, new MailAddress(renderer.Sender.SupportAddress), "preview", purpose, url, MailSamples.Unsubscribe(renderer.Sender, gift.Identity), codes);
        return new MailPreview(message.Subject, Page(message), message.Text);
    }

    /// <summary>The HTML part as a page of its own: embedded images become <c>data:</c> addresses.</summary>
    /// <param name="message">Any message; its link stays as it is.</param>
    public static string Page(RenderedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var html = message.Html;
        foreach (var image in message.Images)
            html = html.Replace($"cid:{image.ContentId}", $"data:{image.ContentType};base64,{Convert.ToBase64String(image.Content.Span)}", StringComparison.Ordinal);
        return html;
    }

    /// <summary>The subject.</summary>
    public override string ToString() => Subject;
}
