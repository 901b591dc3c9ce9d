using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Campaigns;

/// <summary>The first mails of a careful run, its breaker, and what a cut leaves behind (spec D9).</summary>
public sealed class MailingRunTests
{
    private static readonly MailingOptions Careful = new() { Careful = true, Parallelism = 2 };

    [Fact]
    public async Task Five_go_first_and_when_two_of_them_bounce_nothing_follows_until_the_cause_is_mended()
    {
        await using var world = await ReadyAsync(60, o => o.Mailjet.BouncingRecipients = Rows(1, 2));

        var (summary, results) = await SendAsync(world, Careful);

        Assert.Equal((5, 2, 0, 5), (summary.Sent, summary.Bounced, summary.Refused, results.Count));
        Assert.Contains("of 5 messages 0 were refused and 2 bounced", summary.StoppedBecause, StringComparison.Ordinal);
        Assert.Single(world.Simulator.Requests.Of("mailjet.send"));

        world.Simulator.Options.Mailjet.BouncingRecipients = [];
        (summary, _) = await SendAsync(world, Careful);
        Assert.Equal((55, 5, null), (summary.Sent, summary.AlreadySent, summary.StoppedBecause));
        Assert.Empty(world.Simulator.Inbox.RepeatedCustomIds);
    }

    [Fact]
    public async Task One_bad_address_among_the_first_is_no_reason_to_stop()
    {
        await using var world = await ReadyAsync(30, o => o.Mailjet.BouncingRecipients = Rows(3));
        var (summary, _) = await SendAsync(world, Careful);
        Assert.Equal((30, 1, null, 30), (summary.Sent, summary.Bounced, summary.StoppedBecause, summary.Total));
    }

    [Fact]
    public async Task Bounces_that_begin_later_stop_the_run_as_well()
    {
        await using var world = await ReadyAsync(120, o =>
        {
            o.Mailjet.BouncingRecipients = Rows([.. Enumerable.Range(6, 115)]);
            o.Mailjet.IndexDelay = TimeSpan.Zero;
        });
        var (summary, _) = await SendAsync(world, Careful with { RateLimit = 10, Parallelism = 1, LookInterval = TimeSpan.FromSeconds(1) });
        Assert.InRange(summary.Sent, 6, 100);
        Assert.True(summary.Bounced > summary.Sent / 5);
        Assert.NotNull(summary.StoppedBecause);
    }

    [Fact]
    public async Task Where_the_service_cannot_be_asked_the_events_that_reached_the_ledger_count()
    {
        await using var world = await ReadyAsync(30);
        var (summary, _) = await SendAsync(world, Careful, canAsk: false, report: result =>
        {
            if (result.Id.Row is not (2 or 4)) return ValueTask.CompletedTask;
            world.Ledger.Events.Store([new MailjetEventBody([new MailjetEvent
            {
                Kind = result.Id.Row == 2 ? MailEventKind.Blocked : MailEventKind.Bounce, Word = "bounce", IsHardBounce = true, CustomId = result.Id.CustomId, MessageId = result.Gift!.MessageId,
            }], [])]);
            return ValueTask.CompletedTask;
        });
        Assert.Equal((5, 2), (summary.Sent, summary.Bounced));
        Assert.NotNull(summary.StoppedBecause);
    }

    [Fact]
    public async Task Bounces_of_an_earlier_mailing_do_not_count_against_this_one()
    {
        await using var world = await ReadyAsync(20, o => o.Mailjet.BouncingRecipients = Rows(1, 2, 3));
        await SendAsync(world, new MailingOptions());
        world.Simulator.Clock.Advance(TimeSpan.FromSeconds(30));
        world.Simulator.Options.Mailjet.BouncingRecipients = [];
        var (summary, _) = await SendAsync(world, Careful with { Resend = true });
        Assert.Equal((20, 0, null), (summary.Sent, summary.Bounced, summary.StoppedBecause));
    }

    [Fact]
    public async Task Refusals_and_bounces_count_together()
    {
        await using var world = await ReadyAsync(30, o =>
        {
            o.Mailjet.RefusedRecipients = Rows(1);
            o.Mailjet.BouncingRecipients = Rows(2);
        });
        var (summary, _) = await SendAsync(world, Careful);
        Assert.Equal((4, 1, 1), (summary.Sent, summary.Refused, summary.Bounced));
        Assert.NotNull(summary.StoppedBecause);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_the_question_holds_nothing_up()
    {
        await using var world = await ReadyAsync(12);
        world.Simulator.Faults.Always("mailjet.message", Fault.ServerError(500));
        var (summary, _) = await SendAsync(world, Careful);
        Assert.Equal((12, null), (summary.Sent, summary.StoppedBecause));
    }

    [Fact]
    public async Task A_run_that_is_not_careful_neither_waits_nor_asks()
    {
        await using var world = await ReadyAsync(60, o => o.Mailjet.BouncingRecipients = Rows([.. Enumerable.Range(1, 60)]));
        var (summary, _) = await world.SendAsync(options: new MailingOptions());
        Assert.Equal((60, 0, null), (summary.Sent, summary.Bounced, summary.StoppedBecause));
        Assert.Empty(world.Simulator.Requests.Of("mailjet.message"));
    }

    [Fact]
    public async Task After_a_cut_no_batch_begins_and_the_one_in_flight_is_recorded()
    {
        await using var world = await ReadyAsync(150);
        world.Simulator.Faults.Next("mailjet.send", Fault.Slow(TimeSpan.FromMilliseconds(400)));
        await CutAsync(world, new MailingOptions { Parallelism = 1 });
        Assert.Equal(50, world.Simulator.Inbox.Count);
        Assert.Equal((50, 100), (Count(world, MailState.Sent), Count(world, MailState.NotSent)));
    }

    [Fact]
    public async Task What_has_not_ended_when_the_grace_time_is_over_is_left_uncertain_and_found_later()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), new MailingOptions().Grace);
        await using var world = await ReadyAsync(150);
        world.Simulator.Faults.Next("mailjet.send", Fault.Hang(afterEffect: true));
        await CutAsync(world, new MailingOptions { Parallelism = 1, Grace = TimeSpan.FromMilliseconds(100) });
        Assert.Equal((50, 100), (Count(world, MailState.Uncertain), Count(world, MailState.NotSent)));

        await world.SettleAsync();
        await world.SendAsync();
        Assert.Equal((150, 150), (Count(world, MailState.Sent), world.Simulator.Inbox.Count));
        Assert.Empty(world.Simulator.Inbox.RepeatedCustomIds);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_more_batches_are_at_the_service_at_once_than_was_asked_for()
    {
        await using var world = await ReadyAsync(300);
        world.Simulator.Faults.Always("mailjet.send", Fault.Hold());
        var run = world.SendAsync(options: new MailingOptions { Parallelism = 2 });
        while (world.Simulator.Requests.Of("mailjet.send").Count() < 2) await Task.Delay(5);
        await Task.Delay(200);
        Assert.Equal(2, world.Simulator.Requests.Of("mailjet.send").Count());
        Assert.Equal((100, 200), (Count(world, MailState.HandingOver), Count(world, MailState.NotSent)));

        world.Simulator.Faults.Clear();
        await run;
        Assert.Equal((300, 300), (Count(world, MailState.Sent), world.Simulator.Inbox.Count));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task A_run_whose_results_nobody_takes_goes_on_with_a_few_batches_only(int parallelism, int batches)
    {
        await using var world = await ReadyAsync(300);
        var taken = new TaskCompletionSource();
        var run = world.SendAsync(options: new MailingOptions { Parallelism = parallelism }, report: _ => new ValueTask(taken.Task));
        while (Count(world, MailState.Sent) < batches * 50) await Task.Delay(5);
        await Task.Delay(200);
        Assert.Equal(batches, world.Simulator.Requests.Of("mailjet.send").Count());
        Assert.Equal(300 - batches * 50, Count(world, MailState.NotSent));

        taken.SetResult();
        await run;
        Assert.Equal((300, 300), (Count(world, MailState.Sent), world.Simulator.Inbox.Count));
    }

    private static async Task CutAsync(CampaignWorld world, MailingOptions options)
    {
        using var cut = new CancellationTokenSource();
        var run = world.SendAsync(options: options, cancellationToken: cut.Token);
        while (!world.Simulator.Requests.Of("mailjet.send").Any()) await Task.Delay(5);
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Single(world.Simulator.Requests.Of("mailjet.send"));
    }

    // Waiting for the canaries takes seconds of the simulator's clock: it runs fast meanwhile.
    private static async Task<(MailingSummary Summary, List<MailingResult> Results)> SendAsync(CampaignWorld world, MailingOptions options, bool canAsk = true, Func<MailingResult, ValueTask>? report = null)
    {
        world.Simulator.Clock.Scale = 50;
        try { return await world.SendAsync(options: options, canAsk: canAsk, report: report); }
        finally { world.Simulator.Clock.Scale = 0; }
    }

    private static async Task<CampaignWorld> ReadyAsync(int gifts, Action<SimulatorOptions>? set = null)
    {
        var world = await CampaignWorld.StartAsync(set);
        await world.OrderAsync(world.Terms(), CampaignWorld.Contacts(gifts));
        await world.CollectAsync();
        return world;
    }

    private static List<string> Rows(params int[] rows) => [.. rows.Select(row => $"essais+{row}@targo.ca")];

    private static int Count(CampaignWorld world, MailState state) => world.Gifts().Count(g => g.MailState == state);
}
