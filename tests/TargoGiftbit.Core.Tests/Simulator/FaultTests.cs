using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class FaultTests : SimulatorTest
{
    [Fact]
    public async Task A_reset_after_the_effect_leaves_the_order_and_no_answer()
    {
        Sim.Faults.Next("giftbit.campaign.create", Fault.Reset(afterEffect: true));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Giftbit, "campaign", Order("a")));
        Assert.Single(Sim.Giftbit.Store.Orders);
    }

    [Fact]
    public async Task A_reset_before_the_effect_leaves_nothing()
    {
        Sim.Faults.Next("giftbit.campaign.create", Fault.Reset());
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Giftbit, "campaign", Order("a")));
        Assert.Empty(Sim.Giftbit.Store.Orders);
        Assert.Equal(200, (await PostAsync(Giftbit, "campaign", Order("a"))).Status);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_hang_ends_when_the_client_gives_up(bool afterEffect, int accepted)
    {
        Sim.Options.HangTime = TimeSpan.FromMinutes(5);
        Sim.Faults.Next("mailjet.send", Fault.Hang(afterEffect));
        Mailjet.Timeout = TimeSpan.FromMilliseconds(300);
        await Assert.ThrowsAsync<TaskCanceledException>(() => SendAsync(Mail("a:1")));
        Assert.Equal(accepted, Sim.Inbox.Count);
    }

    [Fact]
    public async Task A_held_request_waits_until_it_is_released_and_then_has_its_effect()
    {
        Sim.Faults.Always("mailjet.send", Fault.Hold());
        await FinishAsync("a:1", Sim.Faults.Release);
        Assert.Equal(1, Sim.Inbox.Count);
        await FinishAsync("a:2", Sim.Faults.Clear);
        Assert.Equal(2, Sim.Inbox.Count);

        async Task FinishAsync(string customId, Action release)
        {
            var before = (Held: Sim.Faults.Applied.Count, Accepted: Sim.Inbox.Count);
            var sending = SendAsync(Mail(customId));
            while (Sim.Faults.Applied.Count == before.Held)
                await Task.Delay(10);
            Assert.Equal(before.Accepted, Sim.Inbox.Count);
            // Again and again: the fault is counted a moment before the request waits.
            while (!sending.IsCompleted)
            {
                release();
                await Task.Delay(10);
            }

            await sending;
        }
    }

    [Fact]
    public async Task A_held_request_that_the_client_gives_up_has_no_effect()
    {
        Sim.Faults.Always("mailjet.send", Fault.Hold());
        Mailjet.Timeout = TimeSpan.FromMilliseconds(300);
        await Assert.ThrowsAsync<TaskCanceledException>(() => SendAsync(Mail("a:1")));
        Sim.Faults.Clear();
        Assert.Equal(0, Sim.Inbox.Count);
    }

    [Fact]
    public async Task Status_faults_carry_their_header_and_their_html()
    {
        Sim.Faults.Next("giftbit.ping", Fault.RateLimit(retryAfter: 7));
        Sim.Faults.Next("giftbit.ping", Fault.ServerError());
        var path = new Uri("ping", UriKind.Relative);
        using var limited = await Giftbit.GetAsync(path);
        using var broken = await Giftbit.GetAsync(path);
        using var good = await Giftbit.GetAsync(path);
        Assert.Equal([429, 503, 200], [(int)limited.StatusCode, (int)broken.StatusCode, (int)good.StatusCode]);
        Assert.Equal(TimeSpan.FromSeconds(7), limited.Headers.RetryAfter!.Delta);
        Assert.Equal("text/html", broken.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_testbed_header_forces_a_429()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "ping");
        request.Headers.Add("SIMULATE-RATELIMIT", "true");
        using var response = await Giftbit.SendAsync(request);
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Bodies_can_be_truncated_cut_and_garbled()
    {
        Sim.Faults.Next("giftbit.ping", Fault.Truncate());
        Sim.Faults.Next("giftbit.ping", Fault.Cut());
        Sim.Faults.Next("giftbit.ping", Fault.Garbage());
        await Assert.ThrowsAnyAsync<JsonException>(() => GetAsync(Giftbit, "ping"));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(Giftbit, "ping"));
        await Assert.ThrowsAnyAsync<JsonException>(() => GetAsync(Giftbit, "ping"));
        Assert.Equal(3, Sim.Faults.Applied.Count);
    }

    [Fact]
    public async Task A_trickle_gives_the_whole_answer_in_the_end()
    {
        Sim.Faults.Next("giftbit.ping", Fault.Trickle(TimeSpan.FromMilliseconds(1)));
        var watch = Stopwatch.StartNew();
        var body = await GetAsync(Giftbit, "ping");
        Assert.Equal("simulator@targo.ca", body.GetProperty("username").GetString());
        Assert.True(watch.ElapsedMilliseconds > 100, "one byte a millisecond takes longer than a tenth of a second");
    }

    [Fact]
    public void Random_faults_depend_on_seed_route_and_number_of_the_call_alone()
    {
        static string Draw(int seed, string otherRoute)
        {
            var plan = new FaultPlan();
            plan.Random("*", 0.2, seed);
            var drawn = new StringBuilder();
            for (var call = 0; call < 200; call++)
            {
                plan.Take(otherRoute);
                drawn.Append(plan.Take("giftbit.gifts")?.ToString() ?? ".").Append(' ');
            }

            return drawn.ToString();
        }

        Assert.Equal(Draw(1, "mailjet.send"), Draw(1, "smtp.mail"));
        Assert.NotEqual(Draw(1, "mailjet.send"), Draw(2, "mailjet.send"));
        Assert.InRange(Draw(1, "a").Split(' ').Count(word => word == "."), 140, 180);
    }

    [Fact]
    public async Task Every_request_is_on_record_with_its_body_and_its_fault()
    {
        Sim.Faults.Next("giftbit.campaign.create", Fault.ServerError(502, afterEffect: true));
        using var content = new StringContent(JsonSerializer.Serialize(Order("a")));
        using var response = await Giftbit.PostAsync(new Uri("campaign", UriKind.Relative), content);
        var record = Assert.Single(Sim.Requests.Of("giftbit"));
        Assert.Equal(("POST", "/papi/v1/campaign", 502), (record.Method, record.Path, record.Status));
        Assert.Contains("Zoé1", record.BodyText.Replace("\\u00E9", "é", StringComparison.Ordinal));
        Assert.Equal("502-after", record.Fault!.ToString());
        Assert.Single(Sim.Giftbit.Store.Orders);
    }
}
