using System.Text;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Giftbit.Wire;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitPlacingTests
{
    [Fact]
    public async Task The_body_on_the_wire_is_the_prepared_one_and_holds_nothing_more_of_a_contact_than_four_fields()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var order = bench.Prepare(2);
        await bench.PlaceAsync(order);
        var request = Assert.Single(bench.Sim.Requests.Of("giftbit.campaign.create"));
        Assert.Equal(order.Body.ToArray(), Encoding.UTF8.GetBytes(request.BodyText));
        Assert.Equal(
            """
            {"id":"targo-2026","subject":"Cadeau TARGO — merci","message":"Merci d'être client TARGO. Voici « une carte » & plus.","expiry":"2026-12-31","price_in_cents":6000,"brand_codes":["timhortonsca","walmartca"],"contacts":[{"id":"C1","firstname":"Zoé1","lastname":"L'Écuyer","email":"essais+1@targo.ca"},{"id":"C2","firstname":"Zoé2","lastname":"L'Écuyer","email":"essais+2@targo.ca"}],"delivery_type":"SHORTLINK"}
            """, request.BodyText);
    }

    [Fact]
    public async Task The_same_order_gives_the_same_bytes_and_hash_and_the_count_of_links_is_added_on_demand_only()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var (one, two) = (bench.Prepare(3), bench.Prepare(3));
        Assert.Equal(one.Hash, two.Hash);
        Assert.Equal(one.Body.ToArray(), two.Body.ToArray());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(one.Body.Span)), one.Hash);

        var region = bench.Provider.Prepare(GiftbitBench.Terms with { BrandCodes = [], Region = "Canada" }, "x", [new OrderRecipient(1, null, "A", "B", "a@b.ca")], withLinkCount: true);
        using var json = JsonDocument.Parse(region.Body);
        Assert.Equal(["id", "subject", "message", "expiry", "price_in_cents", "region", "contacts", "delivery_type", "link_count"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["firstname", "lastname", "email"], json.RootElement.GetProperty("contacts")[0].EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData(FundsOutcome.ByBalance, OrderState.Created)]
    [InlineData(FundsOutcome.Required, OrderState.FundsRequired)]
    [InlineData(FundsOutcome.Pending, OrderState.FundsPending)]
    public async Task Each_of_the_three_good_answers_has_its_own_outcome(FundsOutcome funds, OrderState expected)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.Funds = funds);
        var answer = await bench.PlaceAsync(bench.Prepare(3));
        var theirs = Assert.Single(bench.Sim.Giftbit.Store.Orders);
        Assert.Equal((expected, theirs.Uuid, false), (answer.State, answer.ProviderOrderId, answer.WasReplay));
        Assert.Equal(Money.Cad(18_000), answer.TotalCost);
        Assert.Empty(answer.RefusedContacts);
    }

    public static TheoryData<string, DuplicateIdAnswer> FaultsAndAnswers()
    {
        var data = new TheoryData<string, DuplicateIdAnswer>();
        foreach (var fault in (string[])["429", "429-retry-after", "500", "503-after", "hang", "hang-after", "reset", "reset-after", "truncate", "cut", "garbage"])
            foreach (var answer in Enum.GetValues<DuplicateIdAnswer>()) data.Add(fault, answer);
        return data;
    }

    [Theory]
    [MemberData(nameof(FaultsAndAnswers))]
    public async Task A_fault_before_or_after_the_effect_ends_in_one_order(string fault, DuplicateIdAnswer duplicate)
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.DuplicateId = duplicate);
        bench.Sim.Faults.Next("giftbit.campaign.create", FaultKinds.Parse(fault), times: 2);
        var answer = await bench.PlaceAsync(bench.Prepare(3));
        var order = Assert.Single(bench.Sim.Giftbit.Store.Orders);
        Assert.Equal((OrderState.Created, order.Uuid), (answer.State, answer.ProviderOrderId));
        Assert.Single(bench.Sim.Requests.Of("giftbit.campaign.create").Select(r => r.BodyText).Distinct());
        Assert.NotEmpty(bench.Notices);
    }

    [Theory]
    [CombinatorialSwitches]
    public async Task An_order_that_exists_already_is_recognised_in_every_form_of_the_answer(DuplicateIdAnswer duplicate, LinkContacts contacts, SpellingSet spelling, UnknownIdAnswer unknown, bool odd)
    {
        await using var bench = await GiftbitBench.StartAsync(o =>
        {
            o.Giftbit.DuplicateId = duplicate;
            o.Giftbit.LinkContacts = contacts;
            o.Giftbit.Spelling = spelling;
            o.Giftbit.UnknownId = unknown;
            o.Giftbit.NumbersAsStrings = odd;
            o.Giftbit.AbsentFields = odd ? AbsentFields.Null : AbsentFields.Omitted;
            o.Giftbit.CampaignIdInGifts = !odd;
            o.Giftbit.LowerCaseEmail = odd;
            o.Giftbit.PriceInGifts = !odd;
        });
        var first = await bench.OrderWithLinksAsync(3);
        var second = await bench.PlaceAsync(bench.Prepare(3));
        Assert.Equal(first.ProviderOrderId, second.ProviderOrderId);
        Assert.Equal(OrderState.Created, second.State);
        Assert.Equal(duplicate == DuplicateIdAnswer.Refuse, second.WasReplay);
        Assert.Equal(first.TotalCost, second.TotalCost);
        Assert.Equal(3, bench.Sim.Giftbit.Store.Gifts.Count);
    }

    public static TheoryData<string, DuplicateIdAnswer, LinkContacts> OtherOrders()
    {
        var data = new TheoryData<string, DuplicateIdAnswer, LinkContacts>();
        foreach (var field in (string[])["price", "brands", "expiry", "message", "more contacts", "other contacts", "region"])
            foreach (var duplicate in Enum.GetValues<DuplicateIdAnswer>())
                foreach (var contacts in Enum.GetValues<LinkContacts>()) data.Add(field, duplicate, contacts);
        return data;
    }

    [Fact]
    public async Task A_link_among_what_differs_is_masked()
    {
        await using var bench = await GiftbitBench.StartAsync();
        var differences = OrderComparison.Differences(OrderJson.Read(bench.Prepare(1).Body.Span), new Core.Providers.Giftbit.GiftbitOrder { Expiry = "2026-11-04 is bad, see http://gtbt.co/canarylink1", DeliveryType = "http://gtbt.co/canarylink2" });
        Assert.Equal(["expiry (ours 2026-12-31, Giftbit's 2026-11-04 is bad, see http://gtbt.co/•••)", "delivery (ours SHORTLINK, Giftbit's http://gtbt.co/•••)"], differences);
    }

    [Theory]
    [InlineData("&#65534;")]
    [InlineData("Merci \ufffe")]
    [InlineData("Merci \ud800")]
    public async Task A_message_that_is_no_text_is_another_message(string message)
    {
        await using var bench = await GiftbitBench.StartAsync();
        Assert.Equal(["message"], OrderComparison.Differences(OrderJson.Read(bench.Prepare(1).Body.Span), new Core.Providers.Giftbit.GiftbitOrder { Message = message }));
    }

    [Theory]
    [MemberData(nameof(OtherOrders))]
    public async Task Another_order_under_the_same_id_is_refused_and_says_in_what_it_differs(string field, DuplicateIdAnswer duplicate, LinkContacts contacts)
    {
        await using var bench = await GiftbitBench.StartAsync(o => (o.Giftbit.DuplicateId, o.Giftbit.LinkContacts) = (duplicate, contacts));
        await bench.OrderWithLinksAsync(3);
        var other = field switch
        {
            "price" => bench.Prepare(3, c => c with { Price = Money.Cad(5000) }),
            "brands" => bench.Prepare(3, c => c with { BrandCodes = ["timhortonsca"] }),
            "expiry" => bench.Prepare(3, c => c with { Expiry = new DateOnly(2026, 12, 30) }),
            "message" => bench.Prepare(3, c => c with { Message = "Merci !" }),
            "region" => bench.Prepare(3, c => c with { BrandCodes = [], Region = "Canada" }),
            "more contacts" => bench.Prepare(4),
            _ => bench.Provider.Prepare(GiftbitBench.Terms, GiftbitBench.Terms.CampaignId, GiftbitBench.Recipients(3, from: 11)),
        };
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.PlaceAsync(other));
        Assert.Equal(("GiftbitOrderDiffers", true), (error.Code, error.IsDefinitive));
        var named = field switch { "more contacts" => "number of contacts", "other contacts" => "recipients", "region" => "brands", _ => field };
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, bench.Sim.Giftbit.Store.Gifts.Count);
    }

    [Fact]
    public async Task The_same_order_with_brands_in_another_sequence_and_a_message_respaced_by_giftbit_is_the_same()
    {
        await using var bench = await GiftbitBench.StartAsync();
        await bench.PlaceAsync(bench.Prepare(3, c => c with { Message = "Merci  bien.\r\n&amp; plus" }));
        var again = await bench.PlaceAsync(bench.Prepare(3, c => c with { BrandCodes = ["walmartca", "timhortonsca"], Message = "Merci bien.\n& plus " }));
        Assert.True(again.WasReplay);
    }

    [Theory]
    [InlineData(SpellingSet.Recorded)]
    [InlineData(SpellingSet.Corrected)]
    public async Task A_contact_that_giftbit_refuses_is_named_with_its_reason(SpellingSet spelling)
    {
        await using var bench = await GiftbitBench.StartAsync(o =>
        {
            o.Giftbit.Spelling = spelling;
            o.Giftbit.LinkContacts = LinkContacts.Returned;
            o.Giftbit.KnownBadAddresses = ["essais+2@targo.ca"];
        });
        var answer = await bench.PlaceAsync(bench.Prepare(3));
        var (email, reason) = Assert.Single(answer.RefusedContacts);
        Assert.Equal(("essais+2@targo.ca", "Email address is undeliverable", 0), (email, reason, answer.RefusedUnnamed));
    }

    [Theory]
    [InlineData(LinkContacts.Empty)]
    [InlineData(LinkContacts.Null)]
    public async Task Where_contacts_are_not_returned_the_counts_say_how_many_were_refused(LinkContacts contacts)
    {
        await using var bench = await GiftbitBench.StartAsync(o => (o.Giftbit.LinkContacts, o.Giftbit.KnownBadAddresses) = (contacts, ["essais+2@targo.ca"]));
        var order = bench.Prepare(3);
        Assert.Equal(1, (await bench.PlaceAsync(order)).RefusedUnnamed);
        Assert.Equal(1, (await bench.PlaceAsync(order)).RefusedUnnamed);
    }

    [Fact]
    public async Task An_order_that_giftbit_refuses_was_certainly_not_made()
    {
        await using var bench = await GiftbitBench.StartAsync();
        bench.Sim.Giftbit.Catalogue.Remove("walmartca");
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.PlaceAsync(bench.Prepare(3)));
        Assert.Equal(("GiftbitBrandOrPriceRefused", true, 422, "ERROR_CAMPAIGN_INVALID_BRAND"), (error.Code, error.IsDefinitive, error.Status, error.ProviderCode));
        Assert.Contains("walmartca", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
        Assert.Empty(bench.Sim.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task A_brand_that_vanishes_between_the_lost_answer_and_the_repeat_does_not_hide_the_order()
    {
        await using var bench = await GiftbitBench.StartAsync();
        bench.Sim.Faults.Next("giftbit.campaign.create", Fault.ServerError(503, afterEffect: true));
        bench.Sim.Faults.Next("giftbit.campaign.create", Fault.ServerError(422));
        var answer = await bench.PlaceAsync(bench.Prepare(3));
        Assert.True(answer.WasReplay);
        Assert.Single(bench.Sim.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task A_demand_for_the_count_of_links_has_its_own_code_and_is_met_by_the_order_prepared_anew()
    {
        await using var bench = await GiftbitBench.StartAsync(o => o.Giftbit.RequireLinkCount = true);
        var error = await Assert.ThrowsAsync<GiftProviderException>(() => bench.PlaceAsync(bench.Prepare(3)));
        Assert.Equal((ProviderCodes.LinkCountRequired, true), (error.Code, error.IsDefinitive));
        Assert.Empty(bench.Sim.Giftbit.Store.Orders);
        var anew = bench.Provider.Prepare(GiftbitBench.Terms, GiftbitBench.Terms.CampaignId, GiftbitBench.Recipients(3), withLinkCount: true);
        Assert.Equal(OrderState.Created, (await bench.PlaceAsync(anew)).State);
        Assert.Equal(3, Assert.Single(bench.Sim.Giftbit.Store.Orders).GiftCount);
    }
}
