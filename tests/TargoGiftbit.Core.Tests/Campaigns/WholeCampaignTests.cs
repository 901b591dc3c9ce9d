using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Tests.Campaigns;

public sealed class WholeCampaignTests
{
    [Theory]
    [InlineData(OrderMode.Batch)]
    [InlineData(OrderMode.PerRecipient)]
    public async Task A_campaign_goes_from_contacts_to_redeemed_gifts(OrderMode mode)
    {
        await using var world = await CampaignWorld.StartAsync();

        var run = await world.OrderAsync(world.Terms(mode), CampaignWorld.Contacts(30));
        await world.CollectAsync();
        var (summary, _) = await world.SendAsync();
        Assert.Equal((OrderState.Created, 30, 30), (run.Campaign.OrderState, run.NewlyOrdered, summary.Sent));

        // The customer of each row finds in its mail the very link that Giftbit made for that row's contact.
        foreach (var gift in world.Gifts())
        {
            var mail = Assert.Single(world.Simulator.Inbox.ByCustomId($"spring:{gift.Row}"));
            Assert.Equal($"essais+{gift.Row}@targo.ca", mail.Recipient);
            Assert.Contains(gift.Link!.Reveal(), mail.Content!.Text, StringComparison.Ordinal);
            var theirs = world.Simulator.Giftbit.Store.FindGift(gift.Link.Reveal())!;
            Assert.Equal($"essais+{gift.Row}@targo.ca", theirs.Contact!.Email);
            Assert.Contains(gift.FirstName, mail.Content.Text, StringComparison.Ordinal);
        }

        world.Simulator.Giftbit.Store.Redeem(world.Gifts()[4].Link!.Reveal(), "igacaca");
        var poll = await world.PollAsync();

        Assert.Equal([5], poll.Changed.Select(id => id.Row));
        Assert.Equal((GiftStatus.Redeemed, "igacaca"), (world.Gifts()[4].Status, world.Gifts()[4].BrandSelected));
        Assert.Equal((30, 0, 0), (poll.Seen, poll.Missing, poll.Unmatched));
    }

    [Fact]
    public async Task The_first_poll_is_planned_an_hour_after_the_last_mail()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await world.CollectAsync();
        await world.SendAsync();
        var sent = world.Simulator.Clock.GetUtcNow();

        var campaign = world.Ledger.Campaigns.Get(world.Environment, "spring");
        Assert.Equal((sent, sent.AddHours(1)), (campaign.SendingCompletedAt!.Value, campaign.NextPollAt!.Value));
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(world.Ledger.Campaigns.Due(world.Simulator.Clock.GetUtcNow()));
        world.Simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(world.Ledger.Campaigns.Due(world.Simulator.Clock.GetUtcNow()));

        await world.PollAsync();
        Assert.Equal(sent.AddDays(1), world.Ledger.Campaigns.Get(world.Environment, "spring").NextPollAt);
    }

    [Fact]
    public async Task Running_every_stage_again_does_nothing_again()
    {
        await using var world = await CampaignWorld.StartAsync();
        await RunAllAsync();
        var mails = world.Simulator.Inbox.Count;

        await RunAllAsync();

        Assert.Single(world.Simulator.Requests.Of("giftbit.campaign.create"));
        Assert.Equal((12, mails), (mails, world.Simulator.Inbox.Count));

        async Task RunAllAsync()
        {
            await world.OrderAsync(world.Terms(), [.. CampaignWorld.Contacts(12).AsEnumerable().Reverse()]);
            await world.CollectAsync();
            await world.SendAsync();
        }
    }

    [Fact]
    public async Task An_extended_list_orders_and_mails_the_newcomers_alone()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(5));
        await world.CollectAsync();
        await world.SendAsync();

        var run = await world.OrderAsync(world.Terms(), [.. CampaignWorld.Contacts(2, from: 90), .. CampaignWorld.Contacts(5)]);
        await world.CollectAsync();
        var (summary, _) = await world.SendAsync();

        Assert.Equal((2, 2, 5), (run.NewlyOrdered, summary.Sent, summary.AlreadySent));
        Assert.Equal(7, world.Simulator.Inbox.Count);
        Assert.Equal(7, world.Simulator.Giftbit.Store.Gifts.Count);
    }

    [Fact]
    public async Task Only_four_fields_of_a_contact_and_only_the_test_inbox_leave_the_sandbox()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(8));
        await world.CollectAsync();
        await world.SendAsync();
        await world.PollAsync();

        var wire = world.Wire();
        Assert.Contains("essais+8@targo.ca", wire, StringComparison.Ordinal);
        foreach (var secret in new[] { "example.com", "450-555", "rue du Secret", "Téléphone", "Adresse" })
            Assert.DoesNotContain(secret, wire, StringComparison.Ordinal);
        var order = Assert.Single(world.Simulator.Requests.Of("giftbit.campaign.create"));
        using var json = System.Text.Json.JsonDocument.Parse(order.Body);
        Assert.All(json.RootElement.GetProperty("contacts").EnumerateArray(),
            c => Assert.Equal(["email", "firstname", "id", "lastname"], c.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task In_production_the_customers_own_address_is_used()
    {
        await using var world = await CampaignWorld.StartAsync(environment: GiftEnvironment.Production);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        await world.CollectAsync();
        await world.SendAsync();

        Assert.Equal(["client1@example.com", "client2@example.com", "client3@example.com"], world.Simulator.Inbox.Messages.Select(m => m.Recipient).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_status_cycle_over_a_thousand_gifts_makes_two_listing_requests()
    {
        await using var world = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(1000));
        await world.CollectAsync();
        world.Simulator.Requests.Clear();

        var poll = await world.PollAsync();

        Assert.Equal(1000, poll.Seen);
        Assert.Equal(2, world.Simulator.Requests.Of("giftbit.gifts").Count);
        Assert.Equal(2, world.Simulator.Requests.Count("giftbit"));
    }

    [Fact]
    public async Task Missing_funds_are_told_and_the_order_is_not_placed()
    {
        await using var world = await CampaignWorld.StartAsync(o => o.Giftbit.FundsCad = 10_000);

        var preview = await world.Order().PreviewAsync(world.Terms(), CampaignWorld.Contacts(3), skipInvalid: false, CancellationToken.None);

        Assert.Equal("GiftbitFundsInsufficient", Assert.Single(preview.Check.Problems).Code);
        Assert.False(preview.MayProceed);
        Assert.Empty(world.Simulator.Giftbit.Store.Orders);
        Assert.Null(world.Ledger.Campaigns.Find(world.Environment, "spring"));
    }

    [Fact]
    public async Task An_order_that_waits_for_funds_says_so_and_is_made_once_they_come()
    {
        await using var world = await CampaignWorld.StartAsync(o => o.Giftbit.Funds = TargoGiftbit.Simulator.Giftbit.FundsOutcome.Required);
        var run = await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(3));
        Assert.Equal(OrderState.FundsRequired, run.Campaign.OrderState);
        await world.CollectAsync();
        Assert.All(world.Gifts(), g => Assert.Null(g.Link));

        world.Simulator.Giftbit.Store.AddFunds("CAD", 100_000_000);
        await world.CollectAsync();

        Assert.All(world.Gifts(), g => Assert.NotNull(g.Link));
        Assert.Equal(OrderState.Created, world.Ledger.Campaigns.Get(world.Environment, "spring").OrderState);
    }

    [Fact]
    public async Task A_half_bad_list_orders_nothing_unless_the_bad_are_skipped()
    {
        await using var world = await CampaignWorld.StartAsync();
        List<GiftContact> contacts = [.. CampaignWorld.Contacts(3), new() { CustomerId = "X", FirstName = "Sans", LastName = "Adresse", Line = 5 }];

        var error = await Assert.ThrowsAsync<OrderException>(() => world.OrderAsync(world.Terms(), contacts));
        Assert.Equal("OrderContactsInvalid", error.Code);
        Assert.Empty(world.Simulator.Giftbit.Store.Orders);

        var run = await world.OrderAsync(world.Terms(), contacts, skipInvalid: true);
        Assert.Equal(3, run.NewlyOrdered);
    }

    [Fact]
    public async Task A_suppressed_customer_is_not_ordered_for()
    {
        await using var world = await CampaignWorld.StartAsync();
        world.Ledger.Suppressions.Add("client2@example.com", "operator", null);

        var preview = await world.Order().PreviewAsync(world.Terms(), CampaignWorld.Contacts(3), skipInvalid: true, CancellationToken.None);

        Assert.Equal(("ContactSuppressed", "C0002"), (preview.BadContacts.Single().Code, preview.BadContacts.Single().Contact.CustomerId));
        Assert.Equal(2, preview.NewGifts);
    }

    [Fact]
    public async Task The_same_id_with_another_order_behind_it_is_an_error_and_orders_nothing()
    {
        await using var world = await CampaignWorld.StartAsync();
        await using var other = await CampaignWorld.StartAsync();
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(2));

        // A second machine with a ledger of its own asks for the same id with other terms.
        using var ledger = GiftLedger.Open(Path.Combine(world.Folder, "second"), world.Simulator.Clock);
        var order = new CampaignOrder(world.Provider, ledger, CampaignWorld.Inbox, world.Simulator.Clock);
        var preview = await order.PreviewAsync(world.Terms() with { Price = Money.Cad(5000) }, CampaignWorld.Contacts(2), false, CancellationToken.None);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => order.ExecuteAsync(preview, CancellationToken.None));

        Assert.Equal("GiftbitOrderDiffers", error.Code);
        Assert.Single(world.Simulator.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task An_account_that_demands_a_link_count_gets_one()
    {
        await using var world = await CampaignWorld.StartAsync(o => o.Giftbit.RequireLinkCount = true);

        var run = await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(4));
        await world.CollectAsync();

        Assert.Equal(OrderState.Created, run.Campaign.OrderState);
        Assert.Single(world.Simulator.Giftbit.Store.Orders);
        Assert.All(world.Gifts(), g => Assert.NotNull(g.Link));
    }

    [Fact]
    public async Task Links_without_recipients_are_never_paired_by_position()
    {
        await using var world = await CampaignWorld.StartAsync(o => o.Giftbit.Recipients = TargoGiftbit.Simulator.Giftbit.RecipientFields.None);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(4));

        var error = await Assert.ThrowsAsync<OrderException>(() => world.CollectAsync());

        Assert.Equal("LinksWithoutRecipients", error.Code);
        Assert.Contains("PerRecipient", error.Remedy, StringComparison.Ordinal);
        Assert.All(world.Gifts(), g => Assert.Null(g.Link));
    }
}
