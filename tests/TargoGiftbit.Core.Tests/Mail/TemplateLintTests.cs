using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Lint;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Mail;

public class TemplateLintTests
{
    private const string FrHtml = "gift-email-fr.html";
    private const string FrText = "gift-email-fr.txt";
    private const string EnHtml = "gift-email-en.html";
    private const string EnText = "gift-email-en.txt";

    /// <summary>Rule, file, what is replaced, by what: each change breaks just that rule.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "LegalSenderName", FrText, "{{SenderName}}", "Nous" },
        { "LegalMailingAddress", FrHtml, "{{MailingAddress}}", "Sainte-Clotilde" },
        { "LegalMailingAddress", EnText, "{{MailingAddress}}", "" },
        { "LegalMailingAddress", FrHtml, "{{MailingAddress}}", "<span style=\"display:none\">{{MailingAddress}}</span>" },
        { "LegalMailingAddress", FrHtml, "{{MailingAddress}}", "{{#if FirstName}}{{MailingAddress}}{{/if}}" },
        { "LegalMailingAddress", FrHtml, "{{MailingAddress}}", "<!-- {{MailingAddress}} -->" },
        { "LegalContact", FrHtml, "{{SupportEmail}}</a>", "le soutien</a>" },
        { "LegalUnsubscribe", FrHtml, "href=\"{{UnsubscribeUrl}}\"", "href=\"{{SupportUrl}}\"" },
        { "LegalUnsubscribe", EnText, "{{UnsubscribeUrl}}", "Write to us." },
        { "LegalUnsubscribe", FrHtml, "<p style=\"margin: 0;\"><a class=\"link\" href=\"{{UnsubscribeUrl}}\"", "<p style=\"margin: 0;\"><a class=\"link\" hidden href=\"{{UnsubscribeUrl}}\"" },
        { "Placeholder", FrHtml, "Bon à savoir", "Bon à savoir {{Nope}}" },
        { "Placeholder", EnText, "GOOD TO KNOW", "{{{Amount}}}" },
        { "PlaceholderLeft", EnHtml, "Good to know", "Good to know [[data:firstname]]" },
        { "HtmlLang", FrHtml, "<html lang=\"fr-CA\"", "<html" },
        { "HtmlLang", EnHtml, "<html lang=\"en-CA\"", "<html lang=\"fr-CA\"" },
        { "HtmlDir", FrHtml, "dir=\"ltr\" xmlns=", "xmlns=" },
        { "HtmlTitle", FrHtml, "<title>{{Subject}}</title>", "<title> </title>" },
        { "HtmlHeading", EnHtml, "<h2 class=\"ink\" style=\"margin: 0 0 10px 0; font-family", "<h1 class=\"ink\" style=\"margin: 0 0 10px 0; font-family" },
        { "TableRole", FrHtml, "<table role=\"presentation\" class=\"button\"", "<table class=\"button\"" },
        { "ImageAlt", FrHtml, "alt=\"{{Name}}\" ", "" },
        { "ImageSource", FrHtml, "src=\"cid:{{LogoCid}}\"", "src=\"/logos/a.png\"" },
        { "ImageSource", FrHtml, "src=\"cid:{{LogoCid}}\"", "src=\"http://targo.ca/a.png\"" },
        { "ImageSource", FrHtml, "src=\"cid:{{LogoCid}}\"", "src=\"https://targo.ca/a.SVG?v=1\"" },
        { "ImageSource", FrHtml, "src=\"cid:{{LogoCid}}\"", "src=\"data:image/png;base64,AAAA\"" },
        { "ImageSource", FrHtml, "<td align=\"center\" style=\"padding: 24px 0;\">", "<td align=\"center\" background=\"/wide.png\">" },
        { "ImageSource", FrHtml, "table { border-spacing: 0; }", "table { border-spacing: 0; } .x { background: url('http://targo.ca/a.png') }" },
        { "RemoteStyle", FrHtml, "<style>\n    :root", "<link rel=\"stylesheet\" href=\"https://fonts.example.com/css\">\n  <style>\n    :root" },
        { "RemoteStyle", FrHtml, "table { border-spacing: 0; }", "table { border-spacing: 0; } @font-face { font-family: X; src: url(https://fonts.example.com/x.woff2) }" },
        { "RemoteStyle", FrHtml, "<style>\n    :root", "<style>\n    @import url(https://fonts.example.com/css);\n    :root" },
        { "NoScript", FrHtml, "</body>", "<script>let a = 1;</script></body>" },
        { "NoScript", FrHtml, "</body>", "<form></form></body>" },
        { "NoScript", FrHtml, "<h1 ", "<h1 onclick=\"x()\" " },
        { "HtmlSize", FrHtml, "</body>", "<p class=\"ink\">" + "<span title=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\">a</span>{{!repeat}}" + "</p></body>" },
        { "Preheader", FrHtml, "<div class=\"preheader\" style=\"display: none; max-height: 0; max-width: 0; overflow: hidden; opacity: 0; mso-hide: all; font-size: 1px; line-height: 1px;\">", "<div class=\"ink\" style=\"font-size: 16px;\">" },
        { "PreheaderSpacer", FrHtml, "&#8199;&#847; ", "" },
        { "Contrast", FrHtml, "color: #06140C;", "color: #FFFFFF;" },
        { "Contrast", FrHtml, ".ink { color: #F1F7F3 !important; }\n      .muted", ".muted" },
        { "FontSize", FrHtml, "</body>", "<p style=\"font-size: 9px; color: #000000; background-color: #FFFFFF;\">petit</p></body>" },
        { "LinkText", EnHtml, ">decline the gift</a>", ">click here</a>" },
        { "LinkText", FrHtml, ">refuser le cadeau</a>", ">Cliquez ici!</a>" },
        { "LinkText", FrHtml, ">refuser le cadeau</a>", "></a>" },
        { "LinkTarget", FrHtml, "</body>", "<a href=\"#\" style=\"color: #00662B; background-color: #FFFFFF\">Haut de la page</a></body>" },
        { "LinkTarget", EnHtml, "</body>", "<a style=\"color: #00662B; background-color: #FFFFFF\">Terms of use</a></body>" },
        { "GiftButton", FrHtml, "href=\"{{GiftUrl}}\"", "href=\"https://targo.ca/\"" },
        { "GiftLinkText", EnHtml, ">{{GiftUrl}}</p>", "></p>" },
        { "GiftLinkText", EnText, "CHOOSE MY GIFT CARD", "CHOOSE MY GIFT CARD {{GiftUrl}}" },
        { "GiftLinkLeak", FrHtml, "href=\"https://none\"", "" },
        { "GiftCodeShown", "gift-code-fr.html", ">{{Pin}}</p>", "></p>" },
        { "GiftCodeShown", "gift-code-fr.txt", "{{BarcodeText}}\n", "\n" },
        { "GiftCodeShown", "gift-code-en.txt", "\n{{Code}}\n", "\n" },
        { "GiftCodeShown", "gift-code-en.html", "href=\"{{PrintableUrl}}\"", "href=\"https://targo.ca/\"" },
        { "GiftButton", "gift-code-fr.html", "href=\"{{GiftUrl}}\"", "href=\"https://targo.ca/\"" },
        { "GiftTerms", FrText, "{{Expiry}}", "la fin de l’année" },
        { "GiftTerms", EnHtml, "{{Amount}}", "generous" },
        { "OtherLanguage", EnHtml, "{{OtherLanguageUrl}}", "{{SupportUrl}}" },
        { "TextPart", FrText, "BON À SAVOIR", "<p>BON À SAVOIR</p>" },
        { "FrenchTypography", FrHtml, "navigateur&nbsp;:", "navigateur :" },
        { "FrenchTypography", FrHtml, "navigateur&nbsp;:", "navigateur:" },
        { "FrenchTypography", FrHtml, "Le bouton ne répond pas?", "Le bouton ne répond pas ?" },
        { "FrenchTypography", FrText, "EST-CE BIEN NOUS?", "EST-CE BIEN «NOUS»?" },
        { "FrenchTypography", FrText, "BON À SAVOIR", "BON À SAVOIR, 25 % et 10$" },
        { "FrenchTypography", FrText, "BON À SAVOIR", "BON À SAVOIR, $10" },
    };

    [Fact]
    public void The_shipped_templates_keep_every_rule() => Assert.Empty(TemplateLint.Check(TemplateSet.BuiltIn, MailFixture.SenderWithPage));

    [Fact]
    public void Without_a_page_for_unsubscribing_there_is_a_warning_and_no_more()
    {
        var findings = TemplateLint.Check(TemplateSet.BuiltIn, MailFixture.Sender);
        Assert.Equal(["OneClickHeader"], findings.Select(f => f.Rule).Distinct());
        Assert.True(TemplateLint.Passes(findings));
        Assert.False(TemplateLint.HasLegalFailure(findings));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_template_that_breaks_one_rule_is_told_just_that(string rule, string file, string what, string into)
    {
        using var folder = TemplateFolder.Shipped();
        if (rule == "GiftLinkLeak") (what, into) = ("src=\"cid:{{LogoCid}}\"", "src=\"https://count.example.com/?{{../../GiftUrl}}\"");
        into = into.Replace("{{!repeat}}", string.Concat(Enumerable.Repeat(into, 700)));
        folder.Change(file, what, into);
        var findings = TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage);
        Assert.Equal([rule], findings.Select(f => f.Rule).Distinct());
        Assert.All(findings, finding =>
        {
            Assert.EndsWith(file, finding.Source);
            Assert.Equal(file.Contains("-en") ? GiftLanguage.En : GiftLanguage.Fr, finding.Language);
            Assert.Equal(file.EndsWith("html") ? MailPart.Html : MailPart.Text, finding.Part);
            Assert.NotEmpty(finding.Remedy);
            Assert.Equal(MailRules.All.Single(r => r.Id == rule).Severity, finding.Severity);
        });
        Assert.Equal(rule.StartsWith("Legal"), TemplateLint.HasLegalFailure(findings));
    }

    [Theory]
    [InlineData("<h1 ", "<h1 title=\"{{Code}}\" ")]
    [InlineData("src=\"cid:{{BarcodeCid}}\"", "src=\"https://count.example.com/?{{BarcodeText}}\"")]
    [InlineData("href=\"{{SupportUrl}}\"", "href=\"{{SupportUrl}}&amp;body={{~Pin}}\"")]
    public void A_code_that_leaks_is_told(string what, string into)
    {
        using var folder = TemplateFolder.Shipped();
        folder.Change("gift-code-fr.html", what, into);
        Assert.Contains("GiftLinkLeak", TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage).Select(f => f.Rule));
    }

    [Fact]
    public void Findings_name_the_line()
    {
        using var folder = TemplateFolder.Shipped();
        foreach (var (rule, what, into) in new[]
        {
            ("TableRole", "<table role=\"presentation\" class=\"button\"", "<table class=\"button\""),
            ("FrenchTypography", "navigateur&nbsp;:", "navigateur :"),
            ("LinkText", ">refuser le cadeau</a>", ">ici</a>"),
            ("Placeholder", "Bon à savoir", "{{Nope}}"),
            ("Contrast", "color: #06140C;", "color: #FDFDFD;"),
        })
        {
            folder.Change(FrHtml, what, into);
            var line = 1 + Array.FindIndex(File.ReadAllLines(Path.Combine(folder.Path, FrHtml)), text => text.Contains(into));
            Assert.Equal(line, TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage).First(f => f.Rule == rule).Line);
        }
    }

    [Fact]
    public void A_way_to_refuse_or_replace_must_be_there()
    {
        using var folder = TemplateFolder.Shipped()
            .Change(FrHtml, "{{RefuseUrl}}", "{{SupportUrl}}").Change(FrHtml, "{{ReplaceUrl}}", "{{SupportUrl}}");
        Assert.Equal(["LegalRefuse"], TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage).Select(f => f.Rule));
        folder.Change(EnText, "{{RefuseUrl}}", "").Change(EnText, "{{ReplaceUrl}}", "").Change(EnText, "{{Reference}}", "");
        Assert.Equal(["LegalRefuse", "LegalRefuse"], TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage).Select(f => f.Rule));
    }

    [Fact]
    public void Dark_mode_must_be_declared()
    {
        using var folder = TemplateFolder.Shipped();
        var html = File.ReadAllText(Path.Combine(folder.Path, EnHtml)).Replace("<meta name=\"color-scheme\" content=\"light dark\">", "").Replace("(prefers-color-scheme: dark)", "(max-width: 1px)");
        folder.Write(EnHtml, html);
        Assert.Equal(["DarkMode"], TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage).Select(f => f.Rule));
    }

    [Fact]
    public void Settings_are_examined_too()
    {
        string[] Rules(MailSenderSettings sender) => [.. TemplateLint.Check(TemplateSet.BuiltIn, sender).Select(f => f.Rule).Distinct()];
        var sender = MailFixture.SenderWithPage;
        Assert.Equal(["ReplyTo"], Rules(sender with { ReplyTo = null }));
        Assert.Equal(["ReplyTo"], Rules(sender with { ReplyTo = new MailAddress("no-reply@targo.ca") }));
        Assert.Empty(Rules(sender with { ReplyTo = null, From = new MailAddress("merci@targo.ca", "TARGO") }));
        Assert.Equal(["Subject"], Rules(sender with { SubjectFr = "" }));
        Assert.Equal(["Subject"], Rules(sender with { SubjectEn = new string('x', 256) }));
        Assert.Equal(["Placeholder"], Rules(sender with { SubjectEn = "For {{Nobody}}" }));
        Assert.Equal(["Placeholder"], Rules(sender with { SubjectEn = "Here: {{GiftUrl}}" }));
        Assert.Equal(["FrenchTypography"], Rules(sender with { SubjectFr = "Un cadeau pour toi !" }));
        Assert.Equal(["LegalMailingAddress"], Rules(sender with { MailingAddress = " " }));
        Assert.Equal(["LegalUnsubscribeHeader"], Rules(sender with { UnsubscribeMailto = "désabonnement@targo.ca" }));
        Assert.Equal(["LegalUnsubscribeHeader"], Rules(MailFixture.Sender with { UnsubscribeMailto = "leave?now@targo.ca" }).Where(r => r != "OneClickHeader"));
        Assert.True(TemplateLint.HasLegalFailure(TemplateLint.Check(TemplateSet.BuiltIn, sender with { UnsubscribeMailto = "désabonnement@targo.ca" })));
        Assert.Equal(["LegalSenderName"], Rules(sender with { From = new MailAddress("merci@targo.ca") }));
        Assert.Equal(["SenderSettings"], Rules(sender with { SigningKey = null }));
        Assert.Equal(["SenderSettings"], Rules(sender with { SupportAddress = "nobody" }));
    }

    [Fact]
    public void A_subject_with_the_gifts_link_in_it_is_refused_before_the_first_message() =>
        Assert.Equal("SubjectHoldsLink", Assert.Throws<MailTemplateException>(() =>
            new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.Sender with { SubjectFr = "{{#if GiftUrl}}x{{/if}}" })).Code);

    [Fact]
    public void No_rule_is_without_a_case_that_breaks_it()
    {
        string[] elsewhere = ["LegalUnsubscribeHeader", "LegalRefuse", "SenderSettings", "ReplyTo", "Subject", "OneClickHeader", "DarkMode"];
        Assert.Equal(MailRules.All.Select(r => r.Id).Order(), Broken.Select(row => (string)row[0]).Concat(elsewhere).Distinct().Order());
    }

    [Fact]
    public void Every_rule_has_its_words_and_a_line_in_the_documentation()
    {
        var documentation = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "templates.md"));
        Assert.All(MailRules.All, rule => Assert.Contains($"| `{rule.Id}` | {rule.Severity} |", documentation));
        Assert.All(Core.Mail.Templates.TemplateSchema.Mail.Names, name => Assert.Contains($"| `{name}` |", documentation));
    }

    [Theory]
    [InlineData("#FFFFFF", "#00C853", 2.24)]
    [InlineData("#111111", "#00C853", 8.44)]
    [InlineData("#FFF", "rgb(0, 122, 51)", 5.48)]
    [InlineData("black", "white", 21)]
    [InlineData("#767676", "#FFFFFF", 4.54)]
    public void Contrast_is_computed_as_WCAG_defines_it(string above, string below, double ratio) =>
        Assert.Equal(ratio, CssColor.Contrast(CssColor.Parse(above)!.Value, CssColor.Parse(below)!.Value), 0.005);

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<p>{{#if FirstName}}</p>")]
    [InlineData("<style>@media (prefers-color-scheme: dark) { .a { color: #")]
    [InlineData("<table><tr><td>{{#each Brands}}<b>{{Name}}</b>{{/each}}<a href=\"&#")]
    public void A_ruin_of_a_template_gives_findings_and_no_exception(string html)
    {
        using var folder = TemplateFolder.Shipped().Write(FrHtml, html);
        Assert.False(TemplateLint.Passes(TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage)));
    }

    [Fact]
    public void Whatever_is_cut_doubled_or_swapped_in_a_template_the_lint_gives_an_answer()
    {
        using var folder = TemplateFolder.Shipped();
        foreach (var file in Directory.GetFiles(folder.Path, "gift-reminder-*")) File.Delete(file);
        var original = File.ReadAllText(Path.Combine(folder.Path, FrHtml));
        var random = new Random(1867);
        for (var i = 0; i < 25; i++)
        {
            var text = original;
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var (from, length, to) = (random.Next(text.Length - 200), random.Next(1, 200), random.Next(text.Length - 200));
                var piece = text.Substring(from, length);
                text = random.Next(3) switch { 0 => text.Remove(from, length), 1 => text.Insert(to, piece), _ => text.Remove(from, 1).Insert(from, "<>{}\"'&;:/"[random.Next(10)].ToString()) };
            }
            folder.Write(FrHtml, text);
            Assert.All(TemplateLint.Check(folder.Load(), MailFixture.SenderWithPage), f => Assert.InRange(f.Line, 0, text.Length));
        }
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TargoGiftbit.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
