using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

/// <summary>Keys, codes, links and redemption ids stay out of everything that is shown (spec A1, A7).</summary>
public sealed class IfeelgoodsSecrecyTests
{
    [Fact]
    public void A_code_shows_its_usage_and_at_most_two_characters()
    {
        var code = new GiftCode(GiftCodeUsage.Primary, "TIM-TEST-4711", "Code TIM-TEST-4711");
        var pin = new GiftCode(GiftCodeUsage.Security, "4711", "PIN");
        Assert.Equal(("Primary •••11", "Security •••"), (code.ToString(), pin.ToString()));
        var json = JsonSerializer.Serialize(new[] { code, pin });
        Assert.DoesNotContain("4711", json, StringComparison.Ordinal);
        Assert.Equal("TIM-TEST-4711", code.Reveal());
    }

    [Fact]
    public async Task A_gift_with_codes_keeps_them_out_of_its_json()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var gift = Assert.Single((await bench.OrderAsync(1)).Gifts);
        gift = gift with { Codes = bench.Ledger.Gifts.CodesOf(gift.Identity) };
        var redemption = bench.Store.Redemptions.Single();
        var text = JsonSerializer.Serialize(gift) + gift + string.Join(' ', gift.Codes);
        Assert.All(redemption.Codes.Select(c => c.Value).Append(redemption.Id), secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("Primary", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redemption_keeps_its_id_and_codes_out_of_its_json()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync();
        var made = bench.Store.Redemptions.Single();
        var read = await bench.Provider.Api.FindRedemptionAsync(made.Id, default);
        var text = JsonSerializer.Serialize(read) + read;
        Assert.All(made.Codes.Select(c => c.Value).Append(made.Id), secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(made.Id, read!.RevealId());
    }

    [Theory]
    [InlineData("503")]
    [InlineData("429")]
    [InlineData("garbage")]
    [InlineData("reset")]
    public async Task No_error_and_no_retry_notice_shows_a_key_or_a_redemption(string fault)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync();
        var made = bench.Store.Redemptions.Single();
        bench.Use(retries: 1);
        bench.Sim.Faults.Always("ifeelgoods.*", FaultKinds.Parse(fault));
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.Api.FindRedemptionAsync(made.Id, default));
        var text = error + string.Join(' ', bench.Notices);
        Assert.NotEmpty(bench.Notices);
        Assert.All([made.Id, bench.Sim.Options.IfeelgoodsKey, bench.Sim.Options.IfeelgoodsSecret], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_echoes_the_secret_cannot_bring_it_into_the_error()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Sim.Faults.Next("ifeelgoods.account", new Fault(FaultKind.Reply)
        {
            Status = 401, ContentType = "application/json", Text = $$"""{"error_name":"unauthorized","error_message":"Key {{bench.Sim.Options.IfeelgoodsKey}} with {{bench.Sim.Options.IfeelgoodsSecret}} is unknown"}""",
        });
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CheckAsync(default));
        Assert.Equal("IfeelgoodsKeyRefused", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }
}
