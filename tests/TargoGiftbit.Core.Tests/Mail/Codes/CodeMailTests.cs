using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Mail.Codes;

/// <summary>Gifts of the code kind in the customer's mail (issue 7, item 3).</summary>
public sealed class CodeMailTests
{
    private static readonly GiftCode Primary = new(GiftCodeUsage.Primary, "TIM-TEST-AB12CD34EF56", "Code");
    private static readonly GiftCode Pin = new(GiftCodeUsage.Security, "4711", "PIN");
    private static readonly GiftCode Bars = new(GiftCodeUsage.Barcode, "9123456789012345", "Barcode", BarcodeKind.Code128);
    private static readonly GiftCode Url = new(GiftCodeUsage.Url, "https://code.example/abc?x=1&y=2", "Link");
    private static readonly GiftCode SecurityUrl = new(GiftCodeUsage.SecurityUrl, "https://code.example/secure/xyz", "Secure link");
    private static readonly GiftCode UrlCode = new(GiftCodeUsage.SecurityUrlCode, "8842", "Challenge");
    private static readonly GiftCode Printable = new(GiftCodeUsage.PrintableDocumentUrl, "https://code.example/print/1.pdf", "Printable");

    private static GiftCampaign Campaign => MailFixture.Campaign with { Provider = "ifeelgoods", OrderMode = OrderMode.PerRecipient, Kind = GiftKind.Code, BrandCodes = ["TIM-GC-60CAD-CA"] };

    private static Gift Gift(GiftLanguage language, params GiftCode[] codes) =>
        MailFixture.Gift(language) with { Link = null, Provider = "ifeelgoods", Status = GiftStatus.Redeemed, Codes = codes, CodeCount = codes.Length };

    private static RenderedMessage Render(GiftLanguage language, params GiftCode[] codes) => Render(Gift(language, codes));

    private static RenderedMessage Render(Gift gift) =>
        MailFixture.Shipped.For(Campaign, [new MailBrand("TIM-GC-60CAD-CA", "Tim Hortons")]).Render(gift, new MailAddress(gift.Email, gift.FirstName), "attempt-1");

    [Theory]
    [InlineData(GiftLanguage.Fr)]
    [InlineData(GiftLanguage.En)]
    public void Code_pin_and_barcode_stand_in_both_parts(GiftLanguage language)
    {
        var mail = Render(language, Primary, Pin, Bars);
        Assert.All([mail.Html, mail.Text], part =>
        {
            Assert.Contains("TIM-TEST-AB12CD34EF56", part, StringComparison.Ordinal);
            Assert.Contains("4711", part, StringComparison.Ordinal);
            Assert.Contains("9123456789012345", part, StringComparison.Ordinal);
            Assert.Contains("Tim Hortons", part, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", part, StringComparison.Ordinal);
        });
        var image = Assert.Single(mail.Images);
        Assert.Equal(("barcode@gift", "image/png"), (image.ContentId, image.ContentType));
        Assert.Contains("src=\"cid:barcode@gift\"", mail.Html, StringComparison.Ordinal);
        Assert.Matches("alt=\"(Code-barres|Barcode)[^\"]*9123456789012345\"", mail.Html);
        Assert.DoesNotContain("4711", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("targo-2026-q2-loyalty:12", mail.CustomId);
    }

    [Theory]
    [InlineData(GiftLanguage.Fr)]
    [InlineData(GiftLanguage.En)]
    public void An_address_is_a_button_and_a_text_and_its_code_stands_beside_it(GiftLanguage language)
    {
        var mail = Render(language, SecurityUrl, UrlCode);
        Assert.Contains("<a href=\"https://code.example/secure/xyz\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains(">https://code.example/secure/xyz</p>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("8842", mail.Html, StringComparison.Ordinal);
        Assert.Contains("https://code.example/secure/xyz\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("8842", mail.Text, StringComparison.Ordinal);
        Assert.Contains("code.example", mail.Html, StringComparison.Ordinal);
        Assert.Empty(mail.Images);
        Assert.DoesNotContain("barcode@gift", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_escaped_in_html_and_not_in_text()
    {
        var mail = Render(GiftLanguage.Fr, Url);
        Assert.Contains("href=\"https://code.example/abc?x=1&amp;y=2\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("https://code.example/abc?x=1&y=2\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_qr_code_and_a_card_to_print_are_there_when_the_gift_has_them()
    {
        var mail = Render(GiftLanguage.En, Primary, new GiftCode(GiftCodeUsage.Barcode, "9123456789012345", "Barcode", BarcodeKind.Qr), Printable);
        Assert.Single(mail.Images);
        Assert.Contains("href=\"https://code.example/print/1.pdf\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("https://code.example/print/1.pdf", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_gift_gets_its_own_picture_and_its_own_code()
    {
        var campaign = MailFixture.Shipped.For(Campaign, [new MailBrand("TIM-GC-60CAD-CA", "Tim Hortons")]);
        var mails = Enumerable.Range(1, 20).AsParallel().Select(row =>
        {
            var gift = Gift(GiftLanguage.Fr, new GiftCode(GiftCodeUsage.Primary, $"CODE-{row:0000000}"), new GiftCode(GiftCodeUsage.Barcode, $"{row:0000000000}", "", BarcodeKind.Code128)) with { Row = row };
            return (row, mail: campaign.Render(gift, new MailAddress("a@b.ca"), "x"));
        }).ToList();
        Assert.All(mails, m => Assert.Contains($"CODE-{m.row:0000000}", m.mail.Html, StringComparison.Ordinal));
        Assert.Equal(20, mails.Select(m => Convert.ToBase64String(m.mail.Images[0].Content.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public void A_word_that_is_no_address_never_becomes_a_link(string url)
    {
        var mail = Render(GiftLanguage.Fr, Primary, new GiftCode(GiftCodeUsage.PrintableDocumentUrl, url));
        Assert.DoesNotContain(url, mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_shows_none_of_it()
    {
        var gift = Gift(GiftLanguage.Fr, Primary, Pin, Bars, Printable);
        var preview = MailPreview.Of(MailFixture.Shipped, Campaign, MailSamples.Brands, gift);
        var text = preview.Html + preview.Text;
        Assert.All(gift.Codes, code => Assert.DoesNotContain(code.Reveal(), text, StringComparison.Ordinal));
        Assert.Contains("•••56", preview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_show_made_up_codes()
    {
        var messages = MailSamples.Messages(MailFixture.Shipped, Campaign, MailSamples.Brands, new MailAddress("me@targo.ca"));
        Assert.All(messages, m => Assert.Contains("EXEMPLE-0000-SAMPLE", m.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_code_templates_says_so_and_its_hash_is_the_templates_own()
    {
        using var folder = TemplateFolder.Shipped();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "gift-code-*")) File.Delete(file);
        var renderer = new GiftMailRenderer(folder.Load(), MailFixture.Sender);
        var gift = Gift(GiftLanguage.Fr, Primary);
        var error = Assert.Throws<MailTemplateException>(() => renderer.For(Campaign, []).Render(gift, new MailAddress("a@b.ca"), "x"));
        Assert.Equal("TemplateCodeMissing", error.Code);
        Assert.NotEqual(MailFixture.Shipped.For(Campaign, []).TemplateHash(GiftLanguage.Fr), MailFixture.Shipped.For(MailFixture.Campaign, []).TemplateHash(GiftLanguage.Fr));
        var link = MailFixture.Shipped.For(MailFixture.Campaign, []);
        Assert.Equal(TemplateSet.BuiltIn.HashOf(GiftLanguage.Fr), link.TemplateHash(GiftLanguage.Fr));
    }

    [Fact]
    public void A_mail_stays_under_sixty_kilobytes()
    {
        var mail = Render(GiftLanguage.Fr, Primary, Pin, Bars, Printable, SecurityUrl, UrlCode);
        Assert.InRange(mail.Html.Length, 1, 60 * 1024);
        Assert.InRange(mail.Images[0].Content.Length, 1, 4096);
    }
}
