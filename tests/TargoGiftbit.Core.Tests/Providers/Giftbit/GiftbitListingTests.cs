using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Tests.Http;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitListingTests
{
    [Theory]
    [InlineData(500, 2)]
    [InlineData(100, 10)]
    [InlineData(333, 4)]
    public async Task A_thousand_gifts_take_as_many_requests_as_the_server_makes_pages(int maxPage, int requests)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.MaxGiftsPage = maxPage);
        var answer = await bench.OrderWithLinksAsync(1000);
        bench.Sim.Requests.Clear();
        var gifts = await bench.ListAsync(new ProviderQuery { ProviderOrderId = answer.ProviderOrderId });
        Assert.Equal(1000, gifts.Select(g => g.ProviderGiftId).Distinct().Count());
        Assert.Equal(requests, bench.Sim.Requests.Count("giftbit.gifts"));
        Assert.All(bench.Sim.Requests.Of("giftbit.gifts"), r => Assert.Contains("sort=recipient_email&order=asc&limit=500", r.QueryString, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gift_is_told_with_recipient_link_and_order()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var answer = await bench.OrderWithLinksAsync(2);
        var gift = (await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" }))[0];
        var theirs = bench.Sim.Giftbit.Store.FindGift(gift.ProviderGiftId)!;
        Assert.Equal(("essais+1@targo.ca", "targo-2026", answer.ProviderOrderId), (gift.RecipientEmail, gift.OrderId, gift.ProviderOrderId));
        Assert.Equal(("SENT_AND_REDEEMABLE/LINKCREATED", GiftStatus.LinkCreated, 6000L), (gift.RawStatus, gift.Status, gift.PriceInCents));
        Assert.Same(theirs, bench.Sim.Giftbit.Store.FindGift(gift.Link!.Reveal()));
        Assert.Equal(bench.Sim.Clock.Now.AddSeconds(-10), gift.CreatedAt!.Value, TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData(true, LinkDeliveryStatus.Unsent, GiftStatus.LinkCreated)]
    [InlineData(false, LinkDeliveryStatus.Unsent, GiftStatus.New)]
    [InlineData(false, LinkDeliveryStatus.LinkCreated, GiftStatus.LinkCreated)]
    [InlineData(false, LinkDeliveryStatus.Delivered, GiftStatus.LinkCreated)]
    public async Task A_gift_is_new_until_a_link_is_seen_or_said_to_exist(bool shortlink, LinkDeliveryStatus delivery, GiftStatus expected)
    {
        await using var bench = await GiftbitBench.StartAsync(o => (o.Giftbit.ShortlinkInGifts, o.Giftbit.LinkDeliveryStatus) = (shortlink, delivery));
        await bench.PlaceAsync(bench.Prepare(1));
        bench.Sim.Clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal((GiftStatus.New, (GiftLink?)null), await SeenAsync());
        bench.Sim.Clock.Advance(TimeSpan.FromSeconds(10));
        var (status, link) = await SeenAsync();
        Assert.Equal((expected, shortlink), (status, link is not null));

        async Task<(GiftStatus?, GiftLink?)> SeenAsync()
        {
            var gift = Assert.Single(await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" }));
            return (gift.Status, gift.Link);
        }
    }

    [Theory]
    [InlineData(GiftState.Redeemed, GiftStatus.Redeemed)]
    [InlineData(GiftState.GiverCancelled, GiftStatus.Refunded)]
    [InlineData(GiftState.Expired, GiftStatus.Expired)]
    [InlineData(GiftState.ToCharity, GiftStatus.Redeemed)]
    public async Task The_end_of_a_gift_is_told_in_this_products_words(GiftState state, GiftStatus expected)
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.OrderWithLinksAsync(1);
        bench.Sim.Giftbit.Store.SetState(bench.Sim.Giftbit.Store.Gifts.Single(), state);
        Assert.Equal(expected, Assert.Single(await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" })).Status);
    }

    [Fact]
    public async Task A_redeemed_gift_tells_its_brand_and_when()
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.OrderWithLinksAsync(1);
        bench.Sim.Giftbit.Store.Redeem(bench.Sim.Giftbit.Store.Gifts.Single().Uuid, "walmartca");
        var gift = Assert.Single(await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" }));
        Assert.Equal((GiftStatus.Redeemed, "walmartca"), (gift.Status, gift.BrandCode));
        Assert.Equal(bench.Sim.Clock.Now, gift.RedeemedAt!.Value, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("SENT_TO_THE_MOON", null)]
    [InlineData("redeemed", null)]
    [InlineData(null, null)]
    [InlineData("SENT_AND_REDEEMABLE", GiftStatus.New)]
    public void A_word_that_is_not_known_gives_no_status_and_is_kept(string? word, GiftStatus? expected)
    {
        var gift = new GiftbitGift { Uuid = "u", Status = word, DeliveryStatus = "UNSENT" };
        Assert.Equal(expected, GiftbitStatus.Of(gift));
        Assert.Equal($"{word}/UNSENT", GiftbitStatus.Raw(gift));
    }

    [Theory]
    [InlineData(RecipientFields.None, AbsentFields.Null)]
    [InlineData(RecipientFields.None, AbsentFields.Omitted)]
    [InlineData(RecipientFields.NameOnly, AbsentFields.Null)]
    [InlineData(RecipientFields.EmailOnly, AbsentFields.Omitted)]
    public async Task Whatever_is_not_told_is_null_and_the_order_asked_for_is_known_all_the_same(RecipientFields recipients, AbsentFields absent)
    {
        await using var bench = await GiftbitBench.StartAsync(o =>
        {
            (o.Giftbit.Recipients, o.Giftbit.AbsentFields, o.Giftbit.CampaignIdInGifts) = (recipients, absent, false);
            o.Giftbit.NumbersAsStrings = o.Giftbit.LowerCaseEmail = true;
            o.Giftbit.PriceInGifts = o.Giftbit.RedeemedDateInGifts = false;
        });
        await bench.OrderWithLinksAsync(3);
        var gifts = await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" });
        Assert.Equal(3, gifts.Count);
        Assert.All(gifts, g =>
        {
            Assert.Equal(recipients == RecipientFields.EmailOnly, g.RecipientEmail is not null);
            Assert.Equal(recipients == RecipientFields.NameOnly, g.RecipientName is not null);
            Assert.Equal(("targo-2026", (long?)null, (string?)null, (DateTimeOffset?)null), (g.OrderId, g.PriceInCents, g.BrandCode, g.RedeemedAt));
        });
    }

    [Fact]
    public async Task A_window_of_time_lists_the_gifts_of_all_orders_made_in_it_and_never_misses_its_edges()
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.OrderWithLinksAsync(1, "early");
        bench.Sim.Clock.Advance(TimeSpan.FromDays(10));
        var from = bench.Sim.Clock.Now;
        await bench.OrderWithLinksAsync(1, "one");
        await bench.OrderWithLinksAsync(1, "two");
        var to = bench.Sim.Clock.Now;
        bench.Sim.Clock.Advance(TimeSpan.FromDays(10));
        await bench.OrderWithLinksAsync(1, "late");
        Assert.Equal(["one", "two"], (await bench.ListAsync(new ProviderQuery { CreatedFrom = from, CreatedTo = to })).Select(g => g.OrderId).Order());
        Assert.Equal(["late", "one", "two"], (await bench.ListAsync(new ProviderQuery { CreatedFrom = from })).Select(g => g.OrderId).Order());
    }

    [Fact]
    public async Task All_filters_are_sent_under_giftbits_names()
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.OrderWithLinksAsync(12);
        var at = new DateTimeOffset(2026, 7, 1, 18, 0, 0, TimeSpan.Zero);
        var page = await bench.Api.GetGiftPageAsync(new GiftbitGiftFilter
        {
            Uuid = "u", CampaignUuid = "cu", CampaignId = "c", PriceInCentsGreaterThan = 1, PriceInCentsLessThan = 2, RecipientName = "L'É", RecipientEmail = "a+b@c",
            DeliveryStatus = "UNSENT", Status = "REDEEMED", CreatedFrom = at, CreatedTo = at, DeliveredFrom = at, DeliveredTo = at, RedeemedFrom = at, RedeemedTo = at,
            RedeliveryCountFrom = 3, RedeliveryCountTo = 4, Sort = "status", Ascending = false,
        }, 50, 7, default);
        Assert.Empty(page.Rows);
        const string Time = "2026-07-01%2011%3A00%3A00";
        Assert.Equal(
            $"?uuid=u&campaign_uuid=cu&campaign_id=c&price_in_cents_greater_than=1&price_in_cents_less_than=2&recipient_name=L%27%C3%89&recipient_email=a%2Bb%40c&delivery_status=UNSENT&status=REDEEMED" +
            $"&created_date_greater_than={Time}&created_date_less_than={Time}&delivery_date_greater_than={Time}&delivery_date_less_than={Time}&redeemed_date_greater_than={Time}&redeemed_date_less_than={Time}" +
            "&redelivery_count_greater_than=3&redelivery_count_less_than=4&sort=status&order=desc&limit=50&offset=7",
            bench.Sim.Requests.Of("giftbit.gifts")[^1].QueryString);
        var byMail = await bench.Api.GetGiftPageAsync(new GiftbitGiftFilter { RecipientEmail = "essais+12@" }, 50, 0, default);
        Assert.Equal("essais+12@targo.ca", Assert.Single(byMail.Rows).RecipientEmail);
    }

    [Fact]
    public async Task A_list_that_grows_while_it_is_read_is_read_until_nothing_is_missed_and_gives_each_gift_once()
    {
        // "b" comes in front of the second page: the first pass sees "c" twice and "b" not at all.
        await using var server = await ScriptedServer.StartAsync(Page(4, "a", "c"), Page(5, "c", "d"), Page(5, "e"), Page(5, "a", "b"), Page(5, "c", "d"), Page(5, "e"));
        using var provider = Connect(server);
        var pages = new List<IReadOnlyList<ProviderGift>>();
        await foreach (var page in provider.ListAsync(new ProviderQuery { OrderId = "x", PageSize = 2 }, default)) pages.Add(page);
        Assert.Equal(["a", "c", "d", "e", "b"], pages.SelectMany(p => p).Select(g => g.ProviderGiftId));
    }

    [Fact]
    public async Task A_list_that_never_adds_up_is_an_error_and_not_a_short_list()
    {
        await using var server = await ScriptedServer.StartAsync(Page(4, "a", "b"));
        using var provider = Connect(server);
        var error = await Assert.ThrowsAsync<GiftProviderException>(async () =>
        {
            await foreach (var _ in provider.ListAsync(new ProviderQuery { OrderId = "x" }, default)) { }
        });
        Assert.Equal("GiftbitListUnstable", error.Code);
        Assert.Equal(8, server.Requests.Count);
    }

    [Fact]
    public async Task Without_a_total_the_list_ends_where_nothing_new_comes()
    {
        await using var server = await ScriptedServer.StartAsync(Page(null, "a", "b"), Page(null, "c"), Page(null));
        using var provider = Connect(server);
        var pages = new List<IReadOnlyList<ProviderGift>>();
        await foreach (var page in provider.ListAsync(new ProviderQuery { OrderId = "x" }, default)) pages.Add(page);
        Assert.Equal(["a", "b", "c"], pages.SelectMany(p => p).Select(g => g.ProviderGiftId));
    }

    [Fact]
    public async Task Gifts_of_other_orders_in_the_answer_are_not_taken_for_this_orders()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(
            """{"info":{"code":"INFO_GIFTS"},"total_count":3,"gifts":[{"uuid":"a","campaign_uuid":"ours"},{"uuid":"b","campaign_uuid":"others"},{"uuid":"c"}]}"""));
        using var provider = Connect(server);
        await foreach (var page in provider.ListAsync(new ProviderQuery { ProviderOrderId = "ours" }, default))
            Assert.Equal(["a", "c"], page.Select(g => g.ProviderGiftId));
    }

    [Fact]
    public async Task Under_random_faults_a_listing_is_complete()
    {
        var seed = Random.Shared.Next();
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.MaxGiftsPage = 20);
        await bench.OrderWithLinksAsync(300);
        bench.Sim.Faults.Random("giftbit.*", 0.2, seed, [.. FaultKinds.Http.Where(f => f.Kind != FaultKind.Hang)]);
        var gifts = await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" });
        Assert.True(gifts.Select(g => g.ProviderGiftId).Distinct().Count() == 300 && gifts.Count == 300, $"seed {seed}");
    }

    internal static GiftbitProvider Connect(ScriptedServer server) =>
        GiftbitBench.Connect(new Uri(server.Address, "/papi/v1"), new Secret("canary-token"), TimeProvider.System, [], o => o with { MaxRetries = 2 });

    private static Microsoft.AspNetCore.Http.RequestDelegate Page(int? total, params string[] uuids)
    {
        var gifts = string.Join(",", uuids.Select(u => $$"""{"uuid":"{{u}}","campaign_id":"x"}"""));
        return ScriptedServer.Json($$"""{"info":{"code":"INFO_GIFTS"},"gifts":[{{gifts}}]{{(total is { } t ? $",\"total_count\":{t}" : "")}}}""");
    }
}
