using System.Text.Json;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class GiftbitOrderTests : SimulatorTest
{
    [Fact]
    public async Task An_order_goes_from_creating_to_gifts_to_links_with_the_clock()
    {
        var (_, created) = await PostAsync(Giftbit, "campaign", Order("a"));
        Assert.Equal("API_CREATING", created.GetProperty("campaign").GetProperty("status").GetString());
        Assert.Equal(0, (await GetAsync(Giftbit, "gifts?campaign_id=a")).GetProperty("total_count").GetInt32());
        Assert.Equal("INFO_LINKS_GENERATION_IN_PROGRESS", InfoOf(await GetAsync(Giftbit, "links/a")));

        Sim.Clock.Advance(TimeSpan.FromSeconds(2));
        var unsent = (await GetAsync(Giftbit, "gifts?campaign_id=a")).GetProperty("gifts")[0];
        Assert.Equal("UNSENT", unsent.GetProperty("delivery_status").GetString());
        Assert.False(unsent.TryGetProperty("shortlink", out _));

        Sim.Clock.Advance(TimeSpan.FromSeconds(1));
        var links = await GetAsync(Giftbit, "links/a");
        Assert.Equal("INFO_LINKS", InfoOf(links));
        Assert.Equal(3, links.GetProperty("shortlinks").GetArrayLength());
        Assert.Matches("^http://gtbt.co/[A-Za-z0-9]{11}$", links.GetProperty("shortlinks")[0].GetProperty("shortlink").GetString());
    }

    [Theory]
    [InlineData(DuplicateIdAnswer.Refuse, 422)]
    [InlineData(DuplicateIdAnswer.Replay, 200)]
    public async Task A_repeated_id_is_one_order_however_it_is_answered(DuplicateIdAnswer answer, int status)
    {
        Sim.Options.Giftbit.DuplicateId = answer;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(Giftbit, "campaign", Order("same"))));

        Assert.Single(Sim.Giftbit.Store.Orders);
        Assert.Equal(20, Sim.Giftbit.Store.Orders[0].Posts);
        Assert.Equal(status == 200 ? 20 : 1, answers.Count(a => a.Status == 200));
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, Sim.Giftbit.Store.Gifts.Count);
        Assert.Equal(18_000, Sim.Giftbit.Store.Funds["CAD"].Reserved);
    }

    [Fact]
    public async Task Another_body_under_a_taken_id_is_refused_as_the_id_not_as_the_body()
    {
        await PostAsync(Giftbit, "campaign", Order("a"));
        var other = Order("a");
        other["price_in_cents"] = 3;
        var (status, body) = await PostAsync(Giftbit, "campaign", other);
        Assert.Equal(422, status);
        Assert.Equal("ERROR_CAMPAIGN_INVALID_ID", ErrorOf(body));
    }

    [Fact]
    public async Task A_contact_with_a_fifth_field_is_refused_and_nothing_is_ordered()
    {
        var order = Order("a");
        var contact = Contact(9);
        contact["phone"] = "450 555-0199";
        order["contacts"] = new[] { Contact(1), contact };
        var (status, body) = await PostAsync(Giftbit, "campaign", order);
        Assert.Equal(422, status);
        Assert.Contains("phone", body.GetProperty("error").GetProperty("message").GetString());
        Assert.Empty(Sim.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task Bad_contacts_are_reported_one_by_one_and_get_no_gift()
    {
        Sim.Options.Giftbit.KnownBadAddresses = ["essais+2@targo.ca"];
        Sim.Options.Giftbit.LinkContacts = LinkContacts.Returned;
        var order = Order("a");
        var malformed = Contact(4);
        malformed["email"] = "nulle-part";
        order["contacts"] = new[] { Contact(1), Contact(2), malformed };
        var (status, body) = await PostAsync(Giftbit, "campaign", order);

        var campaign = body.GetProperty("campaign");
        Assert.Equal(200, status);
        Assert.Equal(1, campaign.GetProperty("contacts_success_count").GetInt32());
        Assert.Equal(2, campaign.GetProperty("contacts_failure_count").GetInt32());
        Assert.Equal([true, false, false], campaign.GetProperty("contacts").EnumerateArray().Select(c => c.GetProperty("added_succesfully").GetBoolean()));
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("essais+1@targo.ca", Assert.Single(Sim.Giftbit.Store.Gifts).Contact!.Email);
    }

    [Fact]
    public async Task An_order_without_funds_waits_and_goes_on_when_they_come()
    {
        Sim.Options.Giftbit.Funds = FundsOutcome.Required;
        var (status, body) = await PostAsync(Giftbit, "campaign", Order("a"));
        Assert.Equal(200, status);
        Assert.Equal("INFO_CAMPAIGN_CREATED_FUNDS_REQUIRED", InfoOf(body));
        Sim.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("INFO_LINKS_GENERATION_IN_PROGRESS", InfoOf(await GetAsync(Giftbit, "links/a")));

        await PostAsync(Giftbit, "funds", new { currencyisocode = "CAD", fund_amount_in_cents = 100_000, id = "top-up" });
        Sim.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("INFO_LINKS", InfoOf(await GetAsync(Giftbit, "links/a")));
    }

    [Theory]
    [InlineData("price_in_cents", 499, "ERROR_CAMPAIGN_INVALID_BRAND")]
    [InlineData("message", " ", "ERROR_CAMPAIGN_INVALID_STATE")]
    [InlineData("expiry", "2026-06-30", "SIMULATED_INVALID_PARAMETERS")]
    [InlineData("expiry", "2027-07-02", "SIMULATED_INVALID_PARAMETERS")]
    [InlineData("id", "", "ERROR_CAMPAIGN_INVALID_ID")]
    public async Task A_wrong_value_is_answered_422_with_its_code(string field, object value, string code)
    {
        var order = Order("a");
        order[field] = value;
        var (status, body) = await PostAsync(Giftbit, "campaign", order);
        Assert.Equal(422, status);
        Assert.Equal(code, ErrorOf(body));
        Assert.Equal(422, body.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Gifts_expire_at_the_end_of_their_day_in_Pacific_time()
    {
        await PostAsync(Giftbit, "campaign", Order("a"));
        // 2027-01-01 00:00 in Los Angeles is 08:00 UTC.
        Sim.Clock.AdvanceTo(new DateTimeOffset(2027, 1, 1, 7, 59, 0, TimeSpan.Zero));
        Assert.All(Sim.Giftbit.Store.Gifts, gift => Assert.Equal(GiftState.SentAndRedeemable, gift.State));
        Sim.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.All(Sim.Giftbit.Store.Gifts, gift => Assert.Equal(GiftState.Expired, gift.State));
        // A quarter of 3 × 60 $ comes back (giftbit.md §5.3).
        Assert.Equal(1_000_000_000 - 18_000 + 4_500, Sim.Giftbit.Store.Funds["CAD"].Available);
    }

    [Fact]
    public async Task A_claimed_gift_cannot_be_cancelled_and_an_unclaimed_one_once()
    {
        await PostAsync(Giftbit, "campaign", Order("a"));
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        var gifts = Sim.Giftbit.Store.Gifts;
        Assert.True(Sim.Giftbit.Store.Redeem(gifts[0].Uuid, "walmartca"));

        var claimed = await ReadAsync(await Giftbit.DeleteAsync(new Uri($"gifts/{gifts[0].Uuid}", UriKind.Relative)));
        var first = await ReadAsync(await Giftbit.DeleteAsync(new Uri($"gifts/{gifts[1].Uuid}", UriKind.Relative)));
        var second = await ReadAsync(await Giftbit.DeleteAsync(new Uri($"gifts/{gifts[1].Uuid}", UriKind.Relative)));

        Assert.Equal([422, 200, 422], [claimed.Status, first.Status, second.Status]);
        Assert.Equal("GIVER_CANCELLED", first.Body.GetProperty("gift").GetProperty("status").GetString());
        Assert.Equal(6_000, Sim.Giftbit.Store.Funds["CAD"].Reserved);
    }

    [Fact]
    public async Task Without_the_token_every_route_is_closed()
    {
        Giftbit.DefaultRequestHeaders.Authorization = new("bearer", Sim.Options.GiftbitToken);
        var (status, body) = await ReadAsync(await Giftbit.GetAsync(new Uri("ping", UriKind.Relative)));
        Assert.Equal(401, status);
        Assert.Equal("ERROR_UNAUTHORIZED", ErrorOf(body));
    }

    private static string? InfoOf(JsonElement body) => body.GetProperty("info").GetProperty("code").GetString();

    private static string? ErrorOf(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString();
}
