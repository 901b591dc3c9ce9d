using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Codes;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Mail;

/// <summary>Made-up gifts to look at templates with: nobody's name, nobody's money, and a link that leads nowhere.</summary>
public static class MailSamples
{
    /// <summary>A campaign without customers.</summary>
    public static GiftCampaign Campaign { get; } = new()
    {
        Environment = GiftEnvironment.Sandbox,
        CampaignId = "sample",
        Price = Money.Cad(6000),
        Expiry = new DateOnly(2026, 12, 31),
        BrandCodes = ["cafe", "marche", "outils", "logis", "librairie"],
    };

    /// <summary>Made-up brands, the last of them without a logo.</summary>
    public static IReadOnlyList<MailBrand> Brands { get; } =
    [
        new("cafe", "Café du Lac", ReadLogo("cafe")),
        new("marche", "Marché Rivière", ReadLogo("marche")),
        new("outils", "Outils du Nord", ReadLogo("outils")),
        new("logis", "Logi Maison", ReadLogo("logis")),
        new("librairie", "Librairie des Saisons"),
    ];

    /// <summary>A gift of a campaign that is nobody's.</summary>
    /// <param name="campaign">Terms to show; <see cref="Campaign"/> when there are none yet.</param>
    /// <param name="language">Language of the mail.</param>
    public static Gift Gift(GiftCampaign campaign, GiftLanguage language)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new Gift
        {
            Environment = campaign.Environment,
            CampaignId = campaign.CampaignId,
            Row = 1,
            FirstName = language == GiftLanguage.En ? "Alex" : "Zoé",
            LastName = "Exemple",
            Language = language,
            Price = campaign.Price.Cents > 0 ? campaign.Price : Campaign.Price,
            Provider = campaign.Provider,
            Expiry = campaign.Expiry,
            IsRehearsal = true,
        };
    }

    /// <summary>
    /// The messages that <c>-SampleTo</c> sends: both languages, the real terms, a dummy link. They carry the custom id
    /// <c>sample:1</c>, so that an event about them finds no gift.
    /// </summary>
    /// <param name="renderer">Templates and sender.</param>
    /// <param name="campaign">Terms to show.</param>
    /// <param name="brands">Brands to show.</param>
    /// <param name="to">Who wants to see them.</param>
    /// <param name="purpose">Gift or reminder.</param>
    /// <exception cref="GiftDataException"><paramref name="to"/> is not an address (<c>RecipientInvalid</c>).</exception>
    public static IReadOnlyList<RenderedMessage> Messages(
        GiftMailRenderer renderer, GiftCampaign campaign, IReadOnlyList<MailBrand> brands, MailAddress to, MailPurpose purpose = MailPurpose.Gift)
    {
        ArgumentNullException.ThrowIfNull(renderer);
        ArgumentNullException.ThrowIfNull(campaign);
        var sample = campaign with { CampaignId = Campaign.CampaignId };
        var mail = renderer.For(sample, brands);
        return [.. new[] { GiftLanguage.Fr, GiftLanguage.En }.Select(language =>
        {
            var gift = Gift(sample, language);
            var codes = campaign.Kind == GiftKind.Code && purpose == MailPurpose.Gift ? MailCodes.Sample() : null;
            return mail.Render(gift, to, $"sample-{language.ToString().ToLowerInvariant()}", purpose, codes?.Url ?? Url(language), Unsubscribe(renderer.Sender, gift.Identity), codes);
        })];
    }

    /// <summary>An address reserved for examples (RFC 2606).</summary>
    internal static string Url(GiftLanguage language) =>
        language == GiftLanguage.En ? "https://example.com/sample-gift" : "https://example.com/cadeau-exemple";

    /// <summary>Unsubscribe addresses that look right and do nothing.</summary>
    internal static UnsubscribeLink Unsubscribe(MailSenderSettings sender, GiftId gift) => new(
        sender.UnsubscribeUrl is { } page ? UnsubscribeLink.Address(page, "sample") : null,
        UnsubscribeLink.MailtoFor(sender.UnsubscribeAddress, gift));

    private static BrandLogo? ReadLogo(string name)
    {
        using var stream = typeof(MailSamples).Assembly.GetManifestResourceStream($"samples/{name}.png");
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ImageHeader.Read(bytes);
    }
}
