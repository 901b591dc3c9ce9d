using Microsoft.AspNetCore.Http;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Core.Tests.Http;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitErrorTests
{
    [Theory]
    [InlineData(401, "ERROR_UNAUTHORIZED", "GiftbitTokenRefused")]
    [InlineData(403, null, "GiftbitForbidden")]
    [InlineData(402, "ERROR_FUNDS_CARD_ERROR", "GiftbitFundsCardRefused")]
    [InlineData(400, "ERROR_FUNDS_INVALID_FUND_AMOUNT", "GiftbitFundsAmountInvalid")]
    [InlineData(422, "ERROR_LINKS_BAD_CAMPAIGN", "GiftbitNotLinkOrder")]
    [InlineData(422, "ERROR_LINKS_CAMPAIGN_INACTIVE", "GiftbitLinksInactive")]
    [InlineData(422, "ERROR_BRANDS_NO_SUCH_BRAND", "GiftbitUnknownBrand")]
    [InlineData(422, "ERROR_CAMPAIGN_NO_CONTACTS", "GiftbitNoContacts")]
    [InlineData(422, "ERROR_CAMPAIGN_INVALID_STATE", "GiftbitOrderInvalid")]
    [InlineData(422, "ERROR_NEVER_SEEN", "GiftbitRequestRefused")]
    [InlineData(404, null, "GiftbitNotFound")]
    [InlineData(429, null, "GiftbitRateLimited")]
    [InlineData(500, null, "GiftbitUnavailable")]
    [InlineData(302, null, "GiftbitUnexpectedAnswer")]
    public async Task Status_and_code_decide_what_an_error_is_and_each_has_a_remedy(int status, string? code, string expected)
    {
        var body = code is null ? "{}" : $$"""{"error":{"code":"{{code}}","name":"Whatever","message":"Misleading: Unauthorized, try again"},"status":{{status}}}""";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(body, status));
        using var provider = GiftbitListingTests.Connect(server);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => provider.GetLinksAsync("x", default));
        Assert.Equal((expected, status, code), (error.Code, error.Status, error.ProviderCode));
        Assert.NotNull(error.Remedy);
        Assert.Contains("GET /links/x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_of_2017_of_a_refused_token_is_understood()
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.LegacyUnauthorized = true);
        using var other = bench.Connect(new Secret("canary-wrong"));
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => other.CheckAsync(default));
        Assert.Equal("GiftbitTokenRefused", error.Code);
    }

    [Fact]
    public async Task A_gateways_page_is_told_by_its_title()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Html(503, "<html><title>503 Service Temporarily Unavailable</title><body>canary-body</body></html>"));
        using var provider = GiftbitListingTests.Connect(server);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => provider.CheckAsync(default));
        Assert.Equal("GiftbitUnavailable", error.Code);
        Assert.Contains("an HTML page titled \"503 Service Temporarily Unavailable\"", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task A_rate_limit_that_lasts_is_an_error_that_says_how_long_to_wait(int? retryAfter)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.RateLimitRetryAfter = retryAfter);
        // The testbed's own switch (reference/giftbit.md §8; spec F4), on every request of this connection.
        using var limited = bench.Connect(new Secret(bench.Sim.Options.GiftbitToken), o => o with { MaxRetries = 2 }, new SimulateRateLimit());
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => limited.CheckAsync(default));
        Assert.Equal(("GiftbitRateLimited", 429), (error.Code, error.Status));
        Assert.Equal(3, bench.Sim.Requests.All.Count);
        Assert.Equal(retryAfter is not null, error.Message.Contains("it asks to wait 3 s", StringComparison.Ordinal));
        if (retryAfter is not null) Assert.All(bench.Notices, n => Assert.Equal(TimeSpan.FromSeconds(3), n.Delay));
    }

    [Fact]
    public async Task No_failure_of_any_kind_shows_the_token_or_a_link()
    {
        const string Echo = """{"error":{"code":"ERROR_X canary-token","name":"n","message":"Bearer canary-token refused; see http://gtbt.co/canarylink1 and https://reward.giftbit.com/getReward/dl-canary"},"status":422}""";
        RequestDelegate[] scripts =
        [
            ScriptedServer.Json(Echo, 422), ScriptedServer.Json(Echo, 401), ScriptedServer.Json(Echo, 429), ScriptedServer.Html(500, $"<title>canary-token</title>{Echo}"),
            ScriptedServer.Json("""{"gifts":[{"uuid":"a","shortlink":"http://gtbt.co/canarylink1" """), ScriptedServer.CutShort("{\"shortlink\":\"http://gtbt.co/canarylink1"), ScriptedServer.Reset(),
            ScriptedServer.Json("\"http://gtbt.co/canarylink1\""), ScriptedServer.Json("{\"gifts\":\"http://gtbt.co/canarylink1\",\"info\":\"canary-token\"}", 302, h => h.Location = "http://gtbt.co/canarylink1"),
        ];
        foreach (var script in scripts)
        {
            await using var server = await ScriptedServer.StartAsync(script);
            var notices = new List<RetryNotice>();
            using var provider = GiftbitBench.Connect(new Uri(server.Address, "/papi/v1"), new Secret("canary-token"), TimeProvider.System, notices, o => o with { MaxRetries = 1 });
            var order = provider.Prepare(GiftbitBench.Terms, "x", GiftbitBench.Recipients(1));
            Func<Task>[] calls =
            [
                () => provider.CheckAsync(default), () => provider.GetFundsAsync(default), () => provider.GetLinksAsync("x", default), () => provider.PlaceAsync(order, default),
                () => provider.CancelAsync("x", default), () => provider.CheckTermsAsync(GiftbitBench.Terms, 1, default), () => provider.Api.ResendGiftAsync("x", default),
                async () => { await foreach (var _ in provider.ListAsync(new ProviderQuery(), default)) { } },
            ];
            foreach (var call in calls)
            {
                var error = await Record.ExceptionAsync(call);
                if (error is not null) Assert.IsType<GiftProviderException>(error);
                Assert.DoesNotContain("canary", error + string.Join('\n', notices), StringComparison.Ordinal);
            }
            Assert.All(server.Requests, r => Assert.Equal("Bearer canary-token", r.Headers["Authorization"]));
        }
    }

    [Fact]
    public async Task A_token_that_no_header_can_carry_is_refused_without_being_shown()
    {
        await using var bench = await GiftbitBench.StartAsync();
        foreach (var token in (string[])["canary\r\nX: y", "canary-é"])
        {
            using var provider = bench.Connect(new Secret(token), o => o with { MaxRetries = 0 });
            var error = await Assert.ThrowsAsync<GiftProviderException>(() => provider.CheckAsync(default));
            Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plain_http_beyond_this_machine_is_refused_whoever_made_the_connection() =>
        Assert.Equal("EndpointNotSecure", Assert.Throws<GiftSettingsException>(() =>
            GiftbitBench.Connect(new Uri("http://api.example.com/papi/v1"), new Secret("t"), TimeProvider.System, [])).Code);

    [Fact]
    public async Task An_id_refused_without_such_an_order_leaves_the_matter_open()
    {
        const string Repeated = """{"error":{"code":"ERROR_CAMPAIGN_INVALID_ID","name":"n","message":"m"},"status":422}""";
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(Repeated, 422), ScriptedServer.Json("{}", 404), ScriptedServer.Json("""{"info":{"code":"INFO_GIFTS"},"gifts":[],"total_count":0}"""));
        using var provider = GiftbitListingTests.Connect(server);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => provider.PlaceAsync(provider.Prepare(GiftbitBench.Terms, "x", GiftbitBench.Recipients(1)), default));
        Assert.Equal(("GiftbitOrderIdRefused", false), (error.Code, error.IsDefinitive));
    }

    [Fact]
    public async Task An_order_that_only_its_gifts_show_is_recognised_by_them()
    {
        const string Repeated = """{"error":{"code":"ERROR_CAMPAIGN_INVALID_ID","name":"n","message":"m"},"status":422}""";
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(Repeated, 422), ScriptedServer.Json("{}", 404),
            ScriptedServer.Json("""{"info":{"code":"INFO_GIFTS"},"gifts":[{"uuid":"g","campaign_id":"x","campaign_uuid":"cu","recipient_email":"ESSAIS+1@targo.ca"},{"uuid":"h","campaign_id":"other"}],"total_count":900}"""));
        using var provider = GiftbitListingTests.Connect(server);
        var answer = await provider.PlaceAsync(provider.Prepare(GiftbitBench.Terms, "x", GiftbitBench.Recipients(1)), default);
        Assert.Equal((OrderState.Created, "cu", true), (answer.State, answer.ProviderOrderId, answer.WasReplay));
    }

    private sealed class SimulateRateLimit() : DelegatingHandler(HttpConnections.CreateHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("SIMULATE-RATELIMIT", "true");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
