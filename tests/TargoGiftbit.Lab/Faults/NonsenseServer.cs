using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TargoGiftbit.Lab.Faults;

/// <summary>What a server answers that should not be one.</summary>
internal enum Nonsense
{
    /// <summary>Bytes that are of no protocol.</summary>
    Noise,

    /// <summary>A well-formed answer of HTTP whose body is no JSON.</summary>
    Page,

    /// <summary>Nothing, on a connection that stands.</summary>
    Silence,

    /// <summary>One byte a second.</summary>
    Drip,

    /// <summary>The head of an answer at once, and its body a byte a second.</summary>
    DrippingBody,
}

/// <summary>Takes any connection and answers nonsense, whatever is asked.</summary>
internal sealed class NonsenseServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Nonsense kind;

    public NonsenseServer(Nonsense kind)
    {
        this.kind = kind;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The room is left.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n";
            switch (kind)
            {
                case Nonsense.Noise:
                    await stream.WriteAsync(RandomNumberGenerator.GetBytes(4000), stop.Token);
                    break;
                case Nonsense.Page:
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 31\r\n\r\n<html>It works, sort of.</html>"u8.ToArray(), stop.Token);
                    break;
                case Nonsense.Silence:
                    await Task.Delay(TimeSpan.FromMinutes(1), stop.Token);
                    break;
                default:
                    if (kind == Nonsense.DrippingBody) await stream.WriteAsync(Encoding.ASCII.GetBytes(Head), stop.Token);
                    foreach (var letter in Head + Head)
                    {
                        await stream.WriteAsync(new[] { (byte)letter }, stop.Token);
                        await Task.Delay(TimeSpan.FromSeconds(1), stop.Token);
                    }
                    break;
            }
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null, stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client has had enough.
        }
    }
}
