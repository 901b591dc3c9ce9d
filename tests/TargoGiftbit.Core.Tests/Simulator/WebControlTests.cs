using System.Net;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class WebControlTests : SimulatorTest
{
    [Fact]
    public async Task Another_process_can_move_the_clock_turn_switches_and_order_faults()
    {
        using var web = Web();
        var before = Sim.Clock.Now;
        var (_, state) = await PostAsync(web, "api/clock", new { advance = "2d" });
        Assert.Equal(before.AddDays(2), state.GetProperty("now").GetDateTimeOffset());

        await PostAsync(web, "api/switches", new Dictionary<string, object> { ["giftbit.duplicate-id"] = "replay", ["mailjet.index-delay"] = "90s" });
        Assert.Equal(DuplicateIdAnswer.Replay, Sim.Options.Giftbit.DuplicateId);
        Assert.Equal(TimeSpan.FromSeconds(90), Sim.Options.Mailjet.IndexDelay);

        await PostAsync(web, "api/faults", new { faults = new[] { "giftbit.ping=503*2" } });
        var path = new Uri("ping", UriKind.Relative);
        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 3; call++)
        {
            using var response = await Giftbit.GetAsync(path);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task Every_switch_can_be_read_and_set_back_under_its_name()
    {
        using var web = Web();
        var switches = await GetAsync(web, "api/switches");
        var values = switches.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Assert.True(values.Count > 50);
        var (status, after) = await PostAsync(web, "api/switches", values);
        Assert.Equal(200, status);
        Assert.Equal(switches.GetRawText(), after.GetRawText());
    }

    [Fact]
    public async Task A_mail_is_clicked_and_its_gift_claimed_from_outside()
    {
        await OrderAndSendAsync();
        using var web = Web();
        var (_, mail) = await PostAsync(web, "api/do", new { mail = "ete:1", action = "click" });
        var link = mail.GetProperty("giftLink").GetString();
        Assert.Equal("clicked", mail.GetProperty("state").GetString());
        Assert.EndsWith(Sim.Giftbit.Store.Gifts[0].Code, link, StringComparison.Ordinal);

        var (_, done) = await PostAsync(web, "api/redeem", new { gift = link, brand = "walmartca" });
        Assert.True(done.GetProperty("done").GetBoolean());
        Assert.Equal("walmartca", Sim.Giftbit.Store.Gifts[0].BrandCode);
        var (_, again) = await PostAsync(web, "api/redeem", new { gift = link });
        Assert.False(again.GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task The_inbox_is_exported_as_one_file_a_mail_that_reads_back_the_same()
    {
        await OrderAndSendAsync();
        var folder = Directory.CreateTempSubdirectory("sim-export").FullName;
        try
        {
            using var web = Web();
            var (_, count) = await PostAsync(web, "api/export", new { folder });
            Assert.Equal(1, count.GetProperty("count").GetInt32());
            var mime = MimeReader.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "00001-ete-1.eml")));
            Assert.Equal("🎁 Un cadeau", MimeReader.DecodeWords(mime.Headers["Subject"]));
            Assert.Equal(Sim.Inbox.Messages[0].Content!.Html, mime.Leaves.First(leaf => leaf.MediaType == "text/html").Text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_mail_cannot_write_into_the_page_and_is_shown_without_scripts()
    {
        var mail = Mail("ete:1");
        mail["Subject"] = "<script>alert(1)</script>";
        mail["HTMLPart"] = "<html><head></head><body><script>alert(2)</script></body></html>";
        await SendAsync(mail);
        using var web = Web();
        var list = await web.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.DoesNotContain("<script>", list);
        Assert.Contains("&lt;script&gt;", list);
        using var rendered = await web.GetAsync(new Uri($"/mail/{Sim.Inbox.Messages[0].Id}/html", UriKind.Relative));
        Assert.Contains("sandbox", rendered.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("allow-scripts", rendered.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Origin", "http://attacker.example")]
    public async Task A_foreign_page_cannot_steer_the_simulator(string header, string value)
    {
        using var web = Web();
        var before = Sim.Clock.Now;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/clock") { Content = new StringContent("{\"advance\":\"1d\"}") };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await web.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(before, Sim.Clock.Now);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/orders")]
    [InlineData("/gifts")]
    [InlineData("/events")]
    [InlineData("/requests")]
    [InlineData("/controls")]
    public async Task Every_page_shows_what_happened(string path)
    {
        await OrderAndSendAsync();
        Sim.Recipients.Open(Sim.Inbox.Messages[0]);
        using var web = Web();
        using var response = await web.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(path == "/controls" ? "giftbit.duplicate-id" : path == "/requests" ? "giftbit.campaign.create" : "ete", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_claim_page_offers_the_order_s_brands_and_claims_one()
    {
        await OrderAndSendAsync();
        using var web = Web();
        var gift = Sim.Giftbit.Store.Gifts[0];
        var path = new Uri($"/g/{gift.Code}", UriKind.Relative);
        var page = await web.GetStringAsync(path);
        Assert.Contains("Tim Hortons", page);
        Assert.DoesNotContain("Home Hardware", page);
        using var content = new FormUrlEncodedContent([new("brand", "timhortonsca")]);
        using var answer = await web.PostAsync(path, content);
        Assert.Equal((GiftState.Redeemed, "timhortonsca"), (gift.State, gift.BrandCode));
    }

    private HttpClient Web() => new() { BaseAddress = Sim.Addresses.Web };

    private async Task OrderAndSendAsync()
    {
        await PostAsync(Giftbit, "campaign", Order("ete", 1));
        Sim.Clock.Advance(TimeSpan.FromSeconds(3));
        var mail = Mail("ete:1");
        mail["HTMLPart"] = $"<p>Été</p><a href=\"http://gtbt.co/{Sim.Giftbit.Store.Gifts[0].Code}\">Choisir</a>";
        await SendAsync(mail);
    }
}
