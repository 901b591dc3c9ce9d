using System.Text.Json;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitLinksTests
{
    [Theory]
    [InlineData(LinksOrder.Creation, 100, 3)]
    [InlineData(LinksOrder.Shuffled, 30, 9)]
    public async Task Numbered_links_come_in_pages_and_once_they_are_ready(LinksOrder sequence, int maxPage, int requests)
    {
        await using var bench = await GiftbitBench.StartAsync(o => (o.Giftbit.LinksOrder, o.Giftbit.MaxLinksPage, o.Giftbit.ShortlinkInGifts) = (sequence, maxPage, false));
        await bench.PlaceAsync(bench.Prepare(250));
        Assert.Equal((false, 0), await LinksAsync());
        bench.Sim.Clock.Advance(TimeSpan.FromSeconds(10));
        bench.Sim.Requests.Clear();
        Assert.Equal((true, 250), await LinksAsync());
        Assert.Equal(requests, bench.Sim.Requests.Count("giftbit.links"));

        async Task<(bool, int)> LinksAsync()
        {
            var links = await bench.Provider.GetLinksAsync("targo-2026", default);
            return (links.IsReady, links.Links.Select(l => l.Reveal()).Distinct().Count());
        }
    }

    [Fact]
    public async Task No_link_shows_in_the_json_of_what_is_returned()
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.OrderWithLinksAsync(2);
        var codes = bench.Sim.Giftbit.Store.Gifts.Select(g => g.Code).ToList();
        var links = await bench.Provider.GetLinksAsync("targo-2026", default);
        var page = await bench.Api.GetGiftPageAsync(new GiftbitGiftFilter { CampaignId = "targo-2026" }, 10, 0, default);
        var text = JsonSerializer.Serialize(links) + JsonSerializer.Serialize(page) + JsonSerializer.Serialize(await bench.ListAsync(new ProviderQuery { OrderId = "targo-2026" }))
            + links + string.Concat(page.Rows) + string.Concat(links.Links);
        Assert.All(codes, code => Assert.DoesNotContain(code, text, StringComparison.Ordinal));
        Assert.All(page.Rows, g => Assert.Contains(codes, c => g.Link!.Reveal().EndsWith(c, StringComparison.Ordinal)));
    }
}
