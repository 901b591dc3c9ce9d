using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Simulator;

/// <summary>The second provider as the simulator plays it (reference/ifeelgoods.md §8).</summary>
public sealed class IfeelgoodsSimulatorTests : SimulatorTest
{
    private const string Redeem = "promotions/PRM-TARGO/rewards/TIM-GC-60CAD-CA/redemptions/actions/redeem";

    private HttpClient Client(bool withKeys = true)
    {
        var client = new HttpClient { BaseAddress = new Uri(Sim.Addresses.Ifeelgoods.AbsoluteUri + "/") };
        if (!withKeys) return client;
        client.DefaultRequestHeaders.Add("Api-Key", Sim.Options.IfeelgoodsKey);
        client.DefaultRequestHeaders.Add("Api-Secret", Sim.Options.IfeelgoodsSecret);
        return client;
    }

    private static object Body(string order, string email = "essais+1@targo.ca", object? value = null) =>
        new { data = new { order_id = order, user = new { email, first_name = "Zoé", last_name = "Roy" }, value } };

    private Task<(int Status, JsonElement Body)> Post(string path, object body) => PostAsync(Client(), path, body);

    [Fact]
    public async Task Without_the_two_headers_nobody_is_known()
    {
        var (status, body) = await ReadAsync(await Client(withKeys: false).GetAsync(new Uri("accounts/me", UriKind.Relative)));
        Assert.Equal((401, "unauthorized"), (status, body.GetProperty("error_name").GetString()));
        Assert.Equal("targo-simulator", (await GetAsync(Client(), "accounts/me")).GetProperty("data").GetProperty("login").GetString());
    }

    [Fact]
    public async Task A_token_serves_in_place_of_the_headers_until_it_runs_out()
    {
        using var host = new HttpClient { BaseAddress = new Uri(Sim.Addresses.Ifeelgoods.GetLeftPart(UriPartial.Authority)) };
        var (status, token) = await PostAsync(host, "oauth/token", new { client_id = Sim.Options.IfeelgoodsKey, client_secret = Sim.Options.IfeelgoodsSecret, grant_type = "client_credentials" });
        Assert.Equal(200, status);
        using var client = Client(withKeys: false);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        Assert.Equal(200, (int)(await client.GetAsync(new Uri("accounts/me", UriKind.Relative))).StatusCode);
        Sim.Clock.Advance(TimeSpan.FromSeconds(901));
        Assert.Equal(401, (int)(await client.GetAsync(new Uri("accounts/me", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Lists_are_paged_and_tell_their_total()
    {
        var first = await GetAsync(Client(), "rewards");
        Assert.Equal((20, 70), (first.GetProperty("data").GetArrayLength(), first.GetProperty("paging").GetProperty("total").GetInt32()));
        var last = await GetAsync(Client(), "rewards?page=4&per_page=20");
        Assert.Equal(10, last.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_repeated_order_is_the_same_redemption_and_is_billed_once()
    {
        var (first, a) = await Post(Redeem, Body("c-1-0"));
        var (second, b) = await Post(Redeem, Body("c-1-0"));
        Assert.Equal((201, 200), (first, second));
        Assert.Equal(a.GetProperty("data").GetProperty("id").GetString(), b.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal(1, Assert.Single(Sim.Ifeelgoods.Store.Redemptions).Billings);
        Assert.Equal(1_000_000m - 57m, Sim.Ifeelgoods.Store.Balance);
    }

    [Fact]
    public async Task Another_user_under_the_same_order_is_a_mismatch()
    {
        await Post(Redeem, Body("c-1-0"));
        var (status, body) = await Post(Redeem, Body("c-1-0", "essais+2@targo.ca"));
        Assert.Equal((409, "user_mismatch"), (status, body.GetProperty("error_name").GetString()));
    }

    [Fact]
    public async Task A_504_after_the_effect_leaves_the_redemption()
    {
        Sim.Faults.Next("ifeelgoods.createandredeem", Fault.ServerError(504, afterEffect: true));
        using var content = new StringContent(JsonSerializer.Serialize(Body("c-1-0")), Encoding.UTF8, "application/json");
        Assert.Equal(504, (int)(await Client().PostAsync(new Uri(Redeem, UriKind.Relative), content)).StatusCode);
        Assert.Equal(RedemptionState.Redeemed, Assert.Single(Sim.Ifeelgoods.Store.Redemptions).State);
        Assert.Equal(200, (await Post(Redeem, Body("c-1-0"))).Status);
    }

    [Fact]
    public async Task A_booking_is_canceled_by_itself_after_half_an_hour()
    {
        var (_, body) = await Post("promotions/PRM-TARGO/rewards/IGA-GC-60CAD-CA/redemptions/book", Body("c-1-0"));
        var path = $"redemptions/{body.GetProperty("data").GetProperty("id").GetString()}";
        Assert.Equal("booked", await StateAsync(path));
        Sim.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("canceled", await StateAsync(path));
    }

    [Fact]
    public async Task An_activated_booking_is_billed_when_its_user_follows_the_link()
    {
        var (_, body) = await Post("promotions/PRM-TARGO/rewards/IGA-GC-60CAD-CA/redemptions/book", Body("c-1-0"));
        var id = body.GetProperty("data").GetProperty("id").GetString()!;
        Assert.False(Sim.Ifeelgoods.Store.Follow(id));
        Assert.Equal(200, (await Post($"redemptions/{id}/actions/activate", Body("c-1-0"))).Status);
        Sim.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, Sim.Ifeelgoods.Store.Find(id)!.Billings);
        Assert.True(Sim.Ifeelgoods.Store.Follow(body.GetProperty("data").GetProperty("url").GetString()!));
        Assert.Equal(1, Sim.Ifeelgoods.Store.Find(id)!.Billings);
    }

    [Fact]
    public async Task Promotion_rules_deny()
    {
        Sim.Options.Ifeelgoods.DeniedDomains = ["jetable.example"];
        var (_, byDomain) = await Post(Redeem, Body("c-1-0", "x@jetable.example"));
        var (_, byCountry) = await Post(Redeem, new { data = new { order_id = "c-2-0", user = new { email = "a@b.ca", address = new { country = "FR" } } } });
        Assert.All([byDomain, byCountry], body => Assert.Equal("denied", body.GetProperty("data").GetProperty("state").GetString()));
        Assert.All(Sim.Ifeelgoods.Store.Redemptions, r => Assert.Equal(0, r.Billings));
    }

    [Fact]
    public async Task A_code_that_could_not_be_made_is_made_on_the_next_call()
    {
        Sim.Options.Ifeelgoods.FailuresFirst = 1;
        Assert.Equal("failed", (await Post(Redeem, Body("c-1-0"))).Body.GetProperty("data").GetProperty("state").GetString());
        var (status, body) = await Post(Redeem, Body("c-1-0"));
        Assert.Equal((200, "redeemed"), (status, body.GetProperty("data").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Only_what_is_pending_or_failed_can_be_canceled()
    {
        var (_, pending) = await Post("promotions/PRM-TARGO/redemptions", Body("c-1-0"));
        var (_, redeemed) = await Post(Redeem, Body("c-2-0"));
        Assert.Equal(200, (await Post(Cancel(pending), new { })).Status);
        var (status, body) = await Post(Cancel(redeemed), new { });
        Assert.Equal((422, "operation_refused"), (status, body.GetProperty("error_name").GetString()));

        static string Cancel(JsonElement body) => $"redemptions/{body.GetProperty("data").GetProperty("id").GetString()}/actions/cancel";
    }

    [Theory]
    [InlineData("SOLD-GC-60CAD-CA", "The reward is out of stock.")]
    [InlineData("OFF-GC-60CAD-CA", "The reward is paused.")]
    public async Task What_cannot_be_had_is_refused_and_leaves_nothing(string sku, string message)
    {
        var (status, body) = await Post($"promotions/PRM-TARGO/rewards/{sku}/redemptions/actions/redeem", Body("c-1-0"));
        Assert.Equal((422, message), (status, body.GetProperty("error_message").GetString()));
        Assert.Empty(Sim.Ifeelgoods.Store.Redemptions);
    }

    [Fact]
    public async Task An_exhausted_budget_and_stock_refuse_the_next_one()
    {
        Sim.Options.Ifeelgoods.BalanceCad = 6_000;
        Assert.Equal(201, (await Post(Redeem, Body("c-1-0"))).Status);
        Assert.Equal("The budget is exhausted.", (await Post(Redeem, Body("c-2-0"))).Body.GetProperty("error_message").GetString());
    }

    [Theory]
    [InlineData(60d, 201)]
    [InlineData(60.5, 422)]
    [InlineData(4d, 422)]
    [InlineData(251d, 422)]
    [InlineData(null, 422)]
    public async Task A_free_value_is_whole_and_inside_its_range(double? amount, int expected)
    {
        var value = amount is null ? null : new { amount, currency = "CAD" };
        var (status, _) = await Post("promotions/PRM-TARGO/rewards/AMZ-GC-CA-VAR/redemptions/actions/redeem", Body("c-1-0", value: value));
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task The_same_redemption_is_also_a_pdf()
    {
        var (_, body) = await Post(Redeem, Body("c-1-0"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"redemptions/{body.GetProperty("data").GetProperty("id").GetString()}");
        request.Headers.Accept.ParseAdd("application/pdf");
        using var response = await Client().SendAsync(request);
        Assert.StartsWith("%PDF-1.4", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Numbers_times_and_reward_keys_come_in_either_form()
    {
        var (_, bare) = await Post(Redeem, Body("c-1-0"));
        Assert.Equal(JsonValueKind.Number, bare.GetProperty("data").GetProperty("value").GetProperty("amount").ValueKind);
        new SwitchBoard(Sim.Options).Set("ifeelgoods.numbers=text");
        new SwitchBoard(Sim.Options).Set("ifeelgoods.times=offset");
        new SwitchBoard(Sim.Options).Set("ifeelgoods.reward-key=id");
        var (_, text) = await Post(Redeem, Body("c-1-0"));
        var data = text.GetProperty("data");
        Assert.Equal("60.0", data.GetProperty("value").GetProperty("amount").GetString());
        Assert.Equal("2026-07-01T11:00:00-08:00", data.GetProperty("redeemed_datetime").GetString());
        Assert.Equal("TIM-GC-60CAD-CA", data.GetProperty("reward").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Rate_limits_have_ifeelgoods_own_error_shape()
    {
        Sim.Faults.Next("ifeelgoods.*", Fault.RateLimit(retryAfter: 3));
        using var response = await Client().GetAsync(new Uri("clients", UriKind.Relative));
        Assert.Equal((429, TimeSpan.FromSeconds(3)), ((int)response.StatusCode, response.Headers.RetryAfter!.Delta!.Value));
        Assert.Contains("error_name", await response.Content.ReadAsStringAsync());
    }

    private async Task<string?> StateAsync(string path) => (await GetAsync(Client(), path)).GetProperty("data").GetProperty("state").GetString();
}
