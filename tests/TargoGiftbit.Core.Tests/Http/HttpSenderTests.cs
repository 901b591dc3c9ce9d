using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Tests.Http;

public sealed class HttpSenderTests
{
    private readonly List<RetryNotice> notices = [];

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_read_is_repeated_after_a_status_that_may_pass(int status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", status), ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender();
        var result = await sender.SendAsync(Get(server), Number, default);
        Assert.Equal(7, result.Value);
        Assert.Equal(status != 429, result.EarlierAttemptMayHaveWorked);
        Assert.Equal(2, server.Requests.Count);
        var notice = Assert.Single(notices);
        Assert.Equal(("Test", "GET", "/x", 1), (notice.Service, notice.Method, notice.Path, notice.Attempt));
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), notice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(302)]
    public async Task A_status_that_stays_is_returned_at_once_and_no_redirect_is_followed(int status)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", status, h => h.Location = "https://example.com/"));
        using var sender = Sender();
        var result = await sender.SendAsync(Get(server), Number, default);
        Assert.Equal(status, result.Answer.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_reset_an_answer_cut_short_and_a_body_that_is_no_json_are_repeated()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Reset(), ScriptedServer.CutShort("""{"n":"""), ScriptedServer.Json("""{"n":"""), ScriptedServer.Html(200, "<html>"), ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender();
        var result = await sender.SendAsync(Get(server), Number, default);
        Assert.Equal(7, result.Value);
        Assert.Equal(5, server.Requests.Count);
        Assert.True(result.EarlierAttemptMayHaveWorked);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_after_the_time_limit_of_the_attempt()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(), ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender(o => o with { Time = TimeProvider.System, AttemptTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(7, (await sender.SendAsync(Get(server), Number, default)).Value);
        Assert.Contains("no answer within 0.3 s", Assert.Single(notices).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_drips_its_body_is_left_after_the_time_limit_too()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ");
                await context.Response.Body.FlushAsync();
                await Task.Delay(20);
            }
        });
        using var sender = Sender(o => o with { Time = TimeProvider.System, AttemptTimeout = TimeSpan.FromMilliseconds(300), MaxRetries = 0 });
        var error = await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(Get(server), Number, default));
        Assert.Equal("HttpTimedOut", error.Code);
        Assert.True(error.MayHaveWorked);
    }

    [Fact]
    public async Task A_write_without_promise_of_one_effect_is_never_repeated_when_it_may_have_worked()
    {
        foreach (var script in (RequestDelegate[])[ScriptedServer.Json("{}", 503), ScriptedServer.Reset(), ScriptedServer.CutShort("{"), ScriptedServer.Json("{")])
        {
            await using var server = await ScriptedServer.StartAsync(script);
            using var sender = Sender();
            var ask = new HttpAsk(HttpMethod.Post, server.Address) { Body = "{}"u8.ToArray() };
            var error = await Record.ExceptionAsync(() => sender.SendAsync(ask, Number, default));
            Assert.True(error is null or HttpFaultException { MayHaveWorked: true });
            Assert.Single(server.Requests);
        }
    }

    [Fact]
    public async Task A_write_that_was_turned_away_with_429_is_repeated()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 429), ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender();
        var result = await sender.SendAsync(new HttpAsk(HttpMethod.Post, server.Address) { Body = "{}"u8.ToArray() }, Number, default);
        Assert.Equal(7, result.Value);
        Assert.False(result.EarlierAttemptMayHaveWorked);
    }

    [Fact]
    public async Task A_write_that_may_be_repeated_is_with_the_same_bytes()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Reset(), ScriptedServer.Json("{}", 502), ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender();
        var result = await sender.SendAsync(new HttpAsk(HttpMethod.Post, server.Address) { Body = "{\"a\":1}"u8.ToArray(), MayRepeat = true }, Number, default);
        Assert.True(result.EarlierAttemptMayHaveWorked);
        Assert.All(server.Requests, r => Assert.Equal("{\"a\":1}", r.Body));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Waits_grow_and_differ_and_stay_below_the_longest()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 503));
        using var sender = Sender(o => o with { MaxRetries = 8, MaxDelay = TimeSpan.FromSeconds(5), TotalTime = TimeSpan.FromHours(1) });
        var result = await sender.SendAsync(Get(server), Number, default);
        Assert.Equal(503, result.Answer.Status);
        Assert.Equal(9, server.Requests.Count);
        Assert.Equal(8, notices.Count);
        Assert.All(notices, n => Assert.InRange(n.Delay, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.True(notices[^1].Delay > notices[0].Delay);
        Assert.True(notices.Select(n => n.Delay).Distinct().Count() > 4);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("date", 30)]
    public async Task The_service_says_how_long_to_wait(string header, int seconds)
    {
        // Measured by the server's own clock, which here is years off.
        var serverTime = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json("{}", 429, h =>
            {
                h.Date = serverTime.ToString("R", CultureInfo.InvariantCulture);
                h.RetryAfter = header == "date" ? serverTime.AddSeconds(30).ToString("R", CultureInfo.InvariantCulture) : header;
            }),
            ScriptedServer.Json("""{"n":7}"""));
        using var sender = Sender();
        await sender.SendAsync(Get(server), Number, default);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(notices).Delay);
    }

    [Fact]
    public async Task A_service_that_asks_for_more_time_than_there_is_is_not_asked_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 429, h => h.RetryAfter = "3600"));
        using var sender = Sender();
        var result = await sender.SendAsync(Get(server), Number, default);
        Assert.Equal((429, TimeSpan.FromHours(1)), (result.Answer.Status, result.Answer.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nothing_is_repeated_after_the_total_time()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 503, h => h.RetryAfter = "40"));
        using var sender = Sender(o => o with { MaxRetries = 50, TotalTime = TimeSpan.FromSeconds(100) });
        await sender.SendAsync(Get(server), Number, default);
        // Two waits fit at most; on a slow machine perhaps one.
        Assert.InRange(server.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_between_attempts_and_the_attempt_in_flight()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 429, h => h.RetryAfter = "100"), ScriptedServer.Hang());
        foreach (var time in (TimeProvider[])[TimeProvider.System, new FastTime(1000)])
        {
            using var stop = new CancellationTokenSource();
            using var sender = Sender(o => o with { Time = time, AttemptTimeout = TimeSpan.FromHours(10) });
            var call = sender.SendAsync(Get(server), Number, stop.Token);
            await Task.Delay(300);
            Assert.False(call.IsCompleted);
            await stop.CancelAsync();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(stop.Token, error.CancellationToken);
        }
    }

    private HttpSender Sender(Func<HttpOptions, HttpOptions>? change = null)
    {
        var options = new HttpOptions { Service = "Test", Time = new FastTime(1000), AttemptTimeout = TimeSpan.FromHours(1), OnRetry = notices.Add };
        // A thousandfold clock makes an hour of 3.6 s: the total time must outlast a slow test machine.
        options = options with { TotalTime = TimeSpan.FromMinutes(30) };
        return new HttpSender(change is null ? options : change(options));
    }

    private static HttpAsk Get(ScriptedServer server) => new(HttpMethod.Get, new Uri(server.Address, "/x?q=1"));

    private static int Number(HttpAnswer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.GetProperty("n").GetInt32();
    }
}
