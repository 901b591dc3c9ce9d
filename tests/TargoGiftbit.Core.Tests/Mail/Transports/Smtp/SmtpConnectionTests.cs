using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Smtp;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Smtp;

/// <summary>Connecting, TLS, AUTH, the pool and the time-outs.</summary>
public sealed class SmtpConnectionTests
{
    private static readonly SmtpOptions Quick = new() { Timeouts = new SmtpTimeouts { Quit = TimeSpan.FromMilliseconds(200) } };

    [Theory]
    [InlineData("smtp", true)]
    [InlineData("smtps", false)]
    public async Task TLS_is_on_before_the_password_is_told(string scheme, bool startTls)
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Smtp = new() { RequireTls = true } });
        await using var transport = Transport(sim, scheme, sim.Smtp.Certificate);

        Assert.All(await transport.HandOverAsync(Messages.Batch(3), default), r => Assert.Equal(HandOverResult.Accepted, r.Result));

        Assert.Equal(startTls ? 1 : 0, sim.Requests.Count("smtp.starttls"));
        Assert.Equal("true", Assert.Single(sim.Requests.Of("smtp.auth")).Headers["Secure"]);
        Assert.Equal(3, sim.Inbox.Count);
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("smtps")]
    public async Task A_certificate_nobody_vouches_for_is_refused_and_the_password_never_told(string scheme)
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using var transport = Transport(sim, scheme, trusted: null);

        var error = await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default));

        Assert.Equal("SmtpTlsFailed", error.Code);
        Assert.Empty(sim.Requests.Of("smtp.auth"));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await using var sim = await SimulatorHost.StartAsync();
        // 127.0.0.2 is this machine too, and not in the certificate.
        using var relay = new Relay(sim.Smtp.TlsPort);
        await using var transport = new SmtpTransport(SmtpSettings.Parse($"smtps://127.0.0.2:{relay.Port}", null), Trusting(sim.Smtp.Certificate));

        Assert.Equal("SmtpTlsFailed", (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default))).Code);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_refused()
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Smtp = new() { OfferStartTls = false } });
        await using var transport = Transport(sim, "smtp", sim.Smtp.Certificate);

        Assert.Equal("SmtpStartTlsMissing", (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default))).Code);
        Assert.Empty(sim.Requests.Of("smtp.auth"));
    }

    [Fact]
    public async Task Words_slipped_in_before_TLS_are_noticed()
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync("STARTTLS");
            await talk.HearAsync("STARTTLS");
            await talk.SayAsync("220 go", "250 injected");
            await talk.UntilClosedAsync();
        });
        await using var transport = server.Transport(Quick, query: "");
        Assert.Equal("SmtpTlsFailed", (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default))).Code);
    }

    [Fact]
    public async Task A_wrong_password_stops_the_transport_and_is_shown_nowhere()
    {
        await using var sim = await SimulatorHost.StartAsync();
        var settings = SmtpSettings.Parse($"smtp://someone@127.0.0.1:{sim.Smtp.Port}?tls=none", new Secret("canary-password"));
        await using var transport = new SmtpTransport(settings, Quick);

        var error = await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default));

        Assert.Equal("SmtpCredentialsRefused", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0someone\0canary-password"u8), error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH LOGIN", "SmtpCredentialsRefused")]
    [InlineData("AUTH CRAM-MD5", "SmtpAuthMissing")]
    public async Task LOGIN_is_spoken_where_PLAIN_is_not(string ability, string code)
    {
        await using var server = new ScriptedSmtpServer(async talk =>
        {
            await talk.GreetAsync(ability);
            await talk.HearAsync("AUTH LOGIN");
            await talk.SayAsync("334 VXNlcm5hbWU6");
            await talk.HearAsync(Convert.ToBase64String("user"u8));
            await talk.SayAsync("334 UGFzc3dvcmQ6");
            // Some servers quote what they were told.
            var password = await talk.HearAsync(Convert.ToBase64String("canary"u8));
            await talk.SayAsync($"535 5.7.8 cannot accept {password}");
            await talk.UntilClosedAsync();
        });
        await using var transport = new SmtpTransport(SmtpSettings.Parse($"smtp://user@127.0.0.1:{server.Port}?tls=none", new Secret("canary")), Quick);
        var error = await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default));
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain(Convert.ToBase64String("canary"u8), error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp.auth", 454, "454")]
    [InlineData("smtp.connect", 421, "421")]
    [InlineData("smtp.ehlo", 451, "451")]
    public async Task A_server_that_is_busy_leaves_everything_untried(string phase, int reply, string code)
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next(phase, Fault.Smtp(reply, "busy"));
        await using var transport = Plain(sim);

        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.All(results, r => Assert.Equal((HandOverResult.NotTried, code), (r.Result, r.ReasonCode)));

        Assert.All(await transport.HandOverAsync(Messages.Batch(2), default), r => Assert.Equal(HandOverResult.Accepted, r.Result));
    }

    [Fact]
    public async Task A_server_that_refuses_to_talk_stops_the_transport()
    {
        await using var server = new ScriptedSmtpServer(talk => talk.SayAsync("554 no SMTP service here"));
        await using var transport = server.Transport(Quick);
        Assert.Equal("SmtpServiceRefused", (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync([Messages.One()], default))).Code);
    }

    [Fact]
    public async Task A_closed_port_leaves_everything_untried()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var transport = new SmtpTransport(SmtpSettings.Parse($"smtp://127.0.0.1:{port}?tls=none", null));
        Assert.All(await transport.HandOverAsync(Messages.Batch(2), default), r => Assert.Equal((HandOverResult.NotTried, "SmtpUnreachable"), (r.Result, r.ReasonCode)));
    }

    [Theory]
    [InlineData("smtp.mail", HandOverResult.Deferred, 310)]
    [InlineData("smtp.message", HandOverResult.Unknown, 610)]
    public async Task A_server_that_falls_silent_is_given_the_time_of_RFC_5321_and_no_more(string phase, HandOverResult expected, int seconds)
    {
        await using var sim = await SimulatorHost.StartAsync();
        using var clock = new SimulatorClock(null, 0);
        await using var transport = Plain(sim, clock: clock);
        sim.Faults.Next(phase, Fault.Hang(), 2);

        var batch = transport.HandOverAsync(Messages.Batch(1), default);
        for (var silences = 0; !batch.IsCompleted; await Task.Delay(10))
        {
            if (sim.Faults.Applied.Count == silences) continue;
            // The server holds an answer back: let the client come to wait for it, then let the time pass, once per silence.
            silences = sim.Faults.Applied.Count;
            await Task.Delay(100);
            clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        var result = Assert.Single(await batch);
        Assert.Equal((expected, "SmtpTimedOut"), (result.Result, result.ReasonCode));
    }

    [Fact]
    public async Task Connections_are_used_again_and_no_more_are_opened_than_allowed()
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using (var transport = Plain(sim, Quick with { Connections = 3 }))
        {
            for (var round = 0; round < 3; round++)
                await Task.WhenAll(Enumerable.Range(0, 9).Select(i => transport.HandOverAsync(Messages.Batch(4), default)));
        }
        Assert.InRange(sim.Smtp.Connections, 1, 3);
        Assert.Equal(9 * 3 * 4, sim.Inbox.Count);
        Assert.Equal(sim.Smtp.Connections, sim.Requests.Count("smtp.quit"));
    }

    [Fact]
    public async Task A_connection_is_retired_after_its_share_and_after_a_long_rest()
    {
        await using var sim = await SimulatorHost.StartAsync();
        using var clock = new SimulatorClock(null, 0);
        await using var transport = Plain(sim, Quick with { MessagesPerConnection = 4 }, clock);

        await transport.HandOverAsync(Messages.Batch(10), default);
        Assert.Equal(3, sim.Smtp.Connections);
        clock.Advance(TimeSpan.FromSeconds(31));
        await transport.HandOverAsync(Messages.Batch(1), default);
        Assert.Equal(4, sim.Smtp.Connections);
        Assert.Equal(11, sim.Inbox.Count);
    }

    [Fact]
    public async Task A_connection_the_server_closed_while_it_rested_is_not_used()
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Smtp = new() { MessagesPerConnection = 2 } });
        await using var transport = Plain(sim);
        for (var i = 0; i < 4; i++)
            Assert.All(await transport.HandOverAsync(Messages.Batch(3), default), r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(12, sim.Inbox.Count);
    }

    [Fact]
    public async Task Whatever_goes_wrong_at_random_no_mail_is_taken_twice_and_no_outcome_is_wrong()
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Random("smtp.*", 0.15, seed: 7);
        await using var transport = Plain(sim, Quick with { Connections = 4 });
        var sent = new List<(RenderedMessage Message, HandOver Outcome)>();
        for (var round = 0; round < 25; round++)
        {
            var batch = Enumerable.Range(round * 8, 8).Select(row => Messages.One(row + 1)).ToList();
            sent.AddRange(batch.Zip(await transport.HandOverAsync(batch, default)));
        }
        foreach (var (message, outcome) in sent)
        {
            var taken = sim.Inbox.ByCustomId(message.CustomId).Count;
            Assert.True(outcome.Result switch
            {
                HandOverResult.Accepted => taken == 1,
                HandOverResult.Unknown => taken <= 1,
                _ => taken == 0,
            }, $"{message.CustomId}: {outcome} but taken {taken} times");
        }
        Assert.Contains(sent, s => s.Outcome.Result == HandOverResult.Unknown);
        Assert.Contains(sent, s => s.Outcome.Result == HandOverResult.Accepted);
    }

    private static SmtpTransport Transport(SimulatorHost sim, string scheme, X509Certificate2? trusted) => new(
        SmtpSettings.Parse($"{scheme}://{sim.Options.MailjetPublicKey}@127.0.0.1:{(scheme == "smtp" ? sim.Smtp.Port : sim.Smtp.TlsPort)}", new Secret(sim.Options.MailjetPrivateKey)),
        trusted is null ? Quick : Trusting(trusted));

    private static SmtpTransport Plain(SimulatorHost sim, SmtpOptions? options = null, TimeProvider? clock = null) =>
        new(SmtpSettings.Parse(sim.Environment["GIFT_SMTP"], new Secret(sim.Environment["GIFT_SMTP_PASSWORD"])), options ?? Quick, clock);

    private static SmtpOptions Trusting(X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        return Quick with { ChainPolicy = policy };
    }

    /// <summary>Passes bytes from 127.0.0.2 to a port of 127.0.0.1.</summary>
    private sealed class Relay : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Parse("127.0.0.2"), 0);

        public Relay(int target)
        {
            listener.Start();
            _ = RunAsync(target);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Stop();

        private async Task RunAsync(int target)
        {
            try
            {
                using var near = await listener.AcceptTcpClientAsync();
                using var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
