using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Ifeelgoods;

namespace TargoGiftbit.Core.Tests.Providers.Ifeelgoods;

/// <summary>One order is one redemption, billed once, whatever happens on the wire (spec H1, reference/ifeelgoods.md §4).</summary>
public sealed class IfeelgoodsPlacingTests
{
    public static TheoryData<string> Faults => new(
        "429", "429-retry-after", "500", "503", "504", "500-after", "503-after", "504-after", "reset", "reset-after", "truncate", "cut", "garbage", "hang", "hang-after");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_before_or_after_the_effect_leaves_one_redemption_billed_once(string fault)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Sim.Faults.Next("ifeelgoods.createandredeem", FaultKinds.Parse(fault), times: 2);
        var answer = await bench.PlaceAsync();
        var redemption = Assert.Single(bench.Store.Redemptions);
        Assert.Equal((RedemptionState.Redeemed, 1, "ete-2026-1-0"), (redemption.State, redemption.Billings, redemption.OrderId));
        Assert.Equal(redemption.Codes.Select(c => c.Value), Assert.Single(answer.Gifts).Codes.Select(c => c.Reveal()));
        Assert.Equal(3, bench.Sim.Requests.Count("ifeelgoods.createandredeem"));
        Assert.Single(bench.Sim.Requests.Of("ifeelgoods.createandredeem").Select(r => r.BodyText).Distinct());
    }

    [Fact]
    public async Task The_first_answer_is_new_and_its_repeat_is_a_replay()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        Assert.False((await bench.PlaceAsync()).WasReplay);
        var again = await bench.PlaceAsync();
        Assert.True(again.WasReplay);
        Assert.Equal(3, Assert.Single(again.Gifts).Codes.Count);
    }

    [Fact]
    public async Task An_order_that_never_gets_through_is_not_called_refused()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Use(retries: 1);
        bench.Sim.Faults.Always("ifeelgoods.createandredeem", Fault.ServerError(504, afterEffect: true));
        var error = await bench.RefusalAsync();
        Assert.Equal(("IfeelgoodsUnavailable", false), (error.Code, error.IsDefinitive));
        bench.Sim.Faults.Clear();
        Assert.Equal(GiftStatus.Redeemed, Assert.Single((await bench.PlaceAsync()).Gifts).Status);
        Assert.Equal(1, Assert.Single(bench.Store.Redemptions).Billings);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task Another_user_under_the_same_order_id_is_an_error_whatever_its_status(int status)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Switches.UserMismatchStatus = status;
        await bench.PlaceAsync();
        var error = await bench.RefusalAsync(email: "essais+99@targo.ca");
        Assert.Equal(("IfeelgoodsUserMismatch", true, "user_mismatch"), (error.Code, error.IsDefinitive, error.ProviderCode));
        Assert.NotNull(error.Remedy);
        Assert.Equal(1, Assert.Single(bench.Store.Redemptions).Billings);
    }

    [Fact]
    public async Task The_conflict_of_old_on_a_repeat_is_settled_by_asking()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.Repeat = RepeatAnswer.Conflict);
        await bench.PlaceAsync();
        var again = await bench.PlaceAsync();
        Assert.True(again.WasReplay);
        Assert.Equal(3, Assert.Single(again.Gifts).Codes.Count);
    }

    [Fact]
    public async Task Another_reward_under_the_same_order_id_is_never_taken_for_ours()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.PlaceAsync();
        var error = await bench.RefusalAsync(IfeelgoodsBench.Terms(sku: "IGA-GC-60CAD-CA"));
        Assert.Equal(("IfeelgoodsOrderDiffers", true), (error.Code, error.IsDefinitive));
        Assert.Contains("TIM-GC-60CAD-CA", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order_id")]
    [InlineData("reward")]
    [InlineData("currency")]
    public async Task What_differs_is_shown_short_and_without_links_whatever_stands_there(string place)
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        AnswerWithALink(bench, place);
        var error = await bench.RefusalAsync();
        Assert.Equal("IfeelgoodsOrderDiffers", error.Code);
        Assert.True(error.Message.Length < 300, error.Message);
        Assert.DoesNotContain("canarylink1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_is_kept_short_and_without_links_whatever_stands_there()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        AnswerWithALink(bench, "state");
        Assert.StartsWith("http://gtbt.co/••• x", Assert.Single((await bench.PlaceAsync()).Gifts).RawStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_repeat_of_an_order_without_answer_finds_what_the_first_attempt_made()
    {
        // The last card in stock went to the attempt whose answer was lost; its repeat meets an empty shelf at a service that forgets.
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Sim.Faults.Next("ifeelgoods.createandredeem", Fault.Reset(afterEffect: true));
        bench.Sim.Faults.Next("ifeelgoods.createandredeem", new Fault(FaultKind.Reply) { Status = 422, ContentType = "application/json", Text = """{"error_name":"operation_refused","error_message":"The reward is out of stock."}""" });
        var answer = await bench.PlaceAsync();
        Assert.True(answer.WasReplay);
        Assert.Equal(GiftStatus.Redeemed, Assert.Single(answer.Gifts).Status);
    }

    [Fact]
    public async Task What_is_plainly_refused_is_definitive()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var error = await bench.RefusalAsync(IfeelgoodsBench.Terms(sku: "SOLD-GC-60CAD-CA"));
        Assert.Equal(("IfeelgoodsOperationRefused", true), (error.Code, error.IsDefinitive));
        Assert.Empty(bench.Store.Redemptions);
    }

    [Fact]
    public async Task A_code_that_could_not_be_made_is_tried_again_under_the_same_order()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.FailuresFirst = 2);
        Assert.Equal(GiftStatus.Redeemed, Assert.Single((await bench.PlaceAsync()).Gifts).Status);
        Assert.Equal(1, Assert.Single(bench.Store.Redemptions).Billings);
    }

    [Fact]
    public async Task Denied_and_failed_are_told_as_refused_contacts()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.FailuresFirst = 9);
        var failed = await bench.PlaceAsync();
        bench.Switches.DeniedDomains = ["targo.ca"];
        var denied = await bench.PlaceAsync(row: 2);
        Assert.Equal(("essais+1@targo.ca", "the code could not be made"), Assert.Single(failed.RefusedContacts));
        Assert.StartsWith("denied", Assert.Single(denied.RefusedContacts).Reason, StringComparison.Ordinal);
        Assert.All(bench.Store.Redemptions, r => Assert.Equal(0, r.Billings));
    }

    [Fact]
    public async Task Only_the_address_and_the_names_of_a_customer_leave()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        await bench.OrderAsync(1);
        Assert.Equal(["email", "first_name", "last_name"], bench.Store.Redemptions.Single().User!.Fields);
        Assert.Equal("essais+1@targo.ca", bench.Store.Redemptions.Single().User!.Email);
        Assert.All(bench.Sim.Requests.All, r => Assert.DoesNotContain("client.example", r.BodyText + r.QueryString, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_is_made_and_nothing_is_billed_until_the_customer_follows_it()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var gift = Assert.Single((await bench.PlaceAsync(IfeelgoodsBench.Terms(GiftKind.Link))).Gifts);
        Assert.Equal((GiftStatus.LinkCreated, 0), (gift.Status, gift.Codes.Count));
        var redemption = Assert.Single(bench.Store.Redemptions);
        Assert.Equal((bench.Sim.Ifeelgoods.LinkOf(redemption), 0), (gift.Link!.Reveal(), redemption.Billings));
        Assert.True(bench.Store.Follow(gift.Link.Reveal()));
        Assert.Equal(1, redemption.Billings);
    }

    [Theory]
    [InlineData("ifeelgoods.book", "504-after")]
    [InlineData("ifeelgoods.activate", "504-after")]
    [InlineData("ifeelgoods.activate", "503")]
    public async Task Book_then_activate_is_one_redemption_with_a_link(string route, string fault)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.ActivatePath = "activate");
        bench.Use(new IfeelgoodsOptions { LinkFlow = IfeelgoodsLinkFlow.BookThenActivate, ActivatePath = "activate" });
        bench.Sim.Faults.Next(route, FaultKinds.Parse(fault));
        var gift = Assert.Single((await bench.PlaceAsync(IfeelgoodsBench.Terms(GiftKind.Link))).Gifts);
        Assert.NotNull(gift.Link);
        bench.Sim.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RedemptionState.Pending, Assert.Single(bench.Store.Redemptions).State);
        Assert.True(bench.Store.Follow(gift.Link.Reveal()));
    }

    [Fact]
    public async Task An_activation_at_another_address_says_which_switch_to_set()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        bench.Use(new IfeelgoodsOptions { LinkFlow = IfeelgoodsLinkFlow.BookThenActivate, ActivatePath = "open" });
        var error = await bench.RefusalAsync(IfeelgoodsBench.Terms(GiftKind.Link));
        Assert.Equal("IfeelgoodsActivationUnknown", error.Code);
        Assert.Contains("activate-path", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AmountField.DataValue, IfeelgoodsAmountForm.DataValue)]
    [InlineData(AmountField.RewardValue, IfeelgoodsAmountForm.RewardValue)]
    [InlineData(AmountField.DataAmount, IfeelgoodsAmountForm.DataAmount)]
    public async Task The_amount_of_a_free_value_stands_where_the_switch_says(AmountField where, IfeelgoodsAmountForm form)
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.Amount = where);
        bench.Use(new IfeelgoodsOptions { AmountForm = form });
        await bench.PlaceAsync(IfeelgoodsBench.Terms(sku: "AMZ-GC-CA-VAR"));
        Assert.Equal(60m, Assert.Single(bench.Store.Redemptions).Amount);
    }

    [Fact]
    public async Task A_free_value_that_was_misread_stops_the_orders_after_the_first()
    {
        await using var bench = await IfeelgoodsBench.StartAsync();
        var terms = IfeelgoodsBench.Terms(sku: "AMZ-GC-CA-VAR");
        await bench.PlaceAsync(terms);
        bench.Store.Rewards.Add(new Reward("ODD-GC-CA-VAR", "Odd") { FaceValue = 25m });
        var odd = IfeelgoodsBench.Terms(sku: "ODD-GC-CA-VAR", id: "autre");
        bench.Use();
        Assert.Equal("IfeelgoodsOrderDiffers", (await bench.RefusalAsync(odd)).Code);
        var second = await bench.RefusalAsync(odd, row: 2);
        Assert.Equal(("IfeelgoodsOrdersStopped", true), (second.Code, second.IsDefinitive));
        Assert.Single(bench.Store.Redemptions, r => r.Reward!.Sku == "ODD-GC-CA-VAR");
    }

    [Fact]
    public async Task A_promotion_that_writes_to_customers_itself_is_told_once()
    {
        await using var bench = await IfeelgoodsBench.StartAsync(o => o.Ifeelgoods.NotifiesByEmail = true);
        var notices = new List<string>();
        bench.Use(new IfeelgoodsOptions { Notice = notices.Add });
        await bench.PlaceAsync();
        await bench.PlaceAsync(row: 2);
        Assert.Contains("two mails", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void The_stored_bytes_say_where_they_go_and_are_the_same_each_time()
    {
        var options = new IfeelgoodsOptions();
        var recipient = new TargoGiftbit.Core.Providers.OrderRecipient(7, "C7", "Zoé", "Roy", "essais+7@targo.ca");
        var one = IfeelgoodsOrder.Prepare(IfeelgoodsBench.Terms(), "ete-2026-7-0", recipient, options);
        Assert.Equal(one.Hash, IfeelgoodsOrder.Prepare(IfeelgoodsBench.Terms(), "ete-2026-7-0", recipient, options).Hash);
        var read = IfeelgoodsOrder.Read(one.Body);
        Assert.Equal("/promotions/PRM-TARGO/rewards/TIM-GC-60CAD-CA/redemptions/actions/redeem", read.Path);
        using var body = JsonDocument.Parse(read.Body);
        Assert.Equal("ete-2026-7-0", body.RootElement.GetProperty("data").GetProperty("order_id").GetString());
        Assert.Equal(["data"], body.RootElement.EnumerateObject().Select(p => p.Name));
    }

    private static void AnswerWithALink(IfeelgoodsBench bench, string place)
    {
        string At(string name, string plain) => place == name ? $"http://gtbt.co/canarylink1 {new string('x', 5000)}" : plain;
        var text = JsonSerializer.Serialize(new
        {
            status = "ok",
            data = new { id = "r1", order_id = At("order_id", "ete-2026-1-0"), state = At("state", "pending"), reward = new { sku = At("reward", "TIM-GC-60CAD-CA") }, value = new { amount = 60, currency = At("currency", "CAD") } },
        });
        bench.Sim.Faults.Next("ifeelgoods.createandredeem", new Fault(FaultKind.Reply) { Status = 200, ContentType = "application/json", Text = text });
    }
}
