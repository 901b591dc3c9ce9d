using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Giftbit.Wire;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitCatalogueTests
{
    [Theory]
    [InlineData(500, 1)]
    [InlineData(20, 6)]
    public async Task All_brands_are_listed_however_the_server_cuts_them(int maxPage, int fewestRequests)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.MaxBrandsPage = maxPage);
        var brands = await BrandsAsync(bench, new GiftbitBrandFilter());
        Assert.True(brands.Count > 100);
        Assert.Equal(brands.Count, brands.Select(b => b.BrandCode).Distinct().Count());
        Assert.True(bench.Sim.Requests.Count("giftbit.brands") >= fewestRequests);
        Assert.All(brands, b => Assert.Null(b.Allows(6000)));
    }

    [Fact]
    public async Task Brands_can_be_filtered_by_region_price_currency_and_name()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var brands = await BrandsAsync(bench, new GiftbitBrandFilter { RegionId = "1", MinPriceInCents = 1000, MaxPriceInCents = 100_000, Currency = "CAD", Search = "tim", Embeddable = null });
        Assert.Contains(brands, b => b.BrandCode == "timhortonsca");
        Assert.Contains("?region=1&min_price_in_cents=1000&max_price_in_cents=100000&currencyisocode=CAD&search=tim&limit=500&offset=0", bench.Sim.Requests.All[^1].QueryString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regions_name_is_refused_where_giftbit_would_silently_ignore_it()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => BrandsAsync(bench, new GiftbitBrandFilter { RegionId = "Canada" }));
        Assert.Equal("GiftbitRegionNotNumeric", error.Code);
        Assert.Empty(bench.Sim.Requests.All);
    }

    [Fact]
    public async Task One_brand_comes_with_its_prices_and_an_unknown_one_is_an_error()
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.NumbersAsStrings = true);
        var brand = await bench.Api.GetBrandAsync("timhortonsca", default);
        Assert.Equal("CAD", brand.Currency);
        Assert.NotNull(brand.Allows(6000));
        Assert.Null(await bench.Api.FindBrandAsync("no-such-brand", default));
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Api.GetBrandAsync("no-such-brand", default));
        Assert.Equal("GiftbitUnknownBrand", error.Code);
    }

    [Fact]
    public void Words_of_Giftbit_are_kept_short_and_without_links_whatever_stands_there()
    {
        var odd = $"http://gtbt.co/canarylink1 {new string('x', 5000)}";
        var kept = $"http://gtbt.co/••• {new string('x', 20)}…";
        var gift = GiftbitReading.Gift(new WireGift { Uuid = "u1", Status = odd, DeliveryStatus = odd })!;
        Assert.Equal((kept, kept), (gift.Status, gift.DeliveryStatus));
        Assert.Equal(kept, GiftbitReading.Fund(odd, new WireFund()).Available.Currency);
    }

    [Fact]
    public async Task Regions_funds_and_account_are_told()
    {
        await using var bench = await GiftbitBench.StartAsync();
        Assert.Contains(await bench.Api.GetRegionsAsync(default), r => r is { Id: "1", Name: "Canada" });
        Assert.Contains(await bench.Provider.GetFundsAsync(default), f => f.Currency == "CAD" && f.Available == Money.Cad(1_000_000_000));
        Assert.Equal(("simulator@targo.ca", GiftEnvironment.Sandbox), await AccountAsync());

        async Task<(string, GiftEnvironment)> AccountAsync()
        {
            var account = await bench.Provider.CheckAsync(default);
            return (account.UserName, account.Environment);
        }
    }

    [Theory]
    [InlineData(SpellingSet.Recorded)]
    [InlineData(SpellingSet.Corrected)]
    public async Task A_good_token_is_good_however_giftbit_spells_it(SpellingSet spelling)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.Spelling = spelling);
        await bench.Provider.CheckAsync(default);
    }

    [Fact]
    public async Task Good_terms_have_no_problem_and_tell_cost_funds_and_brands()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var check = await bench.Provider.CheckTermsAsync(GiftbitBench.Terms, 300, default);
        Assert.Empty(check.Problems);
        Assert.Equal((Money.Cad(1_800_000), Money.Cad(1_000_000_000)), (check.Cost, check.Available));
        Assert.Equal(["timhortonsca", "walmartca"], check.Brands.Select(b => b.Code));
        Assert.All(check.Brands, b => Assert.NotNull(b.ImageUrl));
        Assert.DoesNotContain(bench.Sim.Requests.All, r => r.Method != "GET");
    }

    [Fact]
    public async Task Bad_terms_are_told_all_at_once()
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.FundsCad = 100_000);
        var terms = GiftbitBench.Terms with { BrandCodes = ["timhortonsca", "no-such-brand"], Expiry = new DateOnly(2026, 3, 10) };
        var check = await bench.Provider.CheckTermsAsync(terms, 300, default);
        Assert.Equal(["GiftbitExpiryPast", "GiftbitUnknownBrand", "GiftbitFundsInsufficient"], check.Problems.Select(p => p.Code));
    }

    private static async Task<List<GiftbitBrand>> BrandsAsync(GiftbitBench bench, GiftbitBrandFilter filter)
    {
        var brands = new List<GiftbitBrand>();
        await foreach (var brand in bench.Api.ListBrandsAsync(filter, default)) brands.Add(brand);
        return brands;
    }
}
