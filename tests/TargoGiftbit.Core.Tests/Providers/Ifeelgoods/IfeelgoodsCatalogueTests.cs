using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Simulator.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

public sealed class IfeelgoodsCatalogueTests
{
    [Theory]
    [InlineData(NumberForm.Bare)]
    [InlineData(NumberForm.Text)]
    public async Task All_rewards_are_read_page_by_page_each_once(NumberForm numbers)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => (o.Ifeelgoods.MaxPage, o.Ifeelgoods.Numbers) = (20, numbers));
        var rewards = new List<IfeelgoodsReward>();
        await foreach (var page in bench.Provider.Api.ListRewardsAsync("CLI-TARGO", default)) rewards.AddRange(page);
        Assert.Equal(70, rewards.Select(r => r.RewardSku).Distinct().Count());
        Assert.Equal(4, bench.Sim.Requests.Count("ifeelgoods.rewards"));
        var tim = rewards.Single(r => r.RewardSku == "TIM-GC-60CAD-CA");
        Assert.Equal((60m, new Money(5700, "CAD"), RewardStock.Budget), (tim.FaceValue, tim.Cost, tim.Stock));
        Assert.Equal("https://cdn.example/TIM-GC-60CAD-CA/logo.png", tim.LogoUrl!.AbsoluteUri);
        Assert.Null(tim.HowToUse);
        var low = rewards.Single(r => r.RewardSku == "LOW-GC-60CAD-CA");
        Assert.Equal((RewardStock.Inventory, 2, new DateOnly(2027, 6, 30)), (low.Stock, low.StockQuantity, low.ExpirationDate));
        var free = rewards.Single(r => r.IsFreeValue);
        Assert.Equal((5, 250), (free.MinValue, free.MaxValue));
    }

    [Fact]
    public async Task A_single_reward_brings_its_instructions_and_no_cost_unless_asked()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var reward = await bench.Provider.Api.FindRewardAsync("IGA-GC-60CAD-CA", null, default);
        Assert.Contains("till", reward!.HowToUse, StringComparison.Ordinal);
        Assert.Null(reward.Cost);
        Assert.Null(await bench.Provider.Api.FindRewardAsync("NONE", null, default));
    }

    [Fact]
    public async Task A_server_that_does_not_heed_the_page_is_noticed()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.Paging = PagingAnswer.Ignored);
        var read = 0;
        var error = await Assert.ThrowsAsync<GiftProviderException>(async () =>
        {
            await foreach (var page in bench.Provider.Api.ListRewardsAsync(null, default)) read += page.Count;
        });
        Assert.Equal((20, "IfeelgoodsListIncomplete"), (read, error.Code));
    }

    [Theory]
    [InlineData(AlertForm.Numbers, NumberForm.Bare)]
    [InlineData(AlertForm.Numbers, NumberForm.Text)]
    [InlineData(AlertForm.Objects, NumberForm.Text)]
    public async Task An_account_shows_its_balance_and_its_alerts_in_whatever_form(AlertForm form, NumberForm numbers)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => (o.Ifeelgoods.AlertForm, o.Ifeelgoods.Numbers, o.Ifeelgoods.BalanceCad, o.Ifeelgoods.BudgetAlerts) = (form, numbers, 400_000, ["100000", "500000"]));
        var client = await bench.Provider.Api.FindClientAsync("CLI-TARGO", default);
        Assert.Equal(Money.Cad(400_000), client!.Balance);
        Assert.Equal([Money.Cad(500_000), Money.Cad(100_000)], client.BudgetAlert);
        Assert.Equal([Money.Cad(500_000)], client.CrossedAlert);
        Assert.Equal([Money.Cad(100_000)], client.AlertsCrossedBy(350_000));
        Assert.Equal("CAD", Assert.Single(await bench.Provider.GetFundsAsync(default)).Currency);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_with_the_remedy()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Connect(secret: new Secret("canary-wrong")).CheckAsync(default));
        Assert.Equal(("IfeelgoodsKeyRefused", 401), (error.Code, error.Status));
        Assert.Contains("IFEELGOODS_API_KEY", error.Remedy, StringComparison.Ordinal);
        Assert.Equal("targo-simulator", (await bench.Provider.CheckAsync(default)).UserName);
    }

    [Fact]
    public async Task A_token_is_fetched_once_and_renewed_when_it_ends()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.HeaderKeys = false);
        bench.Use(new IfeelgoodsOptions { Auth = IfeelgoodsAuth.OAuth });
        await bench.Provider.CheckAsync(default);
        await bench.PlaceAsync();
        Assert.Equal(1, bench.Sim.Requests.Count("ifeelgoods.oauth"));
        bench.Sim.Clock.Advance(TimeSpan.FromMinutes(20));
        await bench.Provider.CheckAsync(default);
        Assert.Equal(2, bench.Sim.Requests.Count("ifeelgoods.oauth"));
        Assert.All(bench.Sim.Requests.Of("ifeelgoods.createandredeem"), r => Assert.Null(r.Header("Api-Key")));
    }

    [Fact]
    public async Task The_grant_type_of_2015_is_a_switch_and_a_wrong_one_says_so()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.GrantType = "account_application");
        bench.Use(new IfeelgoodsOptions { Auth = IfeelgoodsAuth.OAuth, GrantType = "account_application" });
        await bench.Provider.CheckAsync(default);
        bench.Use(new IfeelgoodsOptions { Auth = IfeelgoodsAuth.OAuth });
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CheckAsync(default));
        Assert.Equal("IfeelgoodsTokenNotGiven", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TIM-GC-60CAD-CA", "Primary Security Barcode", BarcodeKind.Code128)]
    [InlineData("IGA-GC-60CAD-CA", "Primary", BarcodeKind.None)]
    [InlineData("CTC-GC-60CAD-CA", "Primary Barcode PrintableDocumentUrl", BarcodeKind.Qr)]
    [InlineData("APP-ITC-60CAD-CA", "Url", BarcodeKind.None)]
    [InlineData("HHW-GC-60CAD-CA", "SecurityUrl SecurityUrlCode", BarcodeKind.None)]
    public async Task Codes_are_picked_by_usage_in_each_format(string sku, string usages, BarcodeKind barcode)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync(IfeelgoodsBench.Terms(sku: sku));
        var read = await bench.Provider.Api.FindOrderAsync("PRM-TARGO", "ete-2026-1-0", default);
        Assert.Equal(usages, string.Join(' ', read!.Codes.Select(c => c.Usage)));
        Assert.Equal(barcode, read.BarcodeType);
        Assert.Equal(barcode, read.Barcode?.Barcode ?? BarcodeKind.None);
        Assert.NotNull(read.Code ?? read.Url);
    }

    [Theory]
    [InlineData(TimeForm.Utc, RewardKey.Sku)]
    [InlineData(TimeForm.Offset, RewardKey.Id)]
    public async Task Times_with_any_offset_are_instants_and_a_reward_may_be_called_id(TimeForm times, RewardKey key)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => (o.Ifeelgoods.Times, o.Ifeelgoods.RewardKey) = (times, key));
        await bench.PlaceAsync();
        var read = await bench.Provider.Api.FindOrderAsync("PRM-TARGO", "ete-2026-1-0", default);
        Assert.Equal((new DateTimeOffset(2026, 7, 1, 19, 0, 0, TimeSpan.Zero), "TIM-GC-60CAD-CA", Money.Cad(6000)), (read!.RedeemedAt, read.RewardSku, read.Value));
    }

    [Fact]
    public async Task The_card_is_had_as_a_pdf_once_it_is_redeemed()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync();
        await bench.PlaceAsync(IfeelgoodsBench.Terms(GiftKind.Link), row: 2);
        var (redeemed, pending) = (bench.Store.Redemptions[0].Id, bench.Store.Redemptions[1].Id);
        Assert.True((await bench.Provider.Api.GetPdfAsync(redeemed, default)).Length > 300);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.Api.GetPdfAsync(pending, default));
        Assert.Equal("IfeelgoodsNoPdf", error.Code);
    }
}
