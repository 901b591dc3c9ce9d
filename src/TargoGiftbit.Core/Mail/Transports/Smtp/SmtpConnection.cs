using System.Globalization;
using System.Text;
using TargoGiftbit.Core.Mail.Transports.Mime;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>
/// One session that hands in message after message and always knows how far it got: until the content is written a message is
/// certainly not taken; from then on only the server's reply tells.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private readonly SmtpWire wire;
    private readonly SmtpOptions options;
    private readonly SmtpCapabilities capabilities;
    private readonly PooledBuffer commands = new(1024);
    private readonly PooledBuffer content = new();
    private bool needsReset;

    private SmtpConnection(SmtpWire wire, SmtpOptions options, SmtpCapabilities capabilities)
    {
        this.wire = wire;
        this.options = options;
        this.capabilities = capabilities;
    }

    /// <summary>False once nothing more may be sent on it.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Messages begun on it.</summary>
    public int Messages { get; private set; }

    /// <summary>When it was last given back, in ticks of the clock.</summary>
    public long RestingSince { get; private set; }

    /// <summary>Connects and brings the session up.</summary>
    public static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, SmtpOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var wire = await SmtpWire.ConnectAsync(settings, options, clock, cancellationToken).ConfigureAwait(false);
        try
        {
            await using var abort = cancellationToken.UnsafeRegister(static state => ((SmtpWire)state!).Abort(), wire);
            var capabilities = await new SmtpHandshake(wire, settings, options).RunAsync().ConfigureAwait(false);
            return new SmtpConnection(wire, options, capabilities);
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    /// <summary>Breaks the connection at once.</summary>
    public void Abort() => wire.Abort();

    /// <summary>Nothing is under way: stops the clock and remembers when.</summary>
    public void Rest(TimeProvider clock)
    {
        wire.Rest();
        RestingSince = clock.GetTimestamp();
    }

    /// <summary>Whether a rested connection can still be trusted.</summary>
    public bool IsFresh(TimeProvider clock) => IsUsable && clock.GetElapsedTime(RestingSince) < options.IdleLimit && wire.IsQuiet();

    /// <summary>Hands one message in.</summary>
    /// <returns>The outcome, and whether the message was lost with the connection before its content was written and may be tried on another.</returns>
    /// <exception cref="MailTransportException">The server wants credentials it was not given, or refuses the sender.</exception>
    public async ValueTask<(HandOver Outcome, bool MayRetry)> DeliverAsync(RenderedMessage message, MessageAddresses addresses, DateTimeOffset date)
    {
        Messages++;
        if (addresses.NeedsUtf8 && !capabilities.SmtpUtf8)
            return (new HandOver(HandOverResult.Refused, null, TransportText.SmtpUtf8Missing, "SmtpUtf8Missing"), false);
        content.Reset();
        MimeWriter.Write(message, addresses, date, content);
        if (capabilities.SizeLimit > 0 && content.Length > capabilities.SizeLimit)
            return (new HandOver(HandOverResult.Refused, null, TransportText.SmtpTooLarge(content.Length, capabilities.SizeLimit), "SmtpTooLarge"), false);
        try
        {
            if (await OpenEnvelopeAsync(addresses).ConfigureAwait(false) is { } refusal) return (refusal, false);
        }
        catch (SmtpConnectionException error)
        {
            IsUsable = false;
            return (new HandOver(HandOverResult.Deferred, null, error.Message, error.Code), true);
        }
        return (await SendContentAsync().ConfigureAwait(false), false);
    }

    /// <summary>Says goodbye if that is possible, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            try
            {
                await wire.WriteAsync("QUIT\r\n"u8.ToArray(), options.Timeouts.Quit).ConfigureAwait(false);
                await wire.ReadAsync(options.Timeouts.Quit).ConfigureAwait(false);
            }
            catch (SmtpConnectionException)
            {
                // Nothing depends on the farewell.
            }
        }
        IsUsable = false;
        wire.Dispose();
        commands.Dispose();
        content.Dispose();
    }

    private async ValueTask<HandOver> SendContentAsync()
    {
        if (DotStuffing.IsNeeded(content.WrittenSpan)) StuffContent();
        DotStuffing.Terminate(content);
        try
        {
            await wire.WriteAsync(content.WrittenMemory, options.Timeouts.DataBlock).ConfigureAwait(false);
            var reply = await wire.ReadAsync(options.Timeouts.Termination).ConfigureAwait(false);
            if (reply.IsPositive) return new HandOver(HandOverResult.Accepted, reply.QueueId);
            if (reply.IsTransient || reply.IsPermanent) return Refusal(reply);
            throw SmtpConnectionException.NotSmtp();
        }
        catch (SmtpConnectionException error)
        {
            IsUsable = false;
            return new HandOver(HandOverResult.Unknown, null, error.Message, error.Code);
        }
    }

    private async ValueTask<HandOver?> OpenEnvelopeAsync(MessageAddresses addresses)
    {
        var (mail, rcpt, data) = capabilities.Pipelining
            ? await PipelineAsync(addresses).ConfigureAwait(false)
            : await LockStepAsync(addresses).ConfigureAwait(false);
        foreach (var reply in (ReadOnlySpan<SmtpReply>)[mail, rcpt, data])
        {
            // 421 may answer any command: the service is going away, and nothing was taken.
            if (reply.Code == 421) throw SmtpConnectionException.Refused(reply);
        }
        ThrowIfSenderRefused(mail, addresses);
        var refused = !mail.IsPositive ? mail : !rcpt.IsPositive ? rcpt : data;
        if (refused.Code == 354) return null;
        if (data.Code == 354)
        {
            // RFC 2920 §3.1: DATA was taken although nobody is to get the message. An empty message to nobody ends it; if the
            // recipient was taken and only the sender was not, a lone dot might deliver an empty mail: break off instead.
            if (rcpt.IsPositive) IsUsable = false;
            else await CommandAsync(".\r\n"u8.ToArray(), options.Timeouts.Termination).ConfigureAwait(false);
        }
        return refused.IsTransient || refused.IsPermanent ? Refusal(refused) : throw SmtpConnectionException.NotSmtp();
    }

    // MAIL speaks of the sender, not of the recipient: what refuses it for good refuses every message. Only 552 (too large) and a
    // refused SMTPUTF8 concern this one.
    private void ThrowIfSenderRefused(SmtpReply mail, in MessageAddresses addresses)
    {
        if (!mail.IsPermanent || mail.Code == 552 || addresses.NeedsUtf8) return;
        IsUsable = false;
        throw mail.Code is 530 or 534 or 535 or 538
            ? new MailTransportException("SmtpCredentialsRefused", TransportText.SmtpAuthWanted(mail.FullCode))
            : new MailTransportException("SmtpSenderRefused", TransportText.SmtpSenderRefused(mail));
    }

    private async ValueTask<(SmtpReply Mail, SmtpReply Rcpt, SmtpReply Data)> PipelineAsync(MessageAddresses addresses)
    {
        commands.Reset();
        var reset = needsReset;
        if (reset) commands.Write("RSET\r\n"u8);
        WriteMail(addresses);
        WriteRcpt(addresses);
        commands.Write("DATA\r\n"u8);
        await wire.WriteAsync(commands.WrittenMemory, options.Timeouts.Command).ConfigureAwait(false);
        if (reset) await ReadResetAsync().ConfigureAwait(false);
        var mail = await wire.ReadAsync(options.Timeouts.Command).ConfigureAwait(false);
        if (mail.Code == 421) return (mail, mail, mail);
        var rcpt = await wire.ReadAsync(options.Timeouts.Command).ConfigureAwait(false);
        if (rcpt.Code == 421) return (mail, rcpt, rcpt);
        return (mail, rcpt, await wire.ReadAsync(options.Timeouts.DataInitiation).ConfigureAwait(false));
    }

    private async ValueTask<(SmtpReply Mail, SmtpReply Rcpt, SmtpReply Data)> LockStepAsync(MessageAddresses addresses)
    {
        if (needsReset)
        {
            await wire.WriteAsync("RSET\r\n"u8.ToArray(), options.Timeouts.Command).ConfigureAwait(false);
            await ReadResetAsync().ConfigureAwait(false);
        }
        commands.Reset();
        WriteMail(addresses);
        var mail = await CommandAsync(commands.WrittenMemory, options.Timeouts.Command).ConfigureAwait(false);
        if (!mail.IsPositive) return (mail, mail, mail);
        commands.Reset();
        WriteRcpt(addresses);
        var rcpt = await CommandAsync(commands.WrittenMemory, options.Timeouts.Command).ConfigureAwait(false);
        if (!rcpt.IsPositive) return (mail, rcpt, rcpt);
        return (mail, rcpt, await CommandAsync("DATA\r\n"u8.ToArray(), options.Timeouts.DataInitiation).ConfigureAwait(false));
    }

    private async ValueTask ReadResetAsync()
    {
        var reply = await wire.ReadAsync(options.Timeouts.Command).ConfigureAwait(false);
        if (!reply.IsPositive) throw SmtpConnectionException.Refused(reply);
        needsReset = false;
    }

    private async ValueTask<SmtpReply> CommandAsync(ReadOnlyMemory<byte> command, TimeSpan limit)
    {
        await wire.WriteAsync(command, options.Timeouts.Command).ConfigureAwait(false);
        return await wire.ReadAsync(limit).ConfigureAwait(false);
    }

    private HandOver Refusal(SmtpReply reply)
    {
        needsReset = true;
        if (reply.Code == 421) IsUsable = false;
        return new HandOver(reply.IsPermanent ? HandOverResult.Refused : HandOverResult.Deferred, null, reply.Reason, reply.FullCode);
    }

    private void WriteMail(in MessageAddresses addresses)
    {
        commands.Write("MAIL FROM:<"u8);
        Encoding.UTF8.GetBytes(addresses.From.Text, commands);
        commands.Write(">"u8);
        if (capabilities.Size) Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" SIZE={content.Length}"), commands);
        if (addresses.NeedsUtf8) commands.Write(capabilities.EightBitMime ? " BODY=8BITMIME SMTPUTF8"u8 : " SMTPUTF8"u8);
        commands.Write("\r\n"u8);
    }

    private void WriteRcpt(in MessageAddresses addresses)
    {
        commands.Write("RCPT TO:<"u8);
        Encoding.UTF8.GetBytes(addresses.To.Text, commands);
        commands.Write(">\r\n"u8);
    }

    private void StuffContent()
    {
        using var plain = new PooledBuffer(content.Length);
        plain.Write(content.WrittenSpan);
        content.Reset();
        DotStuffing.Stuff(plain.WrittenSpan, content);
    }
}
