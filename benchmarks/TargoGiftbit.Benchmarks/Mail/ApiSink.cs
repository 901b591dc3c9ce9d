using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>
/// The smallest thing that answers like <c>POST /v3.1/send</c> (reference/mailjet.md §2): every message is accepted. In a process
/// of its own, so that neither side pays for it more than the other.
/// </summary>
internal static class ApiSink
{
    private static long lastId = 1_152_921_507_291_203_256;

    /// <summary>Prints its port and serves until cancelled.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(64);
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(cancellationToken);
                socket.NoDelay = true;
                _ = Task.Run(() => ServeAsync(socket, cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        var buffer = new byte[4 * 1024 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                int head;
                while ((head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    if (!await FillAsync()) return;
                }
                var total = head + 4 + ContentLength(buffer.AsSpan(0, head));
                while (length < total)
                {
                    if (!await FillAsync()) return;
                }
                await stream.WriteAsync(Answer(buffer.AsSpan(head + 4, total - head - 4)), cancellationToken);
                buffer.AsSpan(total, length - total).CopyTo(buffer);
                length -= total;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has done with it.
        }

        async ValueTask<bool> FillAsync()
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            return read > 0;
        }
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.ASCII.GetString(head).Split("\r\n"))
        {
            if (line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
                return int.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        throw new IOException("A request without Content-Length.");
    }

    private static byte[] Answer(ReadOnlySpan<byte> body)
    {
        var messages = new StringBuilder("{\"Messages\":[");
        var marker = "\"CustomID\":\""u8;
        for (int at; (at = body.IndexOf(marker)) >= 0;)
        {
            body = body[(at + marker.Length)..];
            var id = Encoding.UTF8.GetString(body[..body.IndexOf((byte)'"')]);
            if (messages[^1] != '[') messages.Append(',');
            messages.Append(CultureInfo.InvariantCulture, $$"""
                {"Status":"success","CustomID":"{{id}}","To":[{"Email":"x@example.com","MessageUUID":"{{id}}","MessageID":{{Interlocked.Increment(ref lastId)}},"MessageHref":"http://127.0.0.1/v3/REST/message/{{lastId}}"}],"Cc":[],"Bcc":[]}
                """);
        }
        var json = messages.Append("]}").ToString();
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"));
    }
}
