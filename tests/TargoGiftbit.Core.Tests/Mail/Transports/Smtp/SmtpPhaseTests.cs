using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

/// <summary>What comes of a message when something goes wrong at a given point of the dialogue.</summary>
public sealed class SmtpPhaseTests
{
    private static readonly SmtpOptions Quick = new() { Timeouts = new SmtpTimeouts { Quit = TimeSpan.FromMilliseconds(200) } };

    [Fact]
    public async Task The_envelope_goes_in_one_piece_and_the_content_follows_354()
    {
        string content = "";
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING", "SIZE 1000000");
            var envelope = await talk.HearEnvelopeAsync();
            Assert.StartsWith("MAIL FROM:<noreply@targo.ca> SIZE=", envelope[0], StringComparison.Ordinal);
            Assert.Equal("RCPT TO:<client1@example.com>", envelope[1]);
            await talk.SayAsync("250 ok", "250 ok", "354 go on");
            content = await talk.HearContentAsync();
            Assert.Equal($"MAIL FROM:<noreply@targo.ca> SIZE={content.Length}", envelope[0]);
            await talk.SayAsync("250 2.0.0 Ok: queued as 4C0FFEE");
            await talk.HearAsync("QUIT");
        });
        await using (var transport = server.Transport(Quick))
        {
            var result = Assert.Single(await transport.HandOverAsync([Messages.One()], default));
            Assert.Equal(new HandOver(HandOverResult.Accepted, "4C0FFEE"), result);
        }
        Assert.Equal("targo-2026-q2-loyalty:1", MimeReader.Parse(content)["X-MJ-CustomID"]);
    }

    [Fact]
    public async Task Without_PIPELINING_every_command_waits_for_its_answer()
    {
        await using var server = new ScriptedSmtpServer(talk => talk.ServeAsync(pipelining: false));
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(3), default);
        Assert.All(results, r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("554 5.7.1 spam", HandOverResult.Refused)]
    [InlineData("452 4.3.1 no space", HandOverResult.Deferred)]
    [InlineData("250 queued", HandOverResult.Accepted)]
    [InlineData("354 again?", HandOverResult.Unknown)]
    [InlineData("garbage", HandOverResult.Unknown)]
    public async Task The_reply_to_the_final_dot_decides(string reply, HandOverResult expected)
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.TakeMessageAsync();
            await talk.SayAsync(reply);
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick);
        Assert.Equal(expected, Assert.Single(await transport.HandOverAsync([Messages.One()], default)).Result);
    }

    [Fact]
    public async Task A_connection_lost_after_the_content_leaves_the_message_unknown_and_it_is_not_sent_again()
    {
        await using var server = new ScriptedSmtpServer(
            async talk =>
            {
                await talk.GreetAsync("PIPELINING");
                await talk.TakeMessageAsync();
                talk.Reset();
            },
            talk => talk.ServeAsync());
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.Equal([HandOverResult.Unknown, HandOverResult.Accepted], results.Select(r => r.Result));
        Assert.Single(server.Heard, "RCPT TO:<client1@example.com>");
    }

    [Fact]
    public async Task A_connection_lost_before_the_content_is_replaced_and_the_message_sent_once()
    {
        await using var server = new ScriptedSmtpServer(
            async talk =>
            {
                await talk.GreetAsync("PIPELINING");
                await talk.HearEnvelopeAsync();
                talk.Reset();
            },
            async talk =>
            {
                await talk.GreetAsync("PIPELINING");
                await talk.HearEnvelopeAsync();
                await talk.SayAsync("421 4.3.2 closing");
            },
            talk => talk.ServeAsync());
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(3), default);
        // Twice in a row is the server's answer: the message and the rest wait, certainly not taken.
        Assert.Equal([HandOverResult.Deferred, HandOverResult.NotTried, HandOverResult.NotTried], results.Select(r => r.Result));
        Assert.Equal("421 4.3.2", results[1].ReasonCode);
        Assert.Equal(2, server.Connections);
        Assert.All(await transport.HandOverAsync(Messages.Batch(3), default), r => Assert.Equal(HandOverResult.Accepted, r.Result));
    }

    [Fact]
    public async Task A_421_between_two_messages_costs_a_connection_and_nothing_else()
    {
        await using var server = new ScriptedSmtpServer(
            async talk =>
            {
                await talk.GreetAsync("PIPELINING");
                await talk.TakeMessageAsync();
                await talk.SayAsync("250 queued as A", "421 4.7.0 too many messages");
            },
            talk => talk.ServeAsync());
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(3), default);
        Assert.All(results, r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Cancelling_while_the_content_is_out_leaves_it_unknown_and_the_rest_untried()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.TakeMessageAsync();
            await stop.CancelAsync();
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(2), stop.Token);
        Assert.Equal([HandOverResult.Unknown, HandOverResult.NotTried], results.Select(r => r.Result));
    }

    [Fact]
    public async Task Cancelling_before_the_content_leaves_everything_untried()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.HearEnvelopeAsync();
            await stop.CancelAsync();
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(2), stop.Token);
        Assert.All(results, r => Assert.Equal(HandOverResult.NotTried, r.Result));
    }

    [Fact]
    public async Task A_message_beyond_the_servers_size_is_refused_without_a_word_to_it()
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING", "SIZE 2000");
            await talk.HearAsync("QUIT");
        });
        await using (var transport = server.Transport(Quick))
        {
            var result = Assert.Single(await transport.HandOverAsync([Messages.One(html: new string('x', 3000))], default));
            Assert.Equal((HandOverResult.Refused, "SmtpTooLarge"), (result.Result, result.ReasonCode));
        }
    }

    [Fact]
    public async Task An_address_beyond_ASCII_asks_for_SMTPUTF8_or_is_refused()
    {
        await using var server = new ScriptedSmtpServer(
            async talk =>
            {
                await talk.GreetAsync("PIPELINING", "8BITMIME", "SMTPUTF8");
                var envelope = await talk.HearEnvelopeAsync();
                Assert.Equal("MAIL FROM:<noreply@targo.ca> BODY=8BITMIME SMTPUTF8", envelope[0]);
                Assert.Equal("RCPT TO:<zoé@xn--fort-ipa.example>", envelope[1]);
                await talk.SayAsync("250 ok", "250 ok", "354 go on");
                await talk.HearContentAsync();
                await talk.SayAsync("250 ok", "421 bye");
            },
            talk => talk.GreetAsync("PIPELINING"));
        await using var transport = server.Transport(Quick);
        var message = Messages.One(to: "zoé@forêt.example");
        Assert.Equal(HandOverResult.Accepted, Assert.Single(await transport.HandOverAsync([message], default)).Result);
        var refused = Assert.Single(await transport.HandOverAsync([message], default));
        Assert.Equal((HandOverResult.Refused, "SmtpUtf8Missing"), (refused.Result, refused.ReasonCode));
    }

    [Fact]
    public async Task A_message_at_fault_is_refused_and_the_others_go_on()
    {
        await using var server = new ScriptedSmtpServer(talk => talk.ServeAsync());
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync([Messages.One(1), Messages.One(2, to: "a@b\r\nRCPT TO:<c@d.example>"), Messages.One(3)], default);
        Assert.Equal([HandOverResult.Accepted, HandOverResult.Refused, HandOverResult.Accepted], results.Select(r => r.Result));
        Assert.Equal("MailAddressInvalid", results[1].ReasonCode);
        Assert.DoesNotContain(server.Heard, line => line.Contains("c@d.example", StringComparison.Ordinal));
    }
}
