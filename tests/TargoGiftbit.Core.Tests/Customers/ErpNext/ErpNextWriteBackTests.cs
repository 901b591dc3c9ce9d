using System.Text.Json;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Simulator.ErpNext;
using TargoGiftbit.Simulator.Faults;
using static TargoGiftbit.Core.Tests.Customers.ErpNext.ErpNextBench;

namespace TargoGiftbit.Core.Tests.Customers.ErpNext;

/// <summary>Clicks written back: checked, once, and never a link (spec I1, reference/erpnext.md §3, §4).</summary>
public sealed class ErpNextWriteBackTests
{
    private const string Customer = "CUST-2026-00001";
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    private static async Task<ErpNextWriteBack> WriterAsync(ErpNextBench bench, ErpNextFields? fields = null) =>
        new(bench.Api, await (fields ?? new ErpNextFields()).ProbeAsync(bench.Api, default), Toronto);

    [Theory]
    [InlineData(AnnotationFields.Prefixed, UnknownFieldAnswer.Refused, "custom_")]
    [InlineData(AnnotationFields.Prefixed, UnknownFieldAnswer.Dropped, "custom_")]
    [InlineData(AnnotationFields.Plain, UnknownFieldAnswer.Refused, "")]
    public async Task The_click_and_its_time_in_the_sites_zone_are_written(AnnotationFields annotation, UnknownFieldAnswer unknown, string prefix)
    {
        await using var bench = await ErpNextBench.StartAsync(3, switches => (switches.Annotation, switches.UnknownField) = (annotation, unknown));
        var writer = await WriterAsync(bench, new ErpNextFields { Campaign = "gift_campaign" });
        Assert.Equal(ErpNextWriteOutcome.Updated, await writer.WriteAsync(Clicked(Customer), default));
        var customer = bench.Store.Customer(Customer)!;
        Assert.Equal((1L, "2026-07-01 15:00:00", "ete-2026"), (customer[prefix + "gift_link_clicked"], customer[prefix + "gift_link_clicked_at"], customer[prefix + "gift_campaign"]));
        var body = JsonDocument.Parse(Assert.Single(bench.Sim.Requests.Of("erpnext.update")).Body).RootElement;
        Assert.Equal([prefix + "gift_link_clicked", prefix + "gift_link_clicked_at", prefix + "gift_campaign", "modified"], body.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_name_that_was_given_with_the_prefix_is_found_without_it()
    {
        await using var bench = await ErpNextBench.StartAsync(1, switches => switches.Annotation = AnnotationFields.Plain);
        var fields = await new ErpNextFields { Clicked = "custom_gift_link_clicked" }.ProbeAsync(bench.Api, default);
        Assert.Equal("gift_link_clicked", fields.Clicked);
    }

    [Theory]
    [InlineData(UnknownFieldAnswer.Refused)]
    [InlineData(UnknownFieldAnswer.Dropped)]
    public async Task Fields_that_nobody_made_are_told_before_anything_is_written(UnknownFieldAnswer unknown)
    {
        await using var bench = await ErpNextBench.StartAsync(1, switches => (switches.Annotation, switches.UnknownField) = (AnnotationFields.Absent, unknown));
        var refusal = await Assert.ThrowsAsync<ErpNextException>(() => WriterAsync(bench));
        Assert.Equal(("ErpNextFieldUnknown", true), (refusal.Code, refusal.ConcernsSite));
        Assert.Contains("custom_gift_link_clicked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_part_of_a_gifts_link_reaches_the_site()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        await (await WriterAsync(bench)).WriteAsync(Clicked(Customer), default);
        Assert.All(bench.Sim.Requests.Of("erpnext"), request => Assert.DoesNotContain("CANARYLINK", request.Target + request.BodyText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_click_that_is_there_already_is_not_written_again()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        var writer = await WriterAsync(bench);
        Assert.Equal(ErpNextWriteOutcome.Updated, await writer.WriteAsync(Clicked(Customer), default));
        Assert.Equal(ErpNextWriteOutcome.Unchanged, await writer.WriteAsync(Clicked(Customer), default));
        Assert.Equal(ErpNextWriteOutcome.NotClicked, await writer.WriteAsync(Clicked(Customer) with { ClickedAt = null }, default));
        Assert.Single(bench.Sim.Requests.Of("erpnext.update"));
    }

    [Fact]
    public async Task Of_a_customers_several_gifts_the_latest_click_stands()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        var writer = await WriterAsync(bench);
        Assert.Equal(ErpNextWriteOutcome.Updated, await writer.WriteAsync(Clicked(Customer, ErpNextBench.Start.AddDays(200)), default));
        Assert.Equal(ErpNextWriteOutcome.Unchanged, await writer.WriteAsync(Clicked(Customer, ErpNextBench.Start), default));
        Assert.Equal("2027-01-17 14:00:00", bench.Store.Customer(Customer)!.Text("custom_gift_link_clicked_at"));
    }

    [Fact]
    public async Task A_customer_whom_somebody_saved_meanwhile_is_looked_at_again_once()
    {
        await using var bench = await ErpNextBench.StartAsync(1, switches => switches.ForeignEdits = 1);
        var writer = await WriterAsync(bench);
        Assert.Equal(ErpNextWriteOutcome.Updated, await writer.WriteAsync(Clicked(Customer), default));
        Assert.Equal(2, bench.Sim.Requests.Of("erpnext.update").Count);

        bench.Switches.ForeignEdits = 2;
        var refusal = await Assert.ThrowsAsync<ErpNextException>(() => writer.WriteAsync(Clicked(Customer, ErpNextBench.Start.AddDays(1)), default));
        Assert.Equal(("ErpNextStale", "TimestampMismatchError", false), (refusal.Code, refusal.Type, refusal.ConcernsSite));
        Assert.Contains("has been modified", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_found_done()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        var writer = await WriterAsync(bench);
        bench.Sim.Faults.Next("erpnext.update", Fault.ServerError(502, afterEffect: true));
        await writer.WriteAsync(Clicked(Customer), default);
        Assert.Equal(1L, bench.Store.Customer(Customer)!["custom_gift_link_clicked"]);
        // The repeat was refused as stale, and the look at the customer showed the click.
        Assert.Equal([0, 417], bench.Sim.Requests.Of("erpnext.update").Select(request => request.Status == 417 ? 417 : 0));
    }

    [Fact]
    public async Task A_site_that_says_yes_and_does_nothing_is_found_out()
    {
        await using var bench = await ErpNextBench.StartAsync(1, switches => switches.AnnotationWritable = false);
        var refusal = await Assert.ThrowsAsync<ErpNextException>(async () => await (await WriterAsync(bench)).WriteAsync(Clicked(Customer), default));
        Assert.Equal(("ErpNextNotWritten", true), (refusal.Code, refusal.ConcernsSite));
    }

    [Fact]
    public async Task A_customer_that_the_site_does_not_have_is_told_by_its_id()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        var writer = await WriterAsync(bench);
        var unknown = await Assert.ThrowsAsync<ErpNextException>(() => writer.WriteAsync(Clicked("C-404"), default));
        Assert.Equal(("ErpNextCustomerUnknown", false), (unknown.Code, unknown.ConcernsSite));
        Assert.Equal("ErpNextCustomerIdMissing", (await Assert.ThrowsAsync<ErpNextException>(() => writer.WriteAsync(Clicked(null), default))).Code);
    }

    [Theory]
    [InlineData("A/B & Fils é")]
    [InlineData("100% #1?")]
    public async Task Any_name_can_be_written_to(string name)
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        bench.Store.AddCustomer(name);
        Assert.Equal(ErpNextWriteOutcome.Updated, await (await WriterAsync(bench)).WriteAsync(Clicked(name), default));
        Assert.Equal(1L, bench.Store.Customer(name)!["custom_gift_link_clicked"]);
    }

    [Fact]
    public async Task Dots_do_not_climb_out_of_the_list_of_customers()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        var writer = await WriterAsync(bench);
        var before = bench.Sim.Requests.Of("erpnext").Count;
        Assert.Equal("ErpNextCustomerUnknown", (await Assert.ThrowsAsync<ErpNextException>(() => writer.WriteAsync(Clicked(".."), default))).Code);
        Assert.Equal(before, bench.Sim.Requests.Of("erpnext").Count);
    }

    [Fact]
    public async Task The_request_does_not_wait_for_a_100_Continue()
    {
        await using var bench = await ErpNextBench.StartAsync(1);
        await (await WriterAsync(bench)).WriteAsync(Clicked(Customer), default);
        Assert.Null(Assert.Single(bench.Sim.Requests.Of("erpnext.update")).Header("Expect"));
    }

    [Fact]
    public async Task Broken_answers_do_not_keep_a_click_from_being_written()
    {
        await using var bench = await ErpNextBench.StartAsync(40);
        var writer = await WriterAsync(bench);
        bench.Sim.Options.HangTime = TimeSpan.FromMilliseconds(100);
        bench.Sim.Faults.Random("erpnext.*", 0.25, seed: 9);
        foreach (var customer in bench.Store.Customers) await writer.WriteAsync(Clicked(customer.Name), default);
        Assert.All(bench.Store.Customers, customer => Assert.Equal(1L, customer["custom_gift_link_clicked"]));
    }
}
