using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

/// <summary>A refusal of the sender, the recipient or the content costs its own message and no other.</summary>
public sealed class SmtpRefusalTests
{
    private static readonly SmtpOptions Quick = new() { Timeouts = new SmtpTimeouts { Quit = TimeSpan.FromMilliseconds(200) } };

    [Theory]
    [InlineData("550 5.1.1 no such user", HandOverResult.Refused, "550 5.1.1")]
    [InlineData("451 4.7.1 greylisted", HandOverResult.Deferred, "451 4.7.1")]
    [InlineData("452 full", HandOverResult.Deferred, "452")]
    public async Task A_refused_recipient_gets_that_outcome_and_a_lone_dot_ends_a_DATA_that_was_taken(string reply, HandOverResult expected, string code)
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("250 ok", reply, "354 go on");
            Assert.Equal("", await talk.HearContentAsync());
            await talk.SayAsync("554 5.5.1 no valid recipients");
            await talk.HearAsync("RSET");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("250 reset", "250 ok", "250 ok", "354 go on");
            Assert.NotEqual("", await talk.HearContentAsync());
            await talk.SayAsync("250 queued as B");
        });
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.Equal((expected, code), (results[0].Result, results[0].ReasonCode));
        Assert.Equal(HandOverResult.Accepted, results[1].Result);
    }

    [Fact]
    public async Task A_refused_recipient_and_a_refused_DATA_are_reset_before_the_next_message()
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("250 ok", "550 5.1.1 no such user", "503 5.5.1 no recipients");
            await talk.HearAsync("RSET");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("250 reset", "250 ok", "250 ok", "354 go on");
            await talk.HearContentAsync();
            await talk.SayAsync("250 queued as B");
        });
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.Equal([HandOverResult.Refused, HandOverResult.Accepted], results.Select(r => r.Result));
    }

    [Fact]
    public async Task When_only_the_sender_is_refused_no_dot_is_sent_that_could_deliver_an_empty_mail()
    {
        var heardMore = false;
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("451 4.3.0 later", "250 ok", "354 go on");
            await talk.HearAsync("");
            heardMore = true;
        });
        await using var transport = server.Transport(Quick);
        var result = Assert.Single(await transport.HandOverAsync([Messages.One()], default));
        Assert.Equal((HandOverResult.Deferred, "451 4.3.0"), (result.Result, result.ReasonCode));
        Assert.False(heardMore);
    }

    [Theory]
    [InlineData("530 5.7.0 Authentication required", "SmtpCredentialsRefused")]
    [InlineData("550 5.7.1 sender not allowed", "SmtpSenderRefused")]
    public async Task A_sender_refused_for_good_stops_the_transport_before_anything_went_out(string reply, string code)
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync(reply, "503 no", "503 no");
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick);
        Assert.Equal(code, (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync(Messages.Batch(2), default))).Code);
    }

    [Fact]
    public async Task A_sender_refused_after_messages_were_taken_loses_none_of_their_outcomes()
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.TakeMessageAsync();
            await talk.SayAsync("250 queued as A");
            await talk.HearEnvelopeAsync();
            await talk.SayAsync("550 5.7.1 sender not allowed", "503 no", "503 no");
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick);
        var results = await transport.HandOverAsync(Messages.Batch(3), default);
        Assert.Equal([HandOverResult.Accepted, HandOverResult.NotTried, HandOverResult.NotTried], results.Select(r => r.Result));
        Assert.Equal("SmtpSenderRefused", results[2].ReasonCode);
    }
}
