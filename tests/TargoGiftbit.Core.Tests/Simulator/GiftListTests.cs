using System.Text.Json;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class GiftListTests : SimulatorTest
{
    [Fact]
    public async Task Pages_are_twenty_by_default_and_never_larger_than_the_server_allows()
    {
        Sim.Options.Giftbit.MaxGiftsPage = 100;
        await OrderAsync("a", 250);
        Assert.Equal(20, (await GetAsync(Giftbit, "gifts?campaign_id=a")).GetProperty("gifts").GetArrayLength());

        var uuids = new List<string?>();
        while (true)
        {
            var page = await GetAsync(Giftbit, $"gifts?campaign_id=a&limit=500&offset={uuids.Count}&sort=recipient_email&order=asc");
            var gifts = page.GetProperty("gifts");
            Assert.Equal(gifts.GetArrayLength(), page.GetProperty("number_of_results").GetInt32());
            Assert.Equal(100, page.GetProperty("limit").GetInt32());
            Assert.Equal(250, page.GetProperty("total_count").GetInt32());
            if (gifts.GetArrayLength() == 0)
                break;
            uuids.AddRange(gifts.EnumerateArray().Select(gift => gift.GetProperty("uuid").GetString()));
        }

        Assert.Equal(250, uuids.Distinct().Count());
    }

    [Fact]
    public async Task Filters_and_inclusive_bounds_find_what_they_name()
    {
        await OrderAsync("a", 3);
        Sim.Clock.Advance(TimeSpan.FromDays(1));
        await OrderAsync("b", 4);
        var first = Sim.Giftbit.Store.FindOrder("a")!.Gifts[0];
        Sim.Giftbit.Store.Redeem(first.Uuid);

        Assert.Equal(1, await CountAsync("status=REDEEMED"));
        Assert.Equal(6, await CountAsync("status=SENT_AND_REDEEMABLE"));
        Assert.Equal(2, await CountAsync("recipient_email=essais%2B1"));
        Assert.Equal(4, await CountAsync($"campaign_uuid={Sim.Giftbit.Store.FindOrder("b")!.Uuid}"));
        var created = Uri.EscapeDataString((await GetAsync(Giftbit, $"gifts/{first.Uuid}")).GetProperty("gift").GetProperty("created_date").GetString()!);
        Assert.Equal(3, await CountAsync($"created_date_greater_than={created}&created_date_less_than={created}"));
        Assert.Equal(7, await CountAsync($"created_date_greater_than={created}"));
    }

    [Fact]
    public async Task Times_are_Pacific_and_have_no_zone()
    {
        await OrderAsync("a", 1);
        // 2026-07-01 19:00:02 UTC, two seconds after the order; summer time is seven hours behind.
        Assert.Equal("2026-07-01 12:00:02", (await FirstAsync("a")).GetProperty("created_date").GetString());
    }

    [Fact]
    public async Task The_switches_change_what_a_gift_shows()
    {
        await OrderAsync("a", 1);
        Sim.Giftbit.Store.Redeem(Sim.Giftbit.Store.Gifts[0].Uuid, "walmartca");
        var gift = await FirstAsync("a");
        Assert.Equal("walmartca", gift.GetProperty("brand_code").GetString());
        Assert.True(gift.TryGetProperty("redeemed_date", out _));

        var switches = Sim.Options.Giftbit;
        switches.ShortlinkInGifts = switches.CampaignIdInGifts = switches.RedeemedDateInGifts = false;
        switches.Recipients = RecipientFields.None;
        var bare = await FirstAsync("a");
        Assert.All(["shortlink", "campaign_id", "redeemed_date", "recipient_email", "recipient_name"], name => Assert.False(bare.TryGetProperty(name, out _)));

        switches.AbsentFields = AbsentFields.Null;
        Assert.Equal(JsonValueKind.Null, (await FirstAsync("a")).GetProperty("shortlink").ValueKind);
    }

    [Fact]
    public async Task Links_come_in_pages_of_a_hundred_and_shuffled_when_asked()
    {
        await OrderAsync("a", 120);
        Sim.Options.Giftbit.LinksOrder = LinksOrder.Shuffled;
        var links = new List<string?>();
        foreach (var offset in (int[])[0, 100])
        {
            var page = await GetAsync(Giftbit, $"links/a?limit=500&offset={offset}");
            links.AddRange(page.GetProperty("shortlinks").EnumerateArray().Select(link => link.GetProperty("shortlink").GetString()));
        }

        var created = Sim.Giftbit.Store.Gifts.Select(gift => "http://gtbt.co/" + gift.Code).ToArray();
        Assert.NotEqual(created, links);
        Assert.Equal(created.Order(), links.Order());
    }

    [Fact]
    public async Task The_catalogue_needs_pages_and_ignores_a_region_that_is_no_number()
    {
        var all = await GetAsync(Giftbit, "brands?region=Canada&limit=100");
        var canada = await GetAsync(Giftbit, "brands?region=1&limit=100");
        Assert.Equal(100, all.GetProperty("number_of_results").GetInt32());
        Assert.True(all.GetProperty("total_count").GetInt32() > 100);
        Assert.True(canada.GetProperty("total_count").GetInt32() < 100);

        var logo = new Uri(canada.GetProperty("brands")[0].GetProperty("image_url").GetString()!);
        var png = await Giftbit.GetByteArrayAsync(logo);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
    }

    private async Task OrderAsync(string id, int contacts)
    {
        Assert.Equal(200, (await PostAsync(Giftbit, "campaign", Order(id, contacts))).Status);
        Sim.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    private async Task<int> CountAsync(string query) => (await GetAsync(Giftbit, $"gifts?{query}")).GetProperty("total_count").GetInt32();

    private async Task<JsonElement> FirstAsync(string campaign) => (await GetAsync(Giftbit, $"gifts?campaign_id={campaign}")).GetProperty("gifts")[0];
}
