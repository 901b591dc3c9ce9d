using System.Buffers.Text;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>Everything between the connection and the first message: greeting, EHLO, STARTTLS, AUTH.</summary>
/// <param name="wire">The connection.</param>
/// <param name="settings">Where, how protected, as whom.</param>
/// <param name="options">Time-outs and names.</param>
internal sealed class SmtpHandshake(SmtpWire wire, SmtpSettings settings, SmtpOptions options)
{
    /// <summary>Brings the session to the point where MAIL may be sent.</summary>
    /// <returns>What the server can do.</returns>
    /// <exception cref="MailTransportException">Refused for a reason that trying again does not mend.</exception>
    /// <exception cref="SmtpConnectionException">Refused for now, or the connection failed.</exception>
    public async Task<SmtpCapabilities> RunAsync()
    {
        var greeting = await wire.ReadAsync(options.Timeouts.Greeting).ConfigureAwait(false);
        if (greeting.IsPermanent) throw new MailTransportException("SmtpServiceRefused", TransportText.SmtpServiceRefused(settings, greeting));
        if (!greeting.IsPositive) throw SmtpConnectionException.Refused(greeting);
        var capabilities = await GreetAsync().ConfigureAwait(false);
        if (settings.Tls == SmtpTls.StartTls)
        {
            if (!capabilities.StartTls) throw new MailTransportException("SmtpStartTlsMissing", TransportText.SmtpStartTlsMissing(settings));
            var reply = await CommandAsync("STARTTLS\r\n"u8.ToArray()).ConfigureAwait(false);
            if (reply.IsTransient) throw SmtpConnectionException.Refused(reply);
            if (reply.Code != 220) throw new MailTransportException("SmtpStartTlsMissing", TransportText.SmtpStartTlsMissing(settings));
            await wire.SecureAsync(settings, options).ConfigureAwait(false);
            // RFC 3207 §4.2: what was said in clear is forgotten.
            capabilities = await GreetAsync().ConfigureAwait(false);
        }
        if (settings.User is not null) await AuthenticateAsync(capabilities).ConfigureAwait(false);
        return capabilities;
    }

    private async Task<SmtpCapabilities> GreetAsync()
    {
        var reply = await CommandAsync(Encoding.ASCII.GetBytes($"EHLO {options.ClientName}\r\n")).ConfigureAwait(false);
        if (reply.IsPermanent) throw new MailTransportException("SmtpServiceRefused", TransportText.SmtpServiceRefused(settings, reply));
        return reply.IsPositive ? SmtpCapabilities.Parse(reply.Text) : throw SmtpConnectionException.Refused(reply);
    }

    private async Task AuthenticateAsync(SmtpCapabilities capabilities)
    {
        var reply = capabilities switch
        {
            { AuthPlain: true } => await PlainAsync().ConfigureAwait(false),
            { AuthLogin: true } => await LoginAsync().ConfigureAwait(false),
            _ => throw new MailTransportException("SmtpAuthMissing", TransportText.SmtpAuthMissing(settings)),
        };
        if (reply.IsPositive) return;
        // The server's words stay out: some servers quote the credentials they could not decode.
        if (reply.IsTransient) throw new SmtpConnectionException(reply.FullCode, TransportText.SmtpAuthDeferred);
        throw new MailTransportException("SmtpCredentialsRefused", TransportText.SmtpCredentialsRefused(settings, reply.FullCode));
    }

    // RFC 4616, with the initial response of RFC 4954 §4.
    private Task<SmtpReply> PlainAsync() => SecretAsync("AUTH PLAIN "u8.ToArray(), $"\0{settings.User}\0{settings.Password!.Reveal()}");

    private async Task<SmtpReply> LoginAsync()
    {
        var reply = await CommandAsync("AUTH LOGIN\r\n"u8.ToArray()).ConfigureAwait(false);
        if (reply.Code == 334) reply = await SecretAsync([], settings.User!).ConfigureAwait(false);
        if (reply.Code == 334) reply = await SecretAsync([], settings.Password!.Reveal()).ConfigureAwait(false);
        return reply;
    }

    private async Task<SmtpReply> SecretAsync(byte[] command, string secret)
    {
        using var line = new PooledBuffer(256);
        try
        {
            line.Write(command);
            var plain = Encoding.UTF8.GetBytes(secret);
            Base64.EncodeToUtf8(plain, line.GetSpan(Base64.GetMaxEncodedToUtf8Length(plain.Length)), out _, out var written);
            Array.Clear(plain);
            line.Advance(written);
            line.Write("\r\n"u8);
            return await CommandAsync(line.WrittenMemory).ConfigureAwait(false);
        }
        finally
        {
            line.Wipe();
        }
    }

    private async Task<SmtpReply> CommandAsync(ReadOnlyMemory<byte> command)
    {
        await wire.WriteAsync(command, options.Timeouts.Command).ConfigureAwait(false);
        return await wire.ReadAsync(options.Timeouts.Command).ConfigureAwait(false);
    }
}
