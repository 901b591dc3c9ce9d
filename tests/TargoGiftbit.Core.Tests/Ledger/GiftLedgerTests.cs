using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Tests.Ledger;

public sealed class GiftLedgerTests
{
    [Fact]
    public void The_ledger_and_its_companions_are_private_from_the_start()
    {
        if (OperatingSystem.IsWindows()) return; // ACLs there; checked by PrivateFile's own tests
        using var fixture = new LedgerFixture();
        fixture.Ready(3);

        foreach (var file in Directory.GetFiles(fixture.Folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.True(Directory.GetFiles(fixture.Folder).Length >= 2);
    }

    [Fact]
    public void A_scheduled_run_that_finds_no_ledger_says_where_it_looked()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<LedgerException>(() => GiftLedger.Open(folder.Path, TimeProvider.System, mustExist: true));

        Assert.Equal("LedgerNotFound", error.Code);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_is_not_a_ledger_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(GiftLedger.FileName), new string('x', 4096));

        var error = Assert.Throws<LedgerException>(() => GiftLedger.Open(folder.Path, TimeProvider.System));

        Assert.Equal("LedgerDamaged", error.Code);
        Assert.Equal(new string('x', 4096), File.ReadAllText(folder.File(GiftLedger.FileName)));
    }

    [Fact]
    public void A_link_is_one_gifts_for_ever()
    {
        using var fixture = new LedgerFixture();
        var plan = fixture.Plan(LedgerFixture.Contacts(1, 2));
        var (one, two) = (plan.Gifts[0], plan.Gifts[1]);
        fixture.Ledger.Gifts.StoreLinks([new FoundLink(one.Identity, LedgerFixture.Link(one), "u1")]);

        var taken = Assert.Throws<LedgerException>(() => fixture.Ledger.Gifts.StoreLinks([new FoundLink(two.Identity, LedgerFixture.Link(one), "u2")]));
        var differs = Assert.Throws<LedgerException>(() => fixture.Ledger.Gifts.StoreLinks([new FoundLink(one.Identity, LedgerFixture.Link(two), "u1")]));

        Assert.Equal(("LinkTaken", "LinkDiffers"), (taken.Code, differs.Code));
        Assert.DoesNotContain(LedgerFixture.Link(one).Reveal(), taken.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Ledger.Gifts.StoreLinks([new FoundLink(one.Identity, LedgerFixture.Link(one), "u1")]));
    }

    [Fact]
    public void An_unknown_provider_status_keeps_the_old_one_and_is_remembered_as_it_came()
    {
        using var fixture = new LedgerFixture();
        var id = fixture.Ready(1)[0];

        var changed = fixture.Ledger.Gifts.StoreStatuses([(id, new() { ProviderGiftId = "p", Status = null, RawStatus = "ON_HOLD" })]);

        Assert.Equal([id], changed);
        var gift = fixture.Ledger.Gifts.Get(id);
        Assert.Equal((GiftStatus.LinkCreated, "ON_HOLD"), (gift.Status, gift.ProviderStatus));
        Assert.Empty(fixture.Ledger.Gifts.StoreStatuses([(id, new() { ProviderGiftId = "p", Status = null, RawStatus = "ON_HOLD" })]));
    }

    [Fact]
    public void A_redeemed_gift_shows_brand_and_time_and_is_closed()
    {
        using var fixture = new LedgerFixture();
        var id = fixture.Ready(1)[0];
        var at = fixture.Clock.GetUtcNow().AddHours(3);

        fixture.Ledger.Gifts.StoreStatuses([(id, new() { ProviderGiftId = "p", Status = GiftStatus.Redeemed, RawStatus = "REDEEMED", BrandCode = "igacaca", RedeemedAt = at })]);

        var gift = fixture.Ledger.Gifts.Get(id);
        Assert.Equal((GiftStatus.Redeemed, "igacaca", at, true), (gift.Status, gift.BrandSelected, gift.RedeemedAt!.Value, gift.IsClosed));
        Assert.Contains(fixture.Ledger.History.Of(id), h => h.Kind == "Status");
    }

    [Fact]
    public void A_lease_has_one_holder_until_it_runs_out()
    {
        using var fixture = new LedgerFixture();
        var leases = fixture.Ledger.Leases;

        Assert.True(leases.TryTake("reconcile", "a", TimeSpan.FromMinutes(5)));
        Assert.False(leases.TryTake("reconcile", "b", TimeSpan.FromMinutes(5)));
        Assert.True(leases.TryTake("reconcile", "a", TimeSpan.FromMinutes(5)));
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(leases.TryTake("reconcile", "b", TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void The_text_of_an_object_never_shows_its_link()
    {
        using var fixture = new LedgerFixture();
        var gift = fixture.Ledger.Gifts.Get(fixture.Ready(1)[0]);

        var json = System.Text.Json.JsonSerializer.Serialize(gift);

        Assert.DoesNotContain(gift.Link!.Reveal(), json + gift + gift.Link, StringComparison.Ordinal);
        Assert.DoesNotContain(gift.Link.Reveal()[^8..], json, StringComparison.Ordinal);
    }
}
