using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>What every session needs.</summary>
internal sealed record SmtpSetup(
    SimulatorOptions Options, SimulatorClock Clock, FaultPlan Faults, RequestRecorder Recorder, MailDesk Desk, X509Certificate2 Certificate);

/// <summary>Mailjet's SMTP relay: one port for STARTTLS, one with TLS from the first byte (mailjet.md §1).</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly SmtpSetup _setup;
    private readonly TcpListener _plain;
    private readonly TcpListener _implicit;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private int _connections;

    internal SmtpSink(SmtpSetup setup, int port, int tlsPort)
    {
        _setup = setup;
        _plain = new TcpListener(IPAddress.Loopback, port);
        _implicit = new TcpListener(IPAddress.Loopback, tlsPort);
    }

    public int Port => ((IPEndPoint)_plain.LocalEndpoint).Port;

    /// <summary>Port with implicit TLS.</summary>
    public int TlsPort => ((IPEndPoint)_implicit.LocalEndpoint).Port;

    /// <summary>Self-signed; a client under test trusts exactly this one.</summary>
    public X509Certificate2 Certificate => _setup.Certificate;

    /// <summary>Connections taken so far.</summary>
    public int Connections => _connections;

    internal void Start()
    {
        _plain.Start(256);
        _implicit.Start(256);
        _loops.Add(ListenAsync(_plain, implicitTls: false));
        _loops.Add(ListenAsync(_implicit, implicitTls: true));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _plain.Stop();
        _implicit.Stop();
        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private async Task ListenAsync(TcpListener listener, bool implicitTls)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                // Replies are small and awaited: Nagle would cost 40 ms for each.
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => ServeAsync(socket, implicitTls));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, bool implicitTls)
    {
        try
        {
            await using var wire = new SmtpWire(socket);
            await new SmtpSession(_setup, wire).RunAsync(implicitTls, _stop.Token);
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, refused the certificate, or the simulator stops.
        }
    }
}
