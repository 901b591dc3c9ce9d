using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitCancelTests
{
    [Fact]
    public async Task An_unclaimed_gift_is_cancelled_and_comes_back_refunded()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var gift = await GiftAsync(bench);
        Assert.Equal(GiftStatus.Refunded, (await bench.Provider.CancelAsync(gift.Uuid, default)).Status);
        Assert.Equal(GiftState.GiverCancelled, gift.State);
    }

    [Theory]
    [InlineData(RefusalAnswer.Refuse)]
    [InlineData(RefusalAnswer.Accept)]
    public async Task Cancelling_twice_is_the_same_as_once(RefusalAnswer second)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.SecondCancel = second);
        var gift = await GiftAsync(bench);
        await bench.Provider.CancelAsync(gift.Uuid, default);
        Assert.Equal(GiftStatus.Refunded, (await bench.Provider.CancelAsync(gift.Uuid, default)).Status);
    }

    [Theory]
    [InlineData(RefusalAnswer.Refuse)]
    [InlineData(RefusalAnswer.Accept)]
    public async Task A_claimed_gift_is_not_cancelled_whatever_the_status_of_the_answer(RefusalAnswer answer)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.CancelAfterClaim = answer);
        var gift = await GiftAsync(bench);
        bench.Sim.Giftbit.Store.Redeem(gift.Uuid, null);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CancelAsync(gift.Uuid, default));
        Assert.Equal(("GiftbitGiftNotCancelled", true), (error.Code, error.IsDefinitive));
        Assert.Contains("REDEEMED", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnknownIdAnswer.Refuse)]
    [InlineData(UnknownIdAnswer.NotFound)]
    [InlineData(UnknownIdAnswer.NullObject)]
    public async Task An_unknown_gift_is_said_to_be_unknown(UnknownIdAnswer answer)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.UnknownId = answer);
        Assert.Equal("GiftbitNotFound", (await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CancelAsync("0123456789abcdef0123456789abcdef", default))).Code);
        Assert.Null(await bench.Api.FindGiftAsync("0123456789abcdef0123456789abcdef", default));
        Assert.Null(await bench.Api.FindOrderAsync("no-such-order", default));
    }

    [Theory]
    [InlineData("reset-after")]
    [InlineData("503-after")]
    [InlineData("truncate")]
    [InlineData("429")]
    [InlineData("garbage")]
    public async Task A_lost_answer_is_found_out(string fault)
    {
        await using var bench = await GiftbitBench.StartAsync();
        var gift = await GiftAsync(bench);
        bench.Sim.Faults.Next("giftbit.gift.cancel", FaultKinds.Parse(fault));
        Assert.Equal(GiftStatus.Refunded, (await bench.Provider.CancelAsync(gift.Uuid, default)).Status);
    }

    [Fact]
    public async Task When_giftbit_cannot_be_asked_afterwards_the_outcome_is_open()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var gift = await GiftAsync(bench);
        using var hasty = bench.Connect(new Secret(bench.Sim.Options.GiftbitToken), o => o with { MaxRetries = 0 });
        bench.Sim.Faults.Next("giftbit.gift.cancel", Fault.Reset(afterEffect: true));
        bench.Sim.Faults.Always("giftbit.gift.get", Fault.ServerError(503));
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => hasty.CancelAsync(gift.Uuid, default));
        Assert.Equal(("GiftbitCancelUnclear", false), (error.Code, error.IsDefinitive));
    }

    [Fact]
    public async Task Sending_again_is_never_repeated_by_itself()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var gift = await GiftAsync(bench);
        bench.Sim.Faults.Next("giftbit.gift.resend", Fault.ServerError(503, afterEffect: true));
        var unclear = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Api.ResendGiftAsync(gift.Uuid, default));
        Assert.Equal(("GiftbitUnavailable", false), (unclear.Code, unclear.IsDefinitive));
        Assert.Equal(1, bench.Sim.Requests.Count("giftbit.gift.resend"));
        var refused = await Assert.ThrowsAsync<GiftProviderException>(() => bench.Api.ResendGiftAsync(gift.Uuid, default));
        Assert.Equal(("GiftbitRequestRefused", true), (refused.Code, refused.IsDefinitive));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task An_id_that_would_climb_to_another_resource_is_not_sent(string id)
    {
        await using var bench = await GiftbitBench.StartAsync();
        Assert.Equal("GiftbitNotFound", (await Assert.ThrowsAsync<GiftProviderException>(() => bench.Provider.CancelAsync(id, default))).Code);
        Assert.Empty(bench.Sim.Requests.All);
    }

    private static async Task<SimulatedGift> GiftAsync(GiftbitBench bench)
    {
        await bench.OrderWithLinksAsync(1);
        return bench.Sim.Giftbit.Store.Gifts.Single();
    }
}
