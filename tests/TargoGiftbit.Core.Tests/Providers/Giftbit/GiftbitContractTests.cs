using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitContractTests
{
    [Fact]
    public async Task A_service_that_labels_its_links_may_have_one_order_for_all()
    {
        var (contract, store) = await RunAsync(_ => { });

        Assert.Equal((OrderMode.Batch, true, true, true, true, true), (contract.Recommended, contract.LinksWereMade, contract.GiftsCarryLinks, contract.GiftsTellAddress, contract.GiftsTellName, contract.GiftsTellOrder));
        Assert.Equal(("SENT_AND_REDEEMABLE/LINKCREATED", 1, false, "as sent", false), (contract.StatusOfLink, contract.LinksListed, contract.NeedsLinkCount, contract.MessageEcho, contract.EchoesContacts));
        Assert.Equal((500, 100, 500), ((int)contract.GiftsPerPage!, (int)contract.LinksPerPage!, (int)contract.BrandsPerPage!));
        Assert.Equal("200 GIVER_CANCELLED", contract.Cancellation);
        var gift = Assert.Single(store.Gifts);
        Assert.Equal((GiftState.GiverCancelled, "essais+1@targo.ca"), (gift.State, gift.Contact!.Email));
    }

    [Theory]
    [InlineData(DuplicateIdAnswer.Refuse, "422 ERROR_CAMPAIGN_INVALID_ID")]
    [InlineData(DuplicateIdAnswer.Replay, "200 same order")]
    public async Task The_answer_to_a_repeated_id_is_recorded_and_no_second_order_made(DuplicateIdAnswer answer, string expected)
    {
        var (contract, store) = await RunAsync(s => s.DuplicateId = answer);

        Assert.Equal(expected, contract.RepeatedId);
        Assert.Single(store.Orders);
    }

    [Theory]
    [InlineData(RecipientFields.None, false, false)]
    [InlineData(RecipientFields.NameOnly, false, true)]
    [InlineData(RecipientFields.EmailOnly, true, false)]
    public async Task Without_addresses_on_gifts_one_order_per_recipient_is_recommended(RecipientFields fields, bool address, bool name)
    {
        var (contract, _) = await RunAsync(s => s.Recipients = fields);

        Assert.Equal((address, name, address ? OrderMode.Batch : OrderMode.PerRecipient), (contract.GiftsTellAddress, contract.GiftsTellName, contract.Recommended));
    }

    [Fact]
    public async Task Without_links_on_gifts_one_order_per_recipient_is_recommended()
    {
        var (contract, _) = await RunAsync(s => s.ShortlinkInGifts = false);

        Assert.Equal((OrderMode.PerRecipient, false, 1), (contract.Recommended, contract.GiftsCarryLinks, contract.LinksListed));
    }

    [Fact]
    public async Task Pages_that_are_cut_shorter_are_seen()
    {
        var (contract, _) = await RunAsync(s => (s.MaxGiftsPage, s.MaxLinksPage, s.MaxBrandsPage) = (50, 20, 100));

        Assert.Equal((50, 20, 100), ((int)contract.GiftsPerPage!, (int)contract.LinksPerPage!, (int)contract.BrandsPerPage!));
    }

    [Fact]
    public async Task A_demand_for_a_link_count_is_met_and_recorded()
    {
        var (contract, store) = await RunAsync(s => s.RequireLinkCount = true);

        Assert.True(contract.NeedsLinkCount);
        Assert.Single(store.Orders);
    }

    [Theory]
    [InlineData(UnknownIdAnswer.Refuse, "422")]
    [InlineData(UnknownIdAnswer.NotFound, "404")]
    public async Task The_answer_to_unknown_ids_is_recorded(UnknownIdAnswer answer, string status)
    {
        var (contract, _) = await RunAsync(s => s.UnknownId = answer);

        Assert.StartsWith(status, contract.UnknownOrder, StringComparison.Ordinal);
        Assert.StartsWith(status, contract.UnknownGift, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_to_an_unknown_gift_is_recorded() =>
        Assert.Equal("200 nothing", (await RunAsync(s => s.UnknownId = UnknownIdAnswer.NullObject)).Contract.UnknownGift);

    [Theory]
    [InlineData(LinkContacts.Returned, true)]
    [InlineData(LinkContacts.Null, false)]
    public async Task Whether_contacts_are_repeated_is_recorded(LinkContacts contacts, bool echoed) =>
        Assert.Equal(echoed, (await RunAsync(s => s.LinkContacts = contacts)).Contract.EchoesContacts);

    [Theory]
    [InlineData(RefusalAnswer.Accept, "200 GIVER_CANCELLED")]
    [InlineData(RefusalAnswer.Refuse, "422 SIMULATED_CANNOT_CANCEL")]
    public async Task The_answer_to_a_second_cancellation_is_recorded(RefusalAnswer answer, string expected) =>
        Assert.Equal(expected, (await RunAsync(s => s.SecondCancel = answer)).Contract.SecondCancellation);

    [Theory]
    [InlineData(LinkDeliveryStatus.Delivered, "SENT_AND_REDEEMABLE/DELIVERED")]
    [InlineData(LinkDeliveryStatus.Unsent, "SENT_AND_REDEEMABLE/UNSENT")]
    public async Task The_words_for_a_link_gift_are_recorded(LinkDeliveryStatus status, string expected) =>
        Assert.Equal(expected, (await RunAsync(s => s.LinkDeliveryStatus = status)).Contract.StatusOfLink);

    [Fact]
    public async Task Links_that_do_not_come_in_time_leave_the_mode_that_is_safe_either_way()
    {
        var (contract, _) = await RunAsync(s => s.LinkDelay = TimeSpan.FromDays(1), TimeSpan.Zero);

        Assert.Equal((OrderMode.PerRecipient, false, null, null), (contract.Recommended, contract.LinksWereMade, contract.GiftsCarryLinks, contract.LinksPerPage));
    }

    [Fact]
    public async Task Production_is_refused_before_anything_is_asked()
    {
        await using var bench = await GiftbitBench.StartAsync();
        using var production = GiftbitProvider.Connect(new ServiceConnection(GiftEnvironment.Production, bench.Sim.Addresses.Giftbit, new Secret(bench.Sim.Options.GiftbitToken)), bench.Sim.Clock, new HttpOptions { Service = "Giftbit" });
        var probe = new GiftbitContractProbe(production, bench.Sim.Clock);

        Assert.Equal("GiftbitContractProduction", (await Assert.ThrowsAsync<GiftProviderException>(() => probe.PlanAsync(null, default))).Code);
        Assert.Equal("GiftbitContractProduction", (await Assert.ThrowsAsync<GiftProviderException>(() => probe.RunAsync(GiftbitBench.Terms, "a@b.ca", TimeSpan.Zero, default))).Code);
        Assert.Empty(bench.Sim.Requests.All);
    }

    [Fact]
    public async Task It_is_kept_for_its_owner_alone_without_link_or_address()
    {
        using var folder = new TemporaryFolder();
        var (contract, store) = await RunAsync(_ => { });
        await contract.StoreAsync(folder.Path, default);

        var path = Path.Combine(folder.Path, GiftbitContract.FileName);
        Assert.Equal(contract, GiftbitContract.Find(folder.Path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var text = await File.ReadAllTextAsync(path);
        Assert.Single(store.Gifts);
        Assert.DoesNotContain("gtbt.co", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@targo.ca", text.Replace("simulator@targo.ca", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "{");
        Assert.Null(GiftbitContract.Find(folder.Path));
    }

    private static async Task<(GiftbitContract Contract, GiftbitStore Store)> RunAsync(Action<GiftbitSwitches> set, TimeSpan? timeout = null)
    {
        var bench = await GiftbitBench.StartAsync(o =>
        {
            (o.Giftbit.CampaignDelay, o.Giftbit.LinkDelay) = (TimeSpan.Zero, TimeSpan.Zero);
            set(o.Giftbit);
        });
        await using (bench)
        {
            var probe = new GiftbitContractProbe(bench.Provider, bench.Sim.Clock);
            var contract = await probe.RunAsync(await probe.PlanAsync(null, default), "essais+1@targo.ca", timeout ?? TimeSpan.FromMinutes(1), default);
            return (contract, bench.Sim.Giftbit.Store);
        }
    }
}
