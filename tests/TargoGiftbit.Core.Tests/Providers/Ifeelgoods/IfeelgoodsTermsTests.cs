using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

/// <summary>What would be refused is found before anything is ordered (spec B1, H2).</summary>
public sealed class IfeelgoodsTermsTests
{
    public static TheoryData<string, string> Bad => new()
    {
        { "IfeelgoodsUnknownPromotion", "program=NONE" },
        { "IfeelgoodsPromotionMissing", "program=" },
        { "IfeelgoodsPromotionClosed", "program=PRM-PAUSED" },
        { "IfeelgoodsPromotionClosed", "program=PRM-ENDED" },
        { "IfeelgoodsRewardNotOffered", "program=PRM-FEW" },
        { "IfeelgoodsUnknownReward", "sku=NONE" },
        { "IfeelgoodsRewardClosed", "sku=OFF-GC-60CAD-CA" },
        { "IfeelgoodsOutOfStock", "sku=SOLD-GC-60CAD-CA" },
        { "IfeelgoodsStockShort", "sku=LOW-GC-60CAD-CA" },
        { "IfeelgoodsNotFaceValue", "cents=5000" },
        { "IfeelgoodsValueNotWhole", "sku=AMZ-GC-CA-VAR;cents=6050" },
        { "IfeelgoodsValueOutOfRange", "sku=AMZ-GC-CA-VAR;cents=400" },
        { "IfeelgoodsValueOutOfRange", "sku=AMZ-GC-CA-VAR;cents=25100" },
        { "ExpiryPast", "expiry=2026-06-30" },
        { "CampaignIdInvalid", "id=été 2026" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Each_fault_of_the_terms_has_its_own_code_and_a_remedy(string code, string change)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var check = await bench.Provider.CheckTermsAsync(Changed(change), 3, default);
        Assert.Equal(code, Assert.Single(check.Problems).Code);
        Assert.NotEmpty(check.Problems[0].Remedy);
        Assert.Equal(0, bench.Sim.Requests.Count("ifeelgoods.createandredeem"));
    }

    [Fact]
    public async Task Good_terms_show_what_the_order_costs_and_what_the_balance_is()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var check = await bench.Provider.CheckTermsAsync(IfeelgoodsBench.Terms(), 3, default);
        Assert.Empty(check.Problems);
        Assert.Empty(check.Warnings);
        Assert.Equal((Money.Cad(3 * 5700), Money.Cad(100_000_000)), (check.Cost, check.Available));
        Assert.Equal("Tim Hortons", Assert.Single(check.Brands).Name);
    }

    [Fact]
    public async Task A_balance_that_does_not_cover_the_order_is_a_problem()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.BalanceCad = 10_000);
        Assert.Equal("IfeelgoodsBalanceShort", Assert.Single((await bench.Provider.CheckTermsAsync(IfeelgoodsBench.Terms(), 3, default)).Problems).Code);
    }

    [Fact]
    public async Task A_budget_alert_that_the_order_would_cross_is_a_warning()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.BalanceCad = 510_000);
        var check = await bench.Provider.CheckTermsAsync(IfeelgoodsBench.Terms(), 3, default);
        Assert.Empty(check.Problems);
        Assert.Equal("IfeelgoodsBudgetAlert", Assert.Single(check.Warnings).Code);
    }

    [Fact]
    public async Task Stock_that_ends_before_the_campaign_is_a_warning()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var check = await bench.Provider.CheckTermsAsync(Changed("sku=LOW-GC-60CAD-CA;expiry=2027-07-01"), 1, default);
        Assert.Equal("IfeelgoodsRewardEndsEarly", Assert.Single(check.Warnings).Code);
    }

    private static GiftCampaign Changed(string changes)
    {
        var terms = IfeelgoodsBench.Terms();
        foreach (var change in changes.Split(';'))
        {
            var value = change[(change.IndexOf('=', StringComparison.Ordinal) + 1)..];
            terms = change.Split('=')[0] switch
            {
                "program" => terms with { Program = value },
                "sku" => terms with { BrandCodes = [value] },
                "cents" => terms with { Price = Money.Cad(long.Parse(value, System.Globalization.CultureInfo.InvariantCulture)) },
                "expiry" => terms with { Expiry = DateOnly.ParseExact(value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
                _ => terms with { CampaignId = value },
            };
        }
        return terms;
    }
}
