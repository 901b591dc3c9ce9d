using System.Net;
using System.Net.Sockets;

namespace TargoGiftbit.Core.Engagement.Web;

/// <summary>
/// A small HTTP/1.1 server on 127.0.0.1, behind a reverse proxy. <see cref="HttpListener"/> will not do: on Linux its
/// <c>Stop()</c> answers 200 to requests that nobody has looked at (tried on .NET 10: 36 of 40 posts lost so), it has no deadlines,
/// and it turns every foreign Host header away.
/// </summary>
internal sealed class WebServer : IDisposable
{
    private readonly WebLimits limits;
    private readonly Func<WebHead, Func<int, Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)>>, Task<WebAnswer>> handle;
    private readonly TcpListener listener;
    private readonly SemaphoreSlim slots;
    private readonly HashSet<Task> running = [];

    /// <summary>Starts to listen.</summary>
    /// <param name="port">Port on 127.0.0.1; 0 for any.</param>
    /// <param name="limits">Limits of each connection.</param>
    /// <param name="handle">Answers a request; its second argument reads the body, up to so many bytes, and is called at most once.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public WebServer(int port, WebLimits limits, Func<WebHead, Func<int, Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)>>, Task<WebAnswer>> handle)
    {
        this.limits = limits;
        this.handle = handle;
        slots = new SemaphoreSlim(limits.Connections);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>Serves until cancelled; then takes no more connections, ends what is under way and returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var abort = new CancellationTokenSource();
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
                Track(ServeAsync(await AcceptAsync(cancellationToken).ConfigureAwait(false), cancellationToken, abort.Token));
            }
        }
        catch (OperationCanceledException)
        {
        }
        listener.Stop();
        Task[] left;
        lock (running) left = [.. running];
        // What does not end in time is cut without an answer: its sender comes again.
        abort.CancelAfter(limits.DrainTimeout);
        await Task.WhenAll(left).ConfigureAwait(false);
    }

    public void Dispose() => listener.Dispose();

    private async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // That connection is gone already, or the system is short of handles for a moment.
                await Task.Delay(50, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Track(Task task)
    {
        lock (running) running.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (running) running.Remove(done);
                slots.Release();
            }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stopping, CancellationToken abort)
    {
        await Task.Yield();
        socket.NoDelay = true;
        using var connection = new WebConnection(socket, limits);
        try
        {
            while (!stopping.IsCancellationRequested && await ServeOneAsync(connection, stopping, abort).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has gone, or we have: nobody is there to answer.
        }
    }

    private async Task<bool> ServeOneAsync(WebConnection connection, CancellationToken stopping, CancellationToken abort)
    {
        var (head, refusal) = await connection.ReadHeadAsync(stopping, abort).ConfigureAwait(false);
        if (refusal is not null) await connection.AnswerAsync(refusal, close: true, headOnly: false, abort).ConfigureAwait(false);
        if (head is null) return false;
        var wasRead = head.ContentLength == 0;
        var answer = await handle(head, async maxBytes =>
        {
            var (body, refused) = await connection.ReadBodyAsync(head, maxBytes, abort).ConfigureAwait(false);
            wasRead = refused is null;
            return (body, refused);
        }).ConfigureAwait(false);
        // What was not read of a body would be taken for the next request.
        var close = answer.Closes || !wasRead || !head.KeepAlive || stopping.IsCancellationRequested;
        await connection.AnswerAsync(answer, close, head.Method == "HEAD", abort).ConfigureAwait(false);
        return !close;
    }
}
