using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Unsubscribe;

namespace TargoGiftbit.Core.Tests.Mail;

public class UnsubscribeTests
{
    private const string Address = "marie@example.net";
    private static readonly GiftId Gift = new(GiftEnvironment.Production, "targo-2026-q2-loyalty", 12);
    private static readonly UnsubscribeToken Tokens = new(MailFixture.SigningKey);

    [Fact]
    public void A_token_names_its_gift_and_address()
    {
        Assert.True(Tokens.TryRead(Tokens.Create(Gift, Address), out var claim));
        Assert.Equal(Gift, claim.Gift);
        Assert.Equal(Tokens.AddressTag(" MARIE@example.NET "), claim.AddressTag);
        Assert.NotEqual(Tokens.AddressTag("other@example.net"), claim.AddressTag);
    }

    [Fact]
    public void A_token_is_the_same_every_time_and_another_for_every_environment_campaign_row_and_address()
    {
        string[] tokens =
        [
            Tokens.Create(Gift, Address),
            Tokens.Create(Gift with { Environment = GiftEnvironment.Sandbox }, Address),
            Tokens.Create(Gift with { CampaignId = "targo-2026-q3-loyalty" }, Address),
            Tokens.Create(Gift with { Row = 13 }, Address),
            Tokens.Create(Gift, "marie@example.org"),
            new UnsubscribeToken(new Secret("another key of thirty-two bytes!")).Create(Gift, Address),
        ];
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
        Assert.Equal(tokens[0], Tokens.Create(Gift, Address));
        Assert.Matches("^[A-Za-z0-9_-]{50,160}$", tokens[0]);
    }

    [Fact]
    public void Neither_address_nor_campaign_can_be_read_out_of_a_token()
    {
        var token = Tokens.Create(Gift, Address);
        var text = System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token));
        foreach (var part in new[] { "marie", "example", "targo", "loyalty" })
        {
            Assert.DoesNotContain(part, token, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(part, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Every_changed_bit_makes_a_token_worthless()
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(Tokens.Create(Gift, Address));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Tokens.TryRead(System.Buffers.Text.Base64Url.EncodeToString(bytes), out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Another_key_reads_nothing() =>
        Assert.False(new UnsubscribeToken(new Secret("another key of thirty-two bytes!")).TryRead(Tokens.Create(Gift, Address), out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("%00")]
    [InlineData("AAAA AAAA")]
    [InlineData("sample")]
    public void What_is_not_a_token_is_no_claim(string? text) => Assert.False(Tokens.TryRead(text, out _));

    [Fact]
    public void Whatever_the_world_sends_reading_does_not_fail()
    {
        var token = Tokens.Create(Gift, Address);
        Prop.ForAll(ArbMap.Default.ArbFor<(string, int)>(), input =>
        {
            var (text, at) = input;
            var cut = token.Length - 1 - (Math.Abs(at % token.Length));
            return !Tokens.TryRead(text, out _) && !Tokens.TryRead(token[..cut], out _) && !Tokens.TryRead(token + text + "A", out _);
        }).QuickCheckThrowOnFailure();
        Assert.False(Tokens.TryRead(new string('A', 100_000), out _));
    }

    [Fact]
    public void Any_gift_and_address_come_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(NonNegativeInt, NonEmptyString)>(), input =>
        {
            var (row, address) = input;
            var id = Gift with { Row = row.Get, CampaignId = new string('c', 1 + (row.Get % 64)) };
            return Tokens.TryRead(Tokens.Create(id, address.Get), out var claim) && claim.Gift == id && claim.AddressTag == Tokens.AddressTag(address.Get);
        }).QuickCheckThrowOnFailure();

    public static TheoryData<string> Pages => new("Ask", "Done", "Invalid", "Failed");

    private static string Page(string name, MailSenderSettings? sender = null)
    {
        var pages = new UnsubscribePages(sender ?? MailFixture.SenderWithPage);
        return name switch { "Ask" => pages.Ask(), "Done" => pages.Done(), "Invalid" => pages.Invalid(), _ => pages.Failed() };
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_speaks_French_then_English_and_fetches_nothing(string name)
    {
        var document = new HtmlParser().ParseDocument(Page(name));
        Assert.Equal("fr-CA", document.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(document.QuerySelector("section[lang=en-CA] h2"));
        Assert.Contains("TARGO", document.Title);
        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, [src], [onclick]"));
        Assert.DoesNotContain("url(", Page(name));
        Assert.Equal(name == "Ask" ? 1 : 0, document.Forms.Length);
    }

    [Fact]
    public void Only_the_button_unsubscribes_by_posting_what_a_mail_reader_posts_to_the_same_address()
    {
        var form = new HtmlParser().ParseDocument(Page("Ask")).Forms.Single();
        Assert.Equal("post", form.Method);
        Assert.Null(form.GetAttribute("action"));
        var field = Assert.Single(form.QuerySelectorAll("input"));
        Assert.Equal(("List-Unsubscribe", "One-Click"), (field.GetAttribute("name"), field.GetAttribute("value")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_senders_name_cannot_become_markup(string name)
    {
        var page = Page(name, MailFixture.Sender with { From = new MailAddress("a@b.ca", "T<script>x</script>") });
        Assert.DoesNotContain("<script", page);
        Assert.Contains("T&lt;script&gt;", page);
    }
}
