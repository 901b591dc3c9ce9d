using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Simulator;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Mailjet;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mailjet;

public sealed class MailjetTransportTests
{
    private static readonly MailjetOptions Quick = new() { RequestTimeout = TimeSpan.FromSeconds(20), RateLimitWait = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task Fifty_messages_go_in_one_call_and_each_gets_its_64_bit_id()
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using var transport = Transport(sim);

        var results = await transport.HandOverAsync(Messages.Batch(50), default);

        Assert.Equal(1, sim.Requests.Count("mailjet.send"));
        Assert.All(results, r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.All(results, r => Assert.True(long.Parse(r.MessageId!, System.Globalization.CultureInfo.InvariantCulture) > 1L << 53));
        for (var row = 1; row <= 50; row++)
            Assert.Equal(results[row - 1].MessageId, Assert.Single(sim.Inbox.ByCustomId($"targo-2026-q2-loyalty:{row}")).Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_request_says_what_the_message_says()
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using var transport = Transport(sim);
        await transport.HandOverAsync([Messages.One(7, subject: "🎁 Un\r\ncadeau", campaign: "Été 2026/Q2", images: [Messages.Logo()])], default);

        var request = Assert.Single(sim.Requests.Of("mailjet.send"));
        using var json = JsonDocument.Parse(request.Body);
        var message = json.RootElement.GetProperty("Messages")[0];
        Assert.Equal("noreply@targo.ca", message.GetProperty("From").GetProperty("Email").GetString());
        Assert.Equal("Élodie Côté", message.GetProperty("To")[0].GetProperty("Name").GetString());
        Assert.Equal("support@targo.ca", message.GetProperty("ReplyTo").GetProperty("Email").GetString());
        Assert.Equal("🎁 Un  cadeau", message.GetProperty("Subject").GetString());
        Assert.Equal(Messages.One().Html, message.GetProperty("HTMLPart").GetString());
        Assert.Equal(Messages.One().Text, message.GetProperty("TextPart").GetString());
        Assert.Equal("targo-2026-q2-loyalty:7", message.GetProperty("CustomID").GetString());
        Assert.Equal("01JD00000007", message.GetProperty("EventPayload").GetString());
        Assert.Equal("-t- 2026-Q2", message.GetProperty("CustomCampaign").GetString());
        Assert.Equal("disabled", message.GetProperty("TrackOpens").GetString());
        Assert.Equal("enabled", message.GetProperty("TrackClicks").GetString());
        Assert.False(message.TryGetProperty("DeduplicateCampaign", out _));
        Assert.False(message.TryGetProperty("TemplateLanguage", out _));
        Assert.Equal("List-Unsubscribe=One-Click", message.GetProperty("Headers").GetProperty("List-Unsubscribe-Post").GetString());
        Assert.Equal("fr-CA", message.GetProperty("Headers").GetProperty("Content-Language").GetString());
        var image = message.GetProperty("InlinedAttachments")[0];
        Assert.Equal(("image/png", "brand-1"), (image.GetProperty("ContentType").GetString(), image.GetProperty("ContentID").GetString()));
        Assert.Equal(Messages.Png, image.GetProperty("Base64Content").GetBytesFromBase64());
        // Relaxed: neither < nor é grows to six bytes.
        Assert.Contains("<html lang=\\\"fr\\\"><body><p>Merci d’être là", request.BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(200)]
    public async Task A_mixed_batch_is_read_message_by_message_whatever_the_status(int status)
    {
        await using var sim = await SimulatorHost.StartAsync(new()
        {
            Mailjet = new() { MixedBatchStatus = status, RefusedRecipients = ["client2@example.com"] },
        });
        await using var transport = Transport(sim);

        var results = await transport.HandOverAsync([Messages.One(1), Messages.One(2), Messages.One(3), Messages.One(4, to: "no address")], default);

        Assert.Equal([HandOverResult.Accepted, HandOverResult.Refused, HandOverResult.Accepted, HandOverResult.Refused], results.Select(r => r.Result));
        Assert.NotEmpty(results[1].Reason!);
        Assert.Equal("MailAddressInvalid", results[3].ReasonCode);
        Assert.Equal(2, sim.Inbox.Count);
    }

    [Fact]
    public async Task A_wrong_key_stops_the_transport_and_is_shown_nowhere()
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using var transport = Transport(sim.Addresses.Mailjet, "canary-public", "canary-private");
        var error = await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync(Messages.Batch(2), default));
        Assert.Equal("MailjetCredentialsRefused", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_nobody_validated_stops_the_transport()
    {
        await using var sim = await SimulatorHost.StartAsync(new() { Mailjet = new() { ValidatedSenders = ["other.example"], SenderCheck = SenderCheck.Refuse } });
        await using var transport = Transport(sim);
        Assert.Equal("MailjetSenderRefused", (await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync(Messages.Batch(2), default))).Code);
        Assert.Equal(0, sim.Inbox.Count);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("reset-after")]
    [InlineData("500")]
    [InlineData("502-after")]
    [InlineData("503")]
    [InlineData("truncate")]
    [InlineData("cut")]
    [InlineData("garbage")]
    public async Task Whatever_ends_a_call_that_was_on_its_way_leaves_its_messages_unknown_and_it_is_made_once(string fault)
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next("mailjet.send", FaultKinds.Parse(fault));
        await using var transport = Transport(sim);

        var results = await transport.HandOverAsync(Messages.Batch(5), default);

        Assert.All(results, r => Assert.Equal(HandOverResult.Unknown, r.Result));
        Assert.Equal(1, sim.Requests.Count("mailjet.send"));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("hang-after")]
    public async Task A_call_that_gets_no_answer_in_time_leaves_its_messages_unknown(string fault)
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next("mailjet.send", FaultKinds.Parse(fault));
        await using var transport = Transport(sim, Quick with { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        var results = await transport.HandOverAsync(Messages.Batch(2), default);

        Assert.All(results, r => Assert.Equal((HandOverResult.Unknown, "MailjetTimedOut"), (r.Result, r.ReasonCode)));
    }

    [Fact]
    public async Task A_call_turned_away_by_429_is_made_again_after_the_wait_asked_for()
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next("mailjet.send", Fault.RateLimit(retryAfter: 1));
        await using var transport = Transport(sim);
        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.All(results, r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(2, sim.Requests.Count("mailjet.send"));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(null)]
    public async Task A_service_that_stays_busy_or_asks_for_too_long_a_wait_defers_the_messages(int? retryAfter)
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Always("mailjet.send", Fault.RateLimit(retryAfter));
        await using var transport = Transport(sim, Quick with { RateLimitRetries = 1, RateLimitWait = TimeSpan.FromSeconds(1) });
        var results = await transport.HandOverAsync(Messages.Batch(2), default);
        Assert.All(results, r => Assert.Equal((HandOverResult.Deferred, "429"), (r.Result, r.ReasonCode)));
        Assert.Equal(retryAfter is null ? 2 : 1, sim.Requests.Count("mailjet.send"));
        Assert.Equal(0, sim.Inbox.Count);
    }

    [Fact]
    public async Task A_closed_port_leaves_everything_untried()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var transport = Transport(new Uri($"http://127.0.0.1:{port}"), "a", "b");
        Assert.All(await transport.HandOverAsync(Messages.Batch(2), default), r => Assert.Equal((HandOverResult.NotTried, "MailjetUnreachable"), (r.Result, r.ReasonCode)));
    }

    [Fact]
    public async Task Cancelling_leaves_the_call_on_its_way_unknown_and_the_next_untried()
    {
        await using var sim = await SimulatorHost.StartAsync();
        sim.Faults.Next("mailjet.send", Fault.Hang(afterEffect: true));
        await using var transport = Transport(sim, Quick with { CallBytes = 1 });
        using var stop = new CancellationTokenSource();

        var batch = transport.HandOverAsync(Messages.Batch(2), stop.Token);
        while (sim.Faults.Applied.Count == 0) await Task.Delay(5);
        await stop.CancelAsync();

        Assert.Equal([HandOverResult.Unknown, HandOverResult.NotTried], (await batch).Select(r => r.Result));
        Assert.All(await transport.HandOverAsync(Messages.Batch(2), stop.Token), r => Assert.Equal(HandOverResult.NotTried, r.Result));
    }

    [Fact]
    public async Task A_batch_with_heavy_images_is_split_into_calls_of_bearable_size()
    {
        await using var sim = await SimulatorHost.StartAsync();
        await using var transport = Transport(sim, Quick with { CallBytes = 1_000_000 });
        var heavy = new InlineImage("brand-1", "image/png", "brand.png", new byte[200_000]);
        var results = await transport.HandOverAsync([.. Enumerable.Range(1, 10).Select(row => Messages.One(row, images: [heavy]))], default);
        Assert.All(results, r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(4, sim.Requests.Count("mailjet.send"));
        Assert.All(sim.Requests.Of("mailjet.send"), r => Assert.True(r.Body.Length < 1_100_000));
    }

    [Fact]
    public void Plain_http_is_for_this_machine_only() =>
        Assert.Equal("MailjetPlainRefused", Assert.Throws<MailTransportException>(() => new MailjetSettings(new Uri("http://api.mailjet.com"), new Secret("a"), new Secret("b"))).Code);

    internal static MailjetTransport Transport(SimulatorHost sim, MailjetOptions? options = null) =>
        Transport(sim.Addresses.Mailjet, sim.Options.MailjetPublicKey, sim.Options.MailjetPrivateKey, options);

    internal static MailjetTransport Transport(Uri endpoint, string publicKey, string privateKey, MailjetOptions? options = null) =>
        new(new MailjetSettings(endpoint, new Secret(publicKey), new Secret(privateKey)), HttpConnections.CreateClient(), options ?? Quick);
}
