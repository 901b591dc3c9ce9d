using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Mail.Transports.Smtp;
using TargoGiftbit.Core.Tests.Mail.Transports.Smtp;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Core.Tests.Mail.Transports;

/// <summary>A call ends before the claim on its gifts does, whatever the service does (spec D8).</summary>
public sealed class BatchLimitTests : IDisposable
{
    // Stands still until a test moves it: the limit passes when the test says so, however busy the machine.
    private readonly SimulatorClock clock = new(scale: 0);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_limits_leave_room_within_the_claim()
    {
        var lease = new MailingOptions().Lease;
        Assert.True(new SmtpOptions().BatchLimit < lease);
        Assert.True(new MailjetOptions().BatchLimit < lease);
    }

    [Fact]
    public async Task Over_SMTP_what_was_accepted_stays_so_the_one_under_way_is_unknown_and_the_rest_not_tried()
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("PIPELINING");
            await talk.TakeMessageAsync();
            await talk.SayAsync("250 queued as A");
            await talk.TakeMessageAsync();
            Pass();
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(new SmtpOptions { BatchLimit = Limit }, clock);
        var results = await transport.HandOverAsync(Messages.Batch(4), default);
        Assert.Equal([HandOverResult.Accepted, HandOverResult.Unknown, HandOverResult.NotTried, HandOverResult.NotTried], results.Select(r => r.Result));
    }

    [Fact]
    public async Task Over_SMTP_waiting_for_a_free_connection_counts_too()
    {
        await using var server = new ScriptedSmtpServer(talk => talk.UntilClosedAsync());
        await using var transport = server.Transport(new SmtpOptions { Connections = 1, BatchLimit = Limit }, clock);
        var calls = Task.WhenAll(transport.HandOverAsync(Messages.Batch(2), default), transport.HandOverAsync(Messages.Batch(2), default));
        while (server.Connections == 0) await Task.Delay(5);
        Pass();
        var both = await calls;
        Assert.All(both.SelectMany(r => r), r => Assert.Equal(HandOverResult.NotTried, r.Result));
    }

    [Fact]
    public async Task At_Mailjet_the_call_under_way_is_unknown_and_the_rest_not_tried()
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next("mailjet.send", Fault.Hang(afterEffect: true), skip: 1);
        var settings = new MailjetSettings(sim.Addresses.Mailjet, new Secret(sim.Options.MailjetPublicKey), new Secret(sim.Options.MailjetPrivateKey));
        await using var transport = new MailjetTransport(settings, HttpConnections.CreateClient(), new MailjetOptions { RequestTimeout = 5 * Limit, BatchLimit = Limit }, clock);
        var call = transport.HandOverAsync(Messages.Batch(150), default);
        while (sim.Faults.Applied.Count == 0) await Task.Delay(5);
        Pass();
        var results = await call;
        Assert.All(results.Take(50), r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.All(results.Skip(50).Take(50), r => Assert.Equal(HandOverResult.Unknown, r.Result));
        Assert.All(results.Skip(100), r => Assert.Equal(HandOverResult.NotTried, r.Result));
    }

    public void Dispose() => clock.Dispose();

    private void Pass() => clock.Advance(Limit + TimeSpan.FromSeconds(1));
}
