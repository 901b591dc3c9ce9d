using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>A socket, its TLS, and a deadline for each step. What goes wrong comes out as <see cref="SmtpConnectionException"/>.</summary>
internal sealed class SmtpWire : IDisposable
{
    private readonly Socket socket;
    private readonly ITimer deadline;
    private readonly SmtpReplyReader reader = new();
    private Stream stream;
    private volatile bool elapsed;

    private SmtpWire(Socket socket, TimeProvider clock)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
        deadline = clock.CreateTimer(static state => ((SmtpWire)state!).Elapse(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Connects, with TLS from the first byte when the settings say so.</summary>
    public static async Task<SmtpWire> ConnectAsync(SmtpSettings settings, SmtpOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Without NoDelay every message stalls 44 ms on Nagle against delayed acknowledgement.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpWire? wire = null;
        try
        {
            using (var limit = new CancellationTokenSource(options.Timeouts.Connect, clock))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
            {
                await socket.ConnectAsync(settings.Host, settings.Port, either.Token).ConfigureAwait(false);
            }
            // "localhost" is only a name: what counts for plain text is where the connection went (spec A4).
            if (settings.Tls == SmtpTls.None && !(socket.RemoteEndPoint is IPEndPoint peer && IsLoopback(peer.Address)))
                throw new MailTransportException("SmtpPlainRefused", TransportText.SmtpPlainRefused(settings.Host));
            wire = new SmtpWire(socket, clock);
            if (settings.Tls == SmtpTls.Implicit) await wire.SecureAsync(settings, options).ConfigureAwait(false);
            return wire;
        }
        catch (Exception error)
        {
            wire?.Dispose();
            socket.Dispose();
            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new SmtpConnectionException("SmtpUnreachable", TransportText.SmtpUnreachable(settings, TransportText.TookTooLong), error);
            if (error is SocketException) throw new SmtpConnectionException("SmtpUnreachable", TransportText.SmtpUnreachable(settings, error.Message), error);
            throw;
        }
    }

    /// <summary>Turns TLS on. Chain and host name are always checked; nothing turns that off (spec A4).</summary>
    public async Task SecureAsync(SmtpSettings settings, SmtpOptions options)
    {
        // Anything the server "said" in clear after its 220 could have been slipped in by a third party and would be taken as secured.
        if (reader.HasUnread) throw new MailTransportException("SmtpTlsFailed", TransportText.SmtpTlsInjected(settings));
        var tls = new SslStream(stream);
        stream = tls;
        deadline.Change(options.Timeouts.Connect, Timeout.InfiniteTimeSpan);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = options.ChainPolicy,
            }).ConfigureAwait(false);
        }
        catch (AuthenticationException error)
        {
            throw new MailTransportException("SmtpTlsFailed", TransportText.SmtpTlsFailed(settings, error.Message), error);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    /// <summary>Writes one protocol phase.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit)
    {
        deadline.Change(limit, Timeout.InfiniteTimeSpan);
        try
        {
            await stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    /// <summary>Reads one reply.</summary>
    public async ValueTask<SmtpReply> ReadAsync(TimeSpan limit)
    {
        deadline.Change(limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await reader.ReadAsync(stream, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    /// <summary>No step is under way any more: the clock stops.</summary>
    public void Rest() => deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>False when the server has closed the connection or said something unasked (a 421) while it rested.</summary>
    public bool IsQuiet()
    {
        try
        {
            return !reader.HasUnread && !socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception error) when (IsLoss(error))
        {
            return false;
        }
    }

    /// <summary>Breaks the connection; a step under way fails at once.</summary>
    public void Abort() => socket.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        deadline.Dispose();
        socket.Dispose();
        stream.Dispose();
    }

    private static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoss(Exception error) => error is IOException or SocketException or ObjectDisposedException or InvalidOperationException;

    private SmtpConnectionException Lost(Exception error) =>
        elapsed ? SmtpConnectionException.TimedOut(error) : SmtpConnectionException.Closed(error);

    private void Elapse()
    {
        elapsed = true;
        Abort();
    }
}
