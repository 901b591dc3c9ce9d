using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text;
using AngleSharp.Html.Parser;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Core.Reports.Html;
using TargoGiftbit.Core.Tests.Ledger;

namespace TargoGiftbit.Core.Tests.Reports;

public sealed class GiftReportHtmlTests
{
    public static TheoryData<int, GiftLanguage> Sizes
    {
        get
        {
            var data = new TheoryData<int, GiftLanguage>();
            foreach (var size in new[] { 0, 1, 2, 300, 5000 })
                foreach (var language in new[] { GiftLanguage.Fr, GiftLanguage.En }) data.Add(size, language);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_page_stands_alone_and_can_be_read_by_everyone(int gifts, GiftLanguage language)
    {
        var html = GiftReportHtml.Render(Figures(gifts), language);
        var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = false }).ParseDocument(html);

        Assert.True(Encoding.UTF8.GetByteCount(html) < 1_000_000);
        Assert.Empty(page.QuerySelectorAll("script,link,img,iframe,object,embed,form,base"));
        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.Equal(language == GiftLanguage.Fr ? "fr-CA" : "en-CA", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.All(page.QuerySelectorAll("table"), t => Assert.NotNull(t.QuerySelector("caption")));
        Assert.All(page.QuerySelectorAll("th"), t => Assert.True(t.HasAttribute("scope") || t.GetAttribute("aria-hidden") == "true"));
        // Each picture has a name and a description, or a number beside it says the same.
        Assert.All(page.QuerySelectorAll("svg"), s => Assert.True(
            s.GetAttribute("aria-hidden") == "true" || s.Closest("[aria-hidden=true]") is not null || (s.QuerySelector("title") is not null && s.QuerySelector("desc") is not null)));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), e => Assert.All(e.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.Contains(id, ids)));
        Assert.DoesNotMatch(@"\{[0-9]\}", page.Body!.TextContent);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, GiftLanguage.Fr, "Cette campagne n’a encore aucun cadeau")]
    [InlineData(1, 1, GiftLanguage.En, "1 of 1 gift has been redeemed")]
    [InlineData(300, 0, GiftLanguage.Fr, "0 cadeau sur 300 a été échangé")]
    [InlineData(300, 0, GiftLanguage.En, "0 of 300 gifts have been redeemed")]
    [InlineData(300, 1, GiftLanguage.En, "1 of 300 gifts has been redeemed")]
    [InlineData(5000, 1200, GiftLanguage.Fr, "1\u00a0200 cadeaux sur 5\u00a0000 ont été échangés")]
    public void The_headline_says_how_many_in_good_grammar(int gifts, int redeemed, GiftLanguage language, string headline)
    {
        var figures = Figures(gifts);
        var html = GiftReportHtml.Render(figures with { Total = figures.Total with { Redeemed = redeemed } }, language);
        Assert.Equal(headline, new HtmlParser().ParseDocument(html).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public void What_others_wrote_never_becomes_markup()
    {
        const string evil = "</td><script>alert(1)</script>\" onload=\"x";
        var figures = Figures(300);
        var page = new HtmlParser().ParseDocument(GiftReportHtml.Render(figures with
        {
            ByBrand = [new BrandFigures(evil, null, 3, Money.Cad(1))],
            ByCreative = [new CreativeFigures("<b>hash</b>", evil, GiftLanguage.Fr, figures.Total)],
            Problems = [new ProblemFigures(DeliveryTrouble.Refused, evil + " http://gtbt.co/AbCdEfGhIjK", 1, [4])],
        }, GiftLanguage.En));
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Contains(evil, page.QuerySelector(".creatives")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("AbCdEfGhIjK", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_real_gifts_tells_no_link_name_or_address_and_is_private()
    {
        using var fixture = new LedgerFixture();
        var id = fixture.Ready(3)[0];
        var gift = fixture.Ledger.Gifts.Get(id);
        var path = Path.Combine(fixture.Folder, "report.html");

        await GiftReportHtml.WriteAsync(path, CampaignMeasure.Take(fixture.Ledger, GiftEnvironment.Sandbox, "spring", fixture.Clock), GiftLanguage.Fr, CancellationToken.None);

        var html = await File.ReadAllTextAsync(path);
        Assert.All(new[] { "gtbt.co", gift.FirstName, gift.LastName, gift.Email, gift.ProviderEmail ?? gift.Email }, secret => Assert.DoesNotContain(secret, html, StringComparison.OrdinalIgnoreCase));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Both_languages_say_everything_with_the_same_places()
    {
        var (french, english) = (Texts("ReportFrench"), Texts("ReportEnglish"));
        Assert.Equal(french.Keys.Order(), english.Keys.Order());
        Assert.All(french, t => Assert.Equal(Places(t.Value), Places(english[t.Key])));
        // French: a non-breaking space before a colon, none before ! and ? but the same non-breaking one (reference/email-compliance.md B3).
        Assert.All(french.Values, t => Assert.DoesNotMatch("(?<!\u00a0|h)[:»]|«(?!\u00a0)| [!?;]", t));

        static string Places(string text) => string.Concat(System.Text.RegularExpressions.Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Order());
    }

    [Theory]
    [InlineData(0.1234, "12,3\u00a0%", "12.3%")]
    [InlineData(1.0, "100\u00a0%", "100%")]
    [InlineData(null, "–", "–")]
    public void Shares_are_written_as_each_language_does(double? share, string french, string english)
    {
        Assert.Equal(french, new ReportFormat(GiftLanguage.Fr).Percent(share));
        Assert.Equal(english, new ReportFormat(GiftLanguage.En).Percent(share));
    }

    [Fact]
    public void Times_are_those_of_the_office()
    {
        var instant = new DateTimeOffset(2026, 1, 2, 4, 5, 0, TimeSpan.Zero);
        Assert.Equal("1er\u00A0janvier 2026, 23\u00a0h\u00a005", new ReportFormat(GiftLanguage.Fr).Instant(instant));
        Assert.Equal("January 1, 2026, 23:05", new ReportFormat(GiftLanguage.En).Instant(instant));
    }

    [Theory]
    [InlineData(0, 10, 0.0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void The_range_is_wilsons(int part, int whole, double low, double high)
    {
        var range = Wilson.Range(part, whole);
        Assert.Equal(low, range.Low, 4);
        Assert.Equal(high, range.High, 4);
    }

    private static Dictionary<string, string> Texts(string name)
    {
        var resources = new ResourceManager("TargoGiftbit.Core.Reports.Html." + name, typeof(GiftReportHtml).Assembly);
        return resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    private static CampaignFigures Figures(int gifts)
    {
        int Part(double share) => (int)(gifts * share);
        var funnel = new FunnelFigures
        {
            Gifts = gifts, Ordered = gifts, Linked = gifts, Sent = gifts, Delivered = Part(0.96), Bounced = Part(0.03), Opened = Part(0.2), OpenedWeakly = Part(0.3), Clicked = Part(0.7),
            ScannedOnly = Part(0.04), ClickedNotRedeemed = Part(0.1), SentNotClicked = Part(0.2), SentWithProblem = Part(0.03), Redeemed = Part(0.6), Refunded = Part(0.01),
        };
        var day = new DateOnly(2026, 5, 4);
        return new CampaignFigures
        {
            Campaign = LedgerFixture.Terms() with { NextPollAt = new DateTimeOffset(2026, 6, 9, 12, 0, 0, TimeSpan.Zero), GiftCount = gifts },
            At = new DateTimeOffset(2026, 6, 7, 12, 0, 0, TimeSpan.Zero),
            Total = funnel,
            Money = new MoneyFigures(Money.Cad(6000L * gifts), Money.Cad(6000L * Part(0.6)), Money.Cad(0), Money.Cad(0), Money.Cad(6000L * (gifts - Part(0.6)))),
            ByLanguage = gifts == 0 ? [] : [new LanguageFigures(GiftLanguage.Fr, funnel), new LanguageFigures(GiftLanguage.En, new FunnelFigures())],
            ByCreative = [.. Enumerable.Range(0, Math.Min(gifts, 30)).Select(n => new CreativeFigures($"{n:x8}00", $"Objet {n}", GiftLanguage.Fr, funnel))],
            ByBrand = [.. Enumerable.Range(0, Math.Min(gifts, 40)).Select(n => new BrandFigures($"brand{n}", n % 2 == 0 ? $"Marque {n}" : null, 40 - n, Money.Cad(6000)))],
            ByDay = [.. Enumerable.Range(0, Math.Min(gifts, 400)).Select(n => new DayFigures(day.AddDays(n), n % 7, n % 3))],
            Problems = [.. Enum.GetValues<DeliveryTrouble>().Take(gifts).Select(t => new ProblemFigures(t, "user unknown", gifts, [.. Enumerable.Range(1, gifts)]))],
        };
    }
}
