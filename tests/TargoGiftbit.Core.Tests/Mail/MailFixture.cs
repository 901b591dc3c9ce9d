using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Mail;

/// <summary>A gift, its campaign and a sender, for tests of the mail room.</summary>
internal static class MailFixture
{
    public const string LinkUrl = "http://gtbt.co/Ab3dE5gH7jK";

    public static Secret SigningKey { get; } = new("a signing key of thirty-two bytes");

    public static GiftCampaign Campaign { get; } = new()
    {
        Environment = GiftEnvironment.Production,
        CampaignId = "targo-2026-q2-loyalty",
        Price = Money.Cad(6000),
        Expiry = new DateOnly(2026, 12, 31),
        BrandCodes = ["timhortonsca", "walmartca"],
    };

    public static MailSenderSettings Sender { get; } = new();

    public static MailSenderSettings SenderWithPage { get; } = new() { UnsubscribeUrl = new Uri("https://cadeau.targo.ca/u"), SigningKey = SigningKey };

    public static GiftMailRenderer Shipped { get; } = new(TemplateSet.BuiltIn, Sender);

    public static Gift Gift(GiftLanguage language = GiftLanguage.Fr) => new()
    {
        Environment = Campaign.Environment,
        CampaignId = Campaign.CampaignId,
        Row = 12,
        CustomerId = "C-0042",
        FirstName = "Marie-Ève",
        LastName = "O’Neil",
        Email = "marie@example.net",
        Language = language,
        Price = Campaign.Price,
        Expiry = Campaign.Expiry,
        Link = new GiftLink(LinkUrl),
    };

    public static RenderedMessage Render(
        Gift? gift = null, MailSenderSettings? sender = null, TemplateSet? templates = null, IReadOnlyList<MailBrand>? brands = null, MailPurpose purpose = MailPurpose.Gift)
    {
        gift ??= Gift();
        var campaign = Campaign with { Environment = gift.Environment, CampaignId = gift.CampaignId };
        var renderer = templates is null && sender is null ? Shipped : new GiftMailRenderer(templates ?? TemplateSet.BuiltIn, sender ?? Sender);
        return renderer.For(campaign, brands ?? MailSamples.Brands)
            .Render(gift, new MailAddress(gift.Email, gift.FirstName), "attempt-1", purpose);
    }

    public static TemplateScan Scan(string text, bool isHtml = true) => TemplateGrammar.Scan(new TemplateSource("mail.html", text, isHtml));
}

/// <summary>A folder of templates that a test may write to.</summary>
internal sealed class TemplateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("templates-").FullName;

    /// <summary>A copy of the shipped templates.</summary>
    public static TemplateFolder Shipped()
    {
        var folder = new TemplateFolder();
        foreach (var language in Enum.GetValues<GiftLanguage>())
            foreach (var purpose in Enum.GetValues<MailPurpose>())
            {
                var pair = TemplateSet.BuiltIn.Pair(language, purpose);
                folder.Write(System.IO.Path.GetFileName(pair.Html.Name), pair.Html.Text);
                folder.Write(System.IO.Path.GetFileName(pair.Text.Name), pair.Text.Text);
            }
        foreach (var language in TemplateSet.BuiltIn.CodeLanguages)
        {
            var pair = TemplateSet.BuiltIn.CodePair(language);
            folder.Write(System.IO.Path.GetFileName(pair.Html.Name), pair.Html.Text);
            folder.Write(System.IO.Path.GetFileName(pair.Text.Name), pair.Text.Text);
        }
        return folder;
    }

    public TemplateFolder Write(string file, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        return this;
    }

    public TemplateFolder Change(string file, string what, string into)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Path, file));
        Assert.Contains(what, text);
        return Write(file, text.Replace(what, into));
    }

    public TemplateSet Load() => TemplateSet.Load(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
