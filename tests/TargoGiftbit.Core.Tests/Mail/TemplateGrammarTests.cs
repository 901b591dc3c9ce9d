using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Templates;

namespace TargoGiftbit.Core.Tests.Mail;

public class TemplateGrammarTests
{
    [Theory]
    [InlineData("Bonjour {{FirstName}}")]
    [InlineData("{{ FirstName }}{{~Amount~}}")]
    [InlineData("{{#if FirstName}}{{FirstName}}{{else}}toi{{/if}}")]
    [InlineData("{{#unless Expiry}}sans fin{{/unless}}{{#if TracksClicks}}x{{/if}}")]
    [InlineData("{{#each Brands}}{{Name}}{{#unless @last}}, {{/unless}}{{/each}}")]
    [InlineData("{{#each BrandRows}}{{#each Brands}}{{@index}} {{Name}} {{../../FirstName}}{{/each}}{{/each}}")]
    [InlineData("{{#each Brands}}{{#if LogoCid}}{{../Amount}}{{/if}}{{else}}{{FirstName}}{{/each}}")]
    [InlineData("{{! a comment }}{{!-- one with {{Anything}} in it --}}")]
    [InlineData("<a href=\"{{GiftUrl}}\" title='{{Amount}}'>{{Amount}}</a>")]
    [InlineData("<td {{#if Expiry}}class=\"a\"{{/if}}>x</td>")]
    [InlineData("<!--[if mso]><td width=\"1\">{{Amount}}<![endif]-->")]
    [InlineData("1 < 2 {{Amount}} <3 {{Amount}}")]
    [InlineData("<style>a { color: red } </style>{{Amount}}")]
    [InlineData("{ {{Amount}} }")]
    public void What_a_template_may_say_is_accepted_and_renders(string template)
    {
        Assert.Empty(MailFixture.Scan(template).Problems);
        using var folder = TemplateFolder.Shipped().Write("gift-email-fr.html", template);
        MailFixture.Render(templates: folder.Load());
    }

    [Theory]
    [InlineData("{{{FirstName}}}", "TemplateUnescaped")]
    [InlineData("{{&FirstName}}", "TemplateUnescaped")]
    [InlineData("{{& FirstName}}", "TemplateUnescaped")]
    [InlineData("{{#if Nope}}x{{/if}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{#if FirstName}}a{{else}}{{Nope}}{{/if}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{#each Brands}}{{FirstName}}{{/each}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{../FirstName}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{firstname}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{@first}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{Brands.Length}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{this}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{lookup Brands 0}}", "TemplateHelperUnknown")]
    [InlineData("{{log FirstName}}", "TemplateHelperUnknown")]
    [InlineData("{{#with FirstName}}x{{/with}}", "TemplateHelperUnknown")]
    [InlineData("{{#if FirstName Amount}}x{{/if}}", "TemplateTagMalformed")]
    [InlineData("{{> footer}}", "TemplatePartial")]
    [InlineData("{{#> footer}}x{{/footer}}", "TemplatePartial")]
    [InlineData("{{#*inline \"x\"}}{{/inline}}", "TemplateHelperUnknown")]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}", "TemplateUnescaped")]
    [InlineData("\\{{FirstName}}", "TemplateEscapedBraces")]
    [InlineData("{{FirstName", "TemplateTagOpen")]
    [InlineData("{{!-- never closed }}", "TemplateTagOpen")]
    [InlineData("{{FirstName}}}", "TemplateTagMalformed")]
    [InlineData("{{! comment }}}", "TemplateTagMalformed")]
    [InlineData("{{}}", "TemplateTagMalformed")]
    [InlineData("{{#if FirstName}}x", "TemplateBlockOpen")]
    [InlineData("{{#if FirstName}}x{{/each}}", "TemplateBlockMismatch")]
    [InlineData("x{{/if}}", "TemplateBlockMismatch")]
    [InlineData("{{else}}", "TemplateBlockMismatch")]
    [InlineData("{{#if FirstName}}a{{else}}b{{else}}c{{/if}}", "TemplateBlockMismatch")]
    [InlineData("{{^}}", "TemplatePlaceholderUnknown")]
    [InlineData("{{#each FirstName}}x{{/each}}", "TemplateNotAList")]
    [InlineData("{{Brands}}", "TemplateNotText")]
    [InlineData("{{TracksClicks}}", "TemplateNotText")]
    [InlineData("<td width={{Amount}}>", "TemplatePlaceUnsafe")]
    [InlineData("<td {{Amount}}>", "TemplatePlaceUnsafe")]
    [InlineData("<{{FirstName}}>", "TemplatePlaceUnsafe")]
    [InlineData("<style>.a { color: {{FirstName}} }</style>", "TemplatePlaceUnsafe")]
    [InlineData("<script>var a = '{{FirstName}}';</script>", "TemplatePlaceUnsafe")]
    public void Anything_else_is_refused_before_the_first_message(string template, string code)
    {
        Assert.Equal(code, MailFixture.Scan(template).Problems[0].Code);
        using var folder = TemplateFolder.Shipped().Write("gift-email-en.html", template);
        var error = Assert.Throws<MailTemplateException>(() => new GiftMailRenderer(folder.Load(), MailFixture.Sender));
        Assert.Equal(code, error.Code);
        Assert.Contains("gift-email-en.html", error.Message);
        Assert.False(string.IsNullOrWhiteSpace(error.Remedy));
    }

    [Fact]
    public void The_error_names_the_line_and_the_placeholder_it_may_have_meant()
    {
        var problem = Assert.Single(MailFixture.Scan("one\n{{#if Expiry}}\nthree {{Firstname}}\n{{/if}}").Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("mail.html, line 3", problem.Message);
        Assert.Contains("{{Firstname}}", problem.Message);
        Assert.Contains("FirstName?", problem.Remedy);
    }

    [Fact]
    public void Every_problem_is_found_not_only_the_first() =>
        Assert.Equal(
            ["TemplateUnescaped", "TemplatePlaceholderUnknown", "TemplatePartial"],
            MailFixture.Scan("{{{Amount}}}\n{{Nope}}\n{{> x}}\n{{Amount}}").Problems.Select(p => p.Code));

    [Fact]
    public void A_text_part_may_put_a_value_anywhere() => Assert.Empty(MailFixture.Scan("<td {{Amount}}>", isHtml: false).Problems);

    [Fact]
    public void A_subject_is_checked_like_a_template()
    {
        var error = Assert.Throws<MailTemplateException>(() => new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.Sender with { SubjectEn = "For {{Name}}" }));
        Assert.Equal("TemplatePlaceholderUnknown", error.Code);
        Assert.Contains("subject EN (gift)", error.Message);
    }

    /// <summary>Pieces that make good, bad and half templates when they are strung together.</summary>
    private static readonly string[] Pieces =
    [
        "{{FirstName}}", "{{Amount}}", "{{Name}}", "{{../Amount}}", "{{LogoCid}}", "{{#if FirstName}}", "{{#if LogoCid}}", "{{#unless Expiry}}", "{{#each Brands}}",
        "{{#each BrandRows}}", "{{else}}", "{{/if}}", "{{/unless}}", "{{/each}}", "{{! c }}", "{{!-- {{c}} --}}", "{{@last}}", "{{@index}}", "{{#if @first}}", "{{~Amount~}}",
        "{", "}", "{{", "}}", "\\", "!", "#", " ", "\n", "x", "<p>", "</p>", "<a href=\"", "\">", "</a>", "<!--", "-->", "<style>", "</style>", "<", "'", "{{{", "}}}", "&",
    ];

    [Fact]
    public void A_template_without_problems_renders_and_no_value_breaks_out_of_its_place()
    {
        var terms = new MailTerms(GiftLanguage.Fr, MailFixture.Sender, MailBrandList.From([new("a", "<i>\"'A'\"</i>", MailSamples.Brands[0].Logo), new("b", "B")]));
        var values = terms.Values(MailFixture.Gift() with { FirstName = "<b onx=\"'{{x}}'\">" }, MailFixture.LinkUrl, MailSamples.Unsubscribe(MailFixture.Sender, MailFixture.Gift().Identity));
        var random = new Random(20261231);
        var accepted = 0;
        for (var i = 0; i < 40_000 && accepted < 250; i++)
        {
            var template = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var scan = MailFixture.Scan(template);
            if (scan.Problems.Count > 0 || scan.Tags.Count == 0) continue;
            accepted++;
            var html = "";
            var failure = Record.Exception(() => html = TemplateCompiler.Compile(scan.Source)(terms.Model(values)));
            Assert.True(failure is null, $"{template} → {failure?.Message}");
            var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
            Assert.Empty(document.QuerySelectorAll("b, i, [onx]"));
            Assert.DoesNotContain("{{x", html);
        }
        Assert.Equal(250, accepted);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = TemplateFolder.Shipped();
        File.Delete(Path.Combine(folder.Path, "gift-email-en.txt"));
        var error = Assert.Throws<MailTemplateException>(folder.Load);
        Assert.Equal("TemplateFileMissing", error.Code);
        Assert.Contains("gift-email-en.txt", error.Message);
    }

    [Fact]
    public void Reminders_may_be_left_out_but_only_all_of_them()
    {
        using var folder = TemplateFolder.Shipped();
        foreach (var file in Directory.GetFiles(folder.Path, "gift-reminder-*")) File.Delete(file);
        Assert.False(folder.Load().HasReminder);
        Assert.Equal("TemplateReminderMissing", Assert.Throws<MailTemplateException>(() => MailFixture.Render(templates: folder.Load(), purpose: MailPurpose.Reminder)).Code);
        folder.Write("gift-reminder-fr.txt", "x");
        Assert.Equal("TemplateFileMissing", Assert.Throws<MailTemplateException>(folder.Load).Code);
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_refused()
    {
        using var folder = TemplateFolder.Shipped();
        File.WriteAllBytes(Path.Combine(folder.Path, "gift-email-fr.txt"), [0x4D, 0xE9, 0x67]);
        Assert.Equal("TemplateFileNotUtf8", Assert.Throws<MailTemplateException>(folder.Load).Code);
    }

    [Fact]
    public void The_hash_changes_with_either_part_and_not_with_line_ends()
    {
        using var folder = TemplateFolder.Shipped();
        var before = folder.Load();
        Assert.Equal(TemplateSet.BuiltIn.HashOf(GiftLanguage.Fr), before.HashOf(GiftLanguage.Fr));
        Assert.Equal(64, before.HashOf(GiftLanguage.Fr).Length);
        folder.Write("gift-email-fr.html", File.ReadAllText(Path.Combine(folder.Path, "gift-email-fr.html")).Replace("\n", "\r\n"));
        Assert.Equal(before.HashOf(GiftLanguage.Fr), folder.Load().HashOf(GiftLanguage.Fr));
        folder.Change("gift-email-fr.txt", "BON À SAVOIR", "À SAVOIR");
        Assert.NotEqual(before.HashOf(GiftLanguage.Fr), folder.Load().HashOf(GiftLanguage.Fr));
        Assert.Equal(before.HashOf(GiftLanguage.En), folder.Load().HashOf(GiftLanguage.En));
    }
}
