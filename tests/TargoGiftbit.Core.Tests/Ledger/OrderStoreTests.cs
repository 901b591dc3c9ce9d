using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Tests.Ledger;

public sealed class OrderStoreTests : IDisposable
{
    private readonly LedgerFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void A_re_sorted_list_keeps_every_customers_row_and_orders_nothing_more()
    {
        var first = fixture.Plan(LedgerFixture.Contacts(1, 2, 3));
        Accept(first);

        var again = fixture.Plan(LedgerFixture.Contacts(3, 1, 2));

        Assert.Equal([(1, "C1"), (2, "C2"), (3, "C3")], first.Gifts.Select(g => (g.Row, g.CustomerId!)));
        Assert.Equal([(3, "C3"), (1, "C1"), (2, "C2")], again.Gifts.Select(g => (g.Row, g.CustomerId!)));
        Assert.Equal(0, again.NewlyOrdered);
        Assert.Empty(again.Open);
    }

    [Fact]
    public void An_extended_list_orders_only_the_newcomers_under_an_id_of_their_own()
    {
        Accept(fixture.Plan(LedgerFixture.Contacts(1, 2)));

        var extended = fixture.Plan(LedgerFixture.Contacts(7, 1, 2, 8));

        var order = Assert.Single(extended.Open);
        Assert.Equal("spring-from-3", order.Prepared.OrderId);
        Assert.Equal("spring-from-3:3=inbox+3@example.org,4=inbox+4@example.org", Encoding.UTF8.GetString(order.Prepared.Body.Span));
        Assert.Equal([3, 1, 2, 4], extended.Gifts.Select(g => g.Row));
    }

    [Fact]
    public void A_run_cut_before_its_answer_finds_the_same_bytes_again()
    {
        var first = fixture.Plan(LedgerFixture.Contacts(1, 2));

        var again = fixture.Plan(LedgerFixture.Contacts(1, 2));

        Assert.Equal(0, again.NewlyOrdered);
        Assert.Equal(first.Open.Single().Prepared.Body.ToArray(), again.Open.Single().Prepared.Body.ToArray());
        Assert.Equal(first.Open.Single().Prepared.Hash, again.Open.Single().Prepared.Hash);
    }

    [Fact]
    public void Per_recipient_orders_carry_campaign_and_row()
    {
        var plan = fixture.Plan(LedgerFixture.Contacts(5, 6), LedgerFixture.Terms(OrderMode.PerRecipient));

        Assert.Equal(["spring-1", "spring-2"], plan.Open.Select(o => o.Prepared.OrderId));
    }

    [Fact]
    public void A_campaign_that_was_ordered_keeps_its_terms()
    {
        Accept(fixture.Plan(LedgerFixture.Contacts(1)));

        var error = Assert.Throws<LedgerException>(() => fixture.Plan(LedgerFixture.Contacts(1), LedgerFixture.Terms(cents: 5000)));

        Assert.Equal("CampaignTermsDiffer", error.Code);
        Assert.Contains("60.00 CAD", error.Message, StringComparison.Ordinal);
        Assert.Contains("50.00 CAD", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_in_one_mode_cannot_be_ordered_in_the_other()
    {
        Accept(fixture.Plan(LedgerFixture.Contacts(1)));

        var error = Assert.Throws<LedgerException>(() => fixture.Plan(LedgerFixture.Contacts(2), LedgerFixture.Terms(OrderMode.PerRecipient)));

        Assert.Contains("order mode", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_order_may_be_ordered_anew_with_other_terms()
    {
        var plan = fixture.Plan(LedgerFixture.Contacts(1, 2));
        fixture.Ledger.Orders.RecordRefusal(plan.Open.Single(), "unknown brand");
        Assert.Equal(OrderState.Refused, fixture.Ledger.Campaigns.Get(GiftEnvironment.Sandbox, "spring").OrderState);

        var again = fixture.Plan(LedgerFixture.Contacts(2, 1), LedgerFixture.Terms(cents: 5000));

        Assert.Equal("spring", again.Open.Single().Prepared.OrderId);
        Assert.Equal([2, 1], again.Gifts.Select(g => g.Row));
        Assert.All(again.Gifts, g => Assert.Equal(Money.Cad(5000), g.Price));
    }

    [Fact]
    public void An_order_id_that_belongs_to_another_campaign_is_refused_whole()
    {
        Accept(fixture.Plan(LedgerFixture.Contacts(1), LedgerFixture.Terms(OrderMode.PerRecipient, "spring")));

        var error = Assert.Throws<LedgerException>(() => fixture.Plan(LedgerFixture.Contacts(1), LedgerFixture.Terms(OrderMode.Batch, "spring-1")));

        Assert.Equal("OrderIdTaken", error.Code);
        Assert.Null(fixture.Ledger.Campaigns.Find(GiftEnvironment.Sandbox, "spring-1"));
    }

    [Fact]
    public void An_address_that_changed_in_the_file_is_reported_and_the_ledgers_is_kept()
    {
        Accept(fixture.Plan(LedgerFixture.Contacts(1)));

        var again = fixture.Plan([LedgerFixture.Contact(1) with { Email = "other@example.com" }]);

        Assert.Equal([1], again.ChangedAddresses);
        Assert.Equal("c1@example.com", again.Gifts.Single().Email);
    }

    [Fact]
    public void A_campaign_stands_as_its_least_settled_order()
    {
        var plan = fixture.Plan(LedgerFixture.Contacts(1, 2), LedgerFixture.Terms(OrderMode.PerRecipient));
        fixture.Ledger.Orders.RecordAnswer(plan.Open[0], new OrderAnswer { State = OrderState.Created, ProviderOrderId = "a" });
        Assert.Equal(OrderState.Prepared, State());

        fixture.Ledger.Orders.RecordAnswer(plan.Open[1], new OrderAnswer { State = OrderState.FundsRequired, ProviderOrderId = "b" });
        Assert.Equal(OrderState.FundsRequired, State());

        fixture.Ledger.Orders.RecordAnswer(plan.Open[1] with { State = OrderState.FundsRequired }, new OrderAnswer { State = OrderState.Created });
        Assert.Equal(OrderState.Created, State());

        OrderState State() => fixture.Ledger.Campaigns.Get(GiftEnvironment.Sandbox, "spring").OrderState;
    }

    [Fact]
    public void Two_processes_that_enrol_at_once_never_give_one_row_to_two_customers()
    {
        using var other = GiftLedger.Open(fixture.Folder, fixture.Clock);

        Parallel.Invoke(
            () => EnrolOneByOne(fixture.Ledger, 0),
            () => EnrolOneByOne(other, 1000));

        var gifts = fixture.Ledger.Gifts.OfCampaign(GiftEnvironment.Sandbox, "spring");
        Assert.Equal(Enumerable.Range(1, 80), gifts.Select(g => g.Row));
        Assert.Equal(80, gifts.Select(g => g.CustomerId).Distinct().Count());

        static void EnrolOneByOne(GiftLedger ledger, int from)
        {
            for (var i = 1; i <= 40; i++)
                ledger.Orders.Plan(LedgerFixture.Terms(OrderMode.PerRecipient), LedgerFixture.Contacts(from + i), LedgerFixture.Recipient, LedgerFixture.Prepare);
        }
    }

    private void Accept(OrderPlan plan)
    {
        foreach (var order in plan.Open)
            fixture.Ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = "u-" + order.Prepared.OrderId });
    }
}
