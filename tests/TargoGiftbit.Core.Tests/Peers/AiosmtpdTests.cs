using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Tests.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>The submission client against aiosmtpd, which demands TLS and a password and has no PIPELINING.</summary>
public sealed class AiosmtpdTests
{
    [PeerTheory("aiosmtpd")]
    [InlineData("starttls", "smtp", "PLAIN")]
    [InlineData("starttls", "smtp", "LOGIN")]
    [InlineData("implicit", "smtps", "PLAIN")]
    public async Task Mail_is_taken_after_TLS_and_AUTH_and_read_back_as_it_was_written(string tls, string scheme, string mechanism)
    {
        await using var server = await AiosmtpdServer.StartAsync(tls, mechanism);
        var messages = HardMail.All();
        await using (var transport = server.Transport(scheme))
        {
            var results = await transport.HandOverAsync(messages, default);
            Assert.Equal(Enumerable.Range(1, messages.Count).Select(n => new HandOver(HandOverResult.Accepted, $"Q{n}")), results);
        }
        Assert.All(messages.Zip(await PeerReader.ReadAsync("python", server.Taken)), pair => PeerReader.AssertSame(pair.First, pair.Second));
    }

    [PeerFact("aiosmtpd")]
    public async Task A_wrong_password_ends_the_run_before_any_mail_and_is_not_shown()
    {
        await using var server = await AiosmtpdServer.StartAsync();
        await using var transport = server.Transport("smtp", "canary");
        var error = await Assert.ThrowsAsync<MailTransportException>(() => transport.HandOverAsync(Messages.Batch(2), default));
        Assert.Equal("SmtpCredentialsRefused", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [PeerFact("aiosmtpd")]
    public async Task Each_recipient_gets_its_own_outcome_and_an_accented_one_goes_by_SMTPUTF8()
    {
        await using var server = await AiosmtpdServer.StartAsync();
        await using var transport = server.Transport("smtp");
        var heavy = new InlineImage("brand-1", "image/png", "brand.png", new byte[300_000]);

        var results = await transport.HandOverAsync(
            [Messages.One(1), Messages.One(2, to: "unknown@example.com"), Messages.One(3, to: "later@example.com"), Messages.One(4, images: [heavy]), Messages.One(5, to: "élodie@example.com")], default);

        Assert.Equal([HandOverResult.Accepted, HandOverResult.Refused, HandOverResult.Deferred, HandOverResult.Refused, HandOverResult.Accepted], results.Select(r => r.Result));
        Assert.Equal(["550 5.1.1", "451 4.7.1", "SmtpTooLarge"], results.Skip(1).Take(3).Select(r => r.ReasonCode));
        Assert.Equal(2, server.Envelopes.Count);
        Assert.DoesNotContain("SMTPUTF8", server.Envelopes[0], StringComparison.Ordinal);
        Assert.Contains("\"élodie@example.com\"", server.Envelopes[1], StringComparison.Ordinal);
        Assert.Contains("SMTPUTF8", server.Envelopes[1], StringComparison.Ordinal);
    }
}
