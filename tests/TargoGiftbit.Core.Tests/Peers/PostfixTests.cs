using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Tests.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>The submission client against Debian's Postfix, from the first byte to the customer's mailbox.</summary>
public sealed class PostfixTests
{
    [PeerTheory("postfix", "python")]
    [InlineData("smtp")]
    [InlineData("smtps")]
    public async Task Mail_arrives_over_TLS_as_it_was_written(string scheme)
    {
        await using var server = await PostfixServer.StartAsync();
        var messages = HardMail.All();
        await using (var transport = server.Transport(scheme))
            Assert.All(await transport.HandOverAsync(messages, default), r => Assert.Equal((HandOverResult.Accepted, true), (r.Result, r.MessageId?.Length > 5)));

        var delivered = await PeerReader.ReadAsync("python", await server.DeliveredAsync(messages.Count));
        Assert.All(messages, message => PeerReader.AssertSame(message, Assert.Single(delivered, d => d.Headers["x-mj-customid"] == message.CustomId && d.Subject == message.Subject)));
    }

    [PeerFact("postfix")]
    public async Task Unknown_customers_and_mail_that_is_too_large_are_refused_one_by_one_on_one_connection()
    {
        await using var server = await PostfixServer.StartAsync();
        await using var transport = server.Transport();
        var heavy = new InlineImage("brand-1", "image/png", "brand.png", new byte[PostfixServer.SizeLimit]);

        var results = await transport.HandOverAsync(
            [Messages.One(1), Messages.One(2, to: "nobody@example.com"), Messages.One(3, images: [heavy]), Messages.One(4, to: "someone@elsewhere.example"), Messages.One(5)], default);

        Assert.Equal([HandOverResult.Accepted, HandOverResult.Refused, HandOverResult.Refused, HandOverResult.Refused, HandOverResult.Accepted], results.Select(r => r.Result));
        Assert.Equal(("550 5.1.1", "SmtpTooLarge"), (results[1].ReasonCode, results[2].ReasonCode));
        Assert.Equal(2, (await server.DeliveredAsync(2)).Count);
    }

    [PeerFact("postfix", "python")]
    public async Task An_address_with_an_accent_goes_by_SMTPUTF8()
    {
        await using var server = await PostfixServer.StartAsync();
        await using var transport = server.Transport();
        var message = Messages.One(1, to: "élodie@example.com");
        Assert.Equal(HandOverResult.Accepted, Assert.Single(await transport.HandOverAsync([message], default)).Result);
        var read = Assert.Single(await PeerReader.ReadAsync("python", await server.DeliveredAsync(1, "élodie")));
        Assert.Equal(("élodie@example.com", "Élodie Côté"), (read.To[0].Address, read.To[0].Name));
    }

    [PeerFact("postfix")]
    public async Task Sixty_customers_over_five_connections_get_one_mail_each()
    {
        await using var server = await PostfixServer.StartAsync();
        await using var transport = server.Transport(connections: 5);
        var batches = Messages.Batch(60).Chunk(transport.BatchSize).ToList();
        var results = await Task.WhenAll(batches.Select(batch => transport.HandOverAsync(batch, default)));
        Assert.All(results.SelectMany(r => r), r => Assert.Equal(HandOverResult.Accepted, r.Result));
        Assert.Equal(60, results.SelectMany(r => r).Select(r => r.MessageId).Distinct().Count());
        var files = await server.DeliveredAsync(60);
        Assert.Equal(60, files.Select(f => Path.GetDirectoryName(f)).Distinct().Count());
    }
}
