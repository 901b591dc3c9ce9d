using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Simulator.ErpNext;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Customers.ErpNext;

/// <summary>What the site says when it says no (reference/erpnext.md §5, §6).</summary>
public sealed class ErpNextErrorTests
{
    [Fact]
    public async Task The_user_of_a_key_is_told()
    {
        await using var bench = await ErpNextBench.StartAsync();
        Assert.Equal("api@targo.example", await bench.Api.WhoAmIAsync(default));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_not_shown()
    {
        await using var bench = await ErpNextBench.StartAsync();
        var refusal = await Assert.ThrowsAsync<ErpNextException>(() => bench.Connect("canarykey:wrong-canary").WhoAmIAsync(default));
        Assert.Equal(("ErpNextKeyRefused", 401, "AuthenticationError"), (refusal.Code, refusal.Status, refusal.Type));
        Assert.DoesNotContain("canary", refusal.ToString(), StringComparison.Ordinal);
        Assert.Single(bench.Sim.Requests.Of("erpnext"));
    }

    [Fact]
    public async Task Rights_are_found_out_by_asking()
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => switches.ContactsReadable = false);
        Assert.Equal(new ErpNextRights(true, false, "custom_gift_link_clicked", "custom_gift_link_clicked_at"), await ErpNextRights.ReadAsync(bench.Api, new ErpNextFields(), default));
        var refusal = await bench.RefusalAsync();
        Assert.Equal(("ErpNextForbidden", true), (refusal.Code, refusal.ConcernsSite));
        Assert.Contains("Insufficient Permission for Contact", refusal.Message.Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorForm.Full)]
    [InlineData(ErrorForm.MessagesOnly)]
    [InlineData(ErrorForm.ExceptionOnly)]
    [InlineData(ErrorForm.ErrorMessage)]
    public async Task Words_are_found_wherever_a_version_puts_them_without_markup(ErrorForm form)
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => switches.Errors = form);
        var refusal = await bench.RefusalAsync(new() { Where = """["no_such_field","=","x"]""" });
        Assert.Equal("ErpNextFieldRefused", refusal.Code);
        Assert.Contains("Field not permitted in query: no_such_field", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Traceback", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_and_entities_in_words_become_plain_text()
    {
        await using var bench = await ErpNextBench.StartAsync(1, switches => switches.SaveRefusal = "Le <strong>groupe</strong> est requis &amp; manque<br>");
        var refusal = await Assert.ThrowsAsync<ErpNextException>(() => new ErpNextWriteBack(bench.Api, new ErpNextFields { Clicked = "custom_gift_link_clicked", ClickedAt = "custom_gift_link_clicked_at" }, TimeZoneInfo.Utc)
            .WriteAsync(ErpNextBench.Clicked("CUST-2026-00001"), default));
        Assert.Equal(("ErpNextRefused", false), (refusal.Code, refusal.ConcernsSite));
        Assert.Contains("Le groupe est requis & manque", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maintenance_is_waited_for_and_then_told()
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => switches.Maintenance = true);
        var refusal = await bench.RefusalAsync();
        Assert.Equal(("ErpNextUnavailable", 503, "SessionStopped"), (refusal.Code, refusal.Status, refusal.Type));
        Assert.Equal(7, bench.Sim.Requests.Of("erpnext").Count);
        bench.Switches.Maintenance = false;
        Assert.Equal(3, (await bench.ReadAsync()).Count);
    }

    [Fact]
    public void A_key_that_the_site_repeats_in_the_name_or_the_words_of_an_error_is_not_shown()
    {
        var connection = new ErpNextConnection(new Uri("https://erp.example"), new Secret("key:canary-secret"));
        var answer = new HttpAnswer { Status = 400, MediaType = "application/json", Body = """{"exc_type":"Error: canary-secret","exception":"x.Error: key:canary-secret is bad"}"""u8.ToArray() };
        var refusal = ErpNextErrors.From(answer, new HttpAsk(HttpMethod.Get, new Uri("https://erp.example/api/resource/Customer")), connection);
        Assert.DoesNotContain("canary", $"{refusal} {refusal.Type}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_proxy_in_trouble_is_told_by_its_title()
    {
        await using var bench = await ErpNextBench.StartAsync(3);
        bench.Sim.Faults.Always("erpnext.*", Fault.ServerError(502));
        var refusal = await bench.RefusalAsync(api: bench.Connect(retries: 0));
        Assert.Equal("ErpNextUnavailable", refusal.Code);
        Assert.Contains("titled \"502\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_page_in_place_of_an_answer_is_told_at_once()
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => switches.LoginPage = true);
        var refusal = await bench.RefusalAsync();
        Assert.Equal("ErpNextUnexpectedAnswer", refusal.Code);
        Assert.Contains("Login", refusal.Message, StringComparison.Ordinal);
        Assert.Single(bench.Sim.Requests.Of("erpnext"));
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out_as_long_as_the_site_says()
    {
        await using var bench = await ErpNextBench.StartAsync(3);
        bench.Sim.Faults.Next("erpnext.customers", Fault.RateLimit(retryAfter: 30), times: 2);
        Assert.Equal(3, (await bench.ReadAsync()).Count);
        bench.Sim.Faults.Always("erpnext.customers", Fault.RateLimit());
        Assert.Equal("ErpNextRateLimited", (await bench.RefusalAsync()).Code);
    }

    [Fact]
    public async Task A_request_line_that_a_stricter_server_refuses_is_told_as_such()
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => switches.RequestLine = 200);
        Assert.Equal("ErpNextRequestTooLong", (await bench.RefusalAsync()).Code);
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("canary:")]
    [InlineData(":canary")]
    [InlineData("canary:b:c")]
    [InlineData("token canary:b")]
    public void A_token_of_another_form_is_refused_and_not_shown(string token)
    {
        using var folder = new TemporaryFolder();
        var settings = GiftSettings.Load(new SettingParameters().With(SettingName.Home, folder.Path), new Dictionary<string, string> { ["ERPNEXT_URL"] = "https://erp.example", ["ERPNEXT_TOKEN"] = token });
        var refusal = Assert.Throws<ErpNextException>(() => ErpNextConnection.From(settings));
        Assert.Equal("ErpNextTokenInvalid", refusal.Code);
        Assert.DoesNotContain("canary", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://erp.example", "EndpointNotSecure")]
    [InlineData("erp.example", "EndpointInvalid")]
    [InlineData("https://key:secret@erp.example", "EndpointInvalid")]
    public void A_site_is_spoken_with_over_https(string url, string code)
    {
        using var folder = new TemporaryFolder();
        var settings = GiftSettings.Load(new SettingParameters().With(SettingName.Home, folder.Path), new Dictionary<string, string> { ["ERPNEXT_URL"] = url, ["ERPNEXT_TOKEN"] = "key:secret" });
        Assert.Equal(code, Assert.Throws<GiftSettingsException>(() => ErpNextConnection.From(settings)).Code);
    }
}
