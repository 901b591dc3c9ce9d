using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>The connection under a session: replies are gathered and go out together, TLS can be slid under it, it can be broken.</summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly StringBuilder _pending = new();
    private Stream _stream;
    private SmtpReader _reader;

    public SmtpWire(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new SmtpReader(_stream);
    }

    public bool IsSecure { get; private set; }

    public void Reply(string line) => _pending.Append(line).Append("\r\n");

    /// <summary>The next command; what is to be said goes out first, unless the client has already sent more (RFC 2920).</summary>
    public async ValueTask<string?> NextAsync(CancellationToken cancel)
    {
        if (!_reader.HasMore)
            await FlushAsync(cancel);
        return await _reader.ReadLineAsync(cancel);
    }

    public async ValueTask<byte[]?> ReadDataAsync(CancellationToken cancel)
    {
        await FlushAsync(cancel);
        return await _reader.ReadDataAsync(cancel);
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (_pending.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(_pending.ToString());
        _pending.Clear();
        await _stream.WriteAsync(bytes, cancel);
        await _stream.FlushAsync(cancel);
    }

    public async Task SecureAsync(X509Certificate2 certificate, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        var tls = new SslStream(_stream);
        _stream = tls;
        // A new reader: what came in clear text after STARTTLS must not be obeyed (RFC 3207 §6).
        _reader = new SmtpReader(tls);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancel);
        IsSecure = true;
    }

    /// <summary>Says nothing until the client gives up or the time is over.</summary>
    public async Task HangAsync(TimeSpan duration, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(duration);
        try
        {
            while (await _reader.ReadLineAsync(patience.Token) is not null)
            {
                // Whatever it says now stays without an answer.
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The hang time is over.
        }
    }

    /// <summary>Breaks the connection; with linger 0 the client sees a reset, not an orderly end.</summary>
    public void Break()
    {
        _pending.Clear();
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();
}
