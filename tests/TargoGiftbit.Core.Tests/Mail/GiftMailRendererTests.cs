using System.Text;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Tests.Mail;

public class GiftMailRendererTests
{
    public static TheoryData<GiftLanguage, MailPurpose> Mails => new()
    {
        { GiftLanguage.Fr, MailPurpose.Gift },
        { GiftLanguage.En, MailPurpose.Gift },
        { GiftLanguage.Fr, MailPurpose.Reminder },
        { GiftLanguage.En, MailPurpose.Reminder },
    };

    [Fact]
    public void The_message_carries_who_it_is_from_whom_it_is_for_and_what_it_is_about()
    {
        var message = MailFixture.Render();
        Assert.Equal(new MailAddress("noreply@targo.ca", "TARGO"), message.From);
        Assert.Equal(new MailAddress("marie@example.net", "Marie-Ève"), message.To);
        Assert.Equal("support@targo.ca", message.ReplyTo?.Address);
        Assert.Equal("🎁 Un cadeau pour toi, de la part de TARGO", message.Subject);
        Assert.Equal("fr-CA", message.Language);
        Assert.Equal("targo-2026-q2-loyalty:12", message.CustomId);
        Assert.Equal("attempt-1", message.AttemptId);
        Assert.Equal("targo-2026-q2-loyalty", message.Campaign);
        Assert.False(message.TrackOpens);
        Assert.True(message.TrackClicks);
        Assert.Equal("en-CA", MailFixture.Render(MailFixture.Gift(GiftLanguage.En)).Language);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Both_parts_say_what_a_customer_must_know(GiftLanguage language, MailPurpose purpose)
    {
        var message = MailFixture.Render(MailFixture.Gift(language), MailFixture.SenderWithPage, purpose: purpose);
        var document = new HtmlParser().ParseDocument(message.Html);
        foreach (var script in document.QuerySelectorAll("style")) script.Remove();
        var fr = language == GiftLanguage.Fr;
        foreach (var text in new[] { document.Body!.TextContent, message.Text })
        {
            foreach (var wanted in new[]
            {
                "Marie-Ève", fr ? "60\u00A0$" : "$60", fr ? "31\u00A0décembre 2026" : "December 31, 2026", MailFixture.LinkUrl, "gtbt.co", "Giftbit",
                "targo-2026-q2-loyalty:12", "Café du Lac", "Librairie des Saisons", "TARGO", "1867 ch. de la rivière, Sainte-Clotilde, QC", "support@targo.ca",
                fr ? "Ce cadeau ne t’engage à rien" : "This gift commits you to nothing",
            })
                Assert.Contains(wanted, text);
        }
        Assert.Contains("https://cadeau.targo.ca/u?t=", message.Text);
        Assert.DoesNotContain("{{", message.Html + message.Text);
        Assert.DoesNotContain("\u00A0 ", message.Text);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void The_shipped_templates_stay_under_60_KB(GiftLanguage language, MailPurpose purpose) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(MailFixture.Render(MailFixture.Gift(language), MailFixture.SenderWithPage, purpose: purpose).Html), 10_000, 60_000);

    [Theory]
    [MemberData(nameof(Mails))]
    public void The_link_stands_once_in_the_button_and_once_as_text(GiftLanguage language, MailPurpose purpose)
    {
        var message = MailFixture.Render(MailFixture.Gift(language), purpose: purpose);
        var document = new HtmlParser().ParseDocument(message.Html);
        var button = Assert.Single(document.QuerySelectorAll($"a[href='{MailFixture.LinkUrl}']"));
        Assert.DoesNotContain("http", button.TextContent);
        Assert.Equal(3, message.Html.Split(MailFixture.LinkUrl).Length);
        Assert.Equal(2, message.Text.Split(MailFixture.LinkUrl).Length);
    }

    [Fact]
    public void Values_are_escaped_in_HTML_and_left_alone_in_text()
    {
        var gift = MailFixture.Gift() with { FirstName = "<b>\"Zoé\" & l'autre=1</b>", Link = new GiftLink("https://gtbt.co/g?a=1&b=2") };
        var message = MailFixture.Render(gift);
        Assert.Contains("&lt;b&gt;&quot;Zoé&quot; &amp; l&#39;autre=1&lt;/b&gt;", message.Html);
        Assert.Contains("href=\"https://gtbt.co/g?a=1&amp;b=2\"", message.Html);
        Assert.Contains("<b>\"Zoé\" & l'autre=1</b>", message.Text);
        Assert.Contains("https://gtbt.co/g?a=1&b=2", message.Text);
    }

    [Fact]
    public void A_name_cannot_reach_the_mail_services_own_templating()
    {
        var gift = MailFixture.Gift() with { FirstName = "{{var:x}} [[data:y]] {%" };
        var message = MailFixture.Render(gift, MailFixture.Sender with { SubjectFr = "Pour {{FirstName}}{{LastName}}" });
        foreach (var text in new[] { message.Subject, message.Html[message.Html.IndexOf("<body", StringComparison.Ordinal)..], message.Text, message.To.Name! })
        {
            Assert.DoesNotContain("{{", text);
            Assert.DoesNotContain("[[", text);
            Assert.DoesNotContain("{%", text);
        }
        Assert.StartsWith("Pour ((var:x)) ((data:y)) (%", message.Subject);
    }

    [Fact]
    public void No_value_can_add_a_header()
    {
        var gift = MailFixture.Gift() with { FirstName = "Eve\r\nBcc: x@example.org\u2028y\u202Ez" };
        var message = MailFixture.Render(gift, MailFixture.Sender with { SubjectFr = "Pour toi\r\nX: {{FirstName}}", From = new MailAddress("noreply@targo.ca", "TAR\nGO") });
        Assert.Equal("Pour toi X: Eve Bcc: x@example.org yz", message.Subject);
        Assert.Equal("Eve Bcc: x@example.org yz", message.To.Name);
        Assert.Equal("TAR GO", message.From.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@b.ca\r\nBcc: c@d.ca")]
    [InlineData("a@b.ca>, <c@d.ca")]
    [InlineData("nobody")]
    [InlineData("a@@b.ca")]
    public void A_recipient_that_is_not_one_address_is_refused(string address)
    {
        var mail = new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.Sender).For(MailFixture.Campaign, []);
        Assert.Equal("RecipientInvalid", Assert.Throws<GiftDataException>(() => mail.Render(MailFixture.Gift(), new MailAddress(address), "x")).Code);
    }

    [Fact]
    public void A_gift_of_another_campaign_or_environment_or_without_link_or_value_is_refused()
    {
        var mail = new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.Sender).For(MailFixture.Campaign, []);
        string Code(Gift gift) => Assert.Throws<GiftDataException>(() => mail.Render(gift, new MailAddress("a@b.ca"), "x")).Code;
        Assert.Equal("GiftCampaignMismatch", Code(MailFixture.Gift() with { CampaignId = "other" }));
        Assert.Equal("GiftCampaignMismatch", Code(MailFixture.Gift() with { Environment = GiftEnvironment.Sandbox }));
        Assert.Equal("GiftLinkMissing", Code(MailFixture.Gift() with { Link = null }));
        Assert.Equal("GiftPriceMissing", Code(MailFixture.Gift() with { Price = Money.Cad(0) }));
    }

    [Fact]
    public void Without_a_first_name_or_last_day_the_sentences_still_hold()
    {
        var message = MailFixture.Render(MailFixture.Gift() with { FirstName = "", Expiry = default });
        Assert.StartsWith("MERCI!", message.Text);
        Assert.DoesNotContain("prénom", message.Text);
        Assert.DoesNotContain("jusqu’au", message.Text);
        Assert.Contains(">Merci!</h1>", message.Html);
    }

    [Fact]
    public void Logos_are_embedded_once_and_referred_to_by_their_content_id()
    {
        var message = MailFixture.Render();
        Assert.Equal(4, message.Images.Count);
        foreach (var image in message.Images)
        {
            Assert.Equal(2, message.Html.Split($"\"cid:{image.ContentId}\"").Length);
            Assert.Equal("image/png", image.ContentType);
        }
        Assert.Contains("alt=\"Café du Lac\"", message.Html);
        // 160 × 88 pixels shown at half their size.
        Assert.Contains("width=\"80\" height=\"44\"", message.Html);
    }

    [Fact]
    public void A_template_without_logos_carries_none()
    {
        using var folder = TemplateFolder.Shipped().Write("gift-email-fr.html", "<p>{{BrandNames}}</p>");
        var message = MailFixture.Render(templates: folder.Load());
        Assert.Empty(message.Images);
        Assert.Equal("<p>Café du Lac, Marché Rivière, Outils du Nord, Logi Maison et Librairie des Saisons</p>", message.Html);
    }

    [Fact]
    public void Of_many_brands_twelve_are_shown_and_the_rest_counted()
    {
        var brands = Enumerable.Range(1, 40).Select(i => new MailBrand($"b{i}", $"Marque {i}")).ToList();
        var message = MailFixture.Render(brands: brands);
        Assert.Contains("Marque 12", message.Text);
        Assert.DoesNotContain("Marque 13", message.Text);
        Assert.Contains("… et 28 de plus", message.Text);
    }

    [Fact]
    public void Without_a_list_of_brands_the_whole_catalogue_is_offered() =>
        Assert.Contains("Tout le catalogue de Giftbit est à toi", MailFixture.Render(brands: []).Text);

    [Fact]
    public void Logos_beyond_400_KB_give_way_to_names()
    {
        var large = new BrandLogo("image/png", 100, 50, new byte[150_000]);
        var message = MailFixture.Render(brands: [.. Enumerable.Range(1, 5).Select(i => new MailBrand($"b{i}", $"Marque {i}", large))]);
        Assert.Equal(2, message.Images.Count);
        Assert.Contains("Marque 5", message.Html);
    }

    [Fact]
    public void The_headers_offer_a_mailto_and_with_a_page_one_click_too()
    {
        var header = Assert.Single(MailFixture.Render().Headers);
        Assert.Equal("List-Unsubscribe", header.Key);
        Assert.Equal("<mailto:support@targo.ca?subject=unsubscribe%20targo-2026-q2-loyalty%3A12>", header.Value);

        var headers = MailFixture.Render(sender: MailFixture.SenderWithPage).Headers;
        Assert.StartsWith("<https://cadeau.targo.ca/u?t=", headers[0].Value);
        Assert.EndsWith(", <mailto:support@targo.ca?subject=unsubscribe%20targo-2026-q2-loyalty%3A12>", headers[0].Value);
        Assert.Equal(new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"), headers[1]);
    }

    [Fact]
    public void The_token_in_the_mail_names_the_gift_and_the_address_it_really_went_to()
    {
        var mail = new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.SenderWithPage).For(MailFixture.Campaign, []);
        var message = mail.Render(MailFixture.Gift(), new MailAddress("corrected@example.net"), "x");
        var token = message.Headers[0].Value.Split("?t=")[1].Split('>')[0];
        var tokens = new UnsubscribeToken(MailFixture.SigningKey);
        Assert.True(tokens.TryRead(token, out var claim));
        Assert.Equal(MailFixture.Gift().Identity, claim.Gift);
        Assert.Equal(tokens.AddressTag("corrected@example.net"), claim.AddressTag);
    }

    [Fact]
    public void A_page_on_plain_http_is_for_this_machine_only_and_never_one_click()
    {
        var local = MailFixture.SenderWithPage with { UnsubscribeUrl = new Uri("http://127.0.0.1:8080/u?x=1") };
        var header = Assert.Single(MailFixture.Render(sender: local).Headers);
        Assert.StartsWith("<http://127.0.0.1:8080/u?x=1&t=", header.Value);
        string Code(MailSenderSettings sender) => Assert.Throws<MailTemplateException>(() => new GiftMailRenderer(TemplateSet.BuiltIn, sender)).Code;
        Assert.Equal("UnsubscribeUrlInvalid", Code(local with { UnsubscribeUrl = new Uri("http://targo.ca/u") }));
        Assert.Equal("SigningKeyMissing", Code(local with { SigningKey = null }));
        Assert.Equal("SigningKeyShort", Code(local with { SigningKey = new Secret("short") }));
        Assert.Equal("SenderAddressInvalid", Code(MailFixture.Sender with { From = new MailAddress("TARGO <noreply@targo.ca>") }));
    }

    [Fact]
    public void The_same_mail_comes_out_of_many_threads()
    {
        var mail = new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.SenderWithPage).For(MailFixture.Campaign, MailSamples.Brands);
        RenderedMessage One(int row) => mail.Render(
            MailFixture.Gift(row % 2 == 0 ? GiftLanguage.Fr : GiftLanguage.En) with { Row = row, FirstName = row % 3 == 0 ? "" : $"Nom {row}" },
            new MailAddress($"c{row}@example.net"), "x", row % 5 == 0 ? MailPurpose.Reminder : MailPurpose.Gift);
        var expected = Enumerable.Range(1, 400).Select(i => One(i).Html).ToList();
        var fresh = new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.SenderWithPage).For(MailFixture.Campaign, MailSamples.Brands);
        mail = fresh;
        var actual = Enumerable.Range(1, 400).AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(i => One(i).Html).ToList();
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Joining_the_pieces_gives_what_Handlebars_gives()
    {
        var sender = MailFixture.SenderWithPage with { SubjectFr = "Pour {{FirstName}}: {{Amount}}", SubjectEn = "{{#if FirstName}}{{FirstName}}{{else}}you{{/if}}" };
        var renderer = new GiftMailRenderer(TemplateSet.BuiltIn, sender);
        var mails = renderer.For(MailFixture.Campaign, MailSamples.Brands);
        Prop.ForAll(ArbMap.Default.ArbFor<(string, string, bool, long)>(), input =>
        {
            var (first, last, english, cents) = input;
            var gift = MailFixture.Gift(english ? GiftLanguage.En : GiftLanguage.Fr) with
            {
                FirstName = first ?? "",
                LastName = last ?? "",
                Price = Money.Cad((Math.Abs(cents) % 1_000_000) + 1),
                Expiry = cents % 2 == 0 ? default : new DateOnly(2026, 12, 31),
            };
            var message = mails.Render(gift, new MailAddress(gift.Email), "x");

            var terms = new MailTerms(gift.Language, sender, MailBrandList.From(MailSamples.Brands));
            var tokens = new UnsubscribeToken(MailFixture.SigningKey);
            var link = new UnsubscribeLink(UnsubscribeLink.Address(sender.UnsubscribeUrl!, tokens.Create(gift.Identity, gift.Email)), "mailto:x");
            var values = terms.Values(gift, MailFixture.LinkUrl, link);
            var mail = renderer.Mail(gift.Language, MailPurpose.Gift);
            values[MailSlot.Subject] = MailValue.Line(mail.Subject(terms.Model(values)));
            return message.Subject == values[MailSlot.Subject]
                && message.Html == mail.Html(terms.Model(values))
                && message.Text == mail.Text(terms.Model(values));
        }).Check(Config.QuickThrowOnFailure);
    }
}
