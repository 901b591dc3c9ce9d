using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mailjet;

/// <summary>Answers one request after the other with what it was given, for answers that no real Mailjet gives (a proxy's page, entries that do not fit).</summary>
internal sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<string> answers;
    private readonly Task serving;

    public ScriptedHttpServer(params string[] answers)
    {
        this.answers = new Queue<string>(answers);
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public ConcurrentQueue<string> Requests { get; } = new();

    public static string Json(int status, string body) => Answer(status, "application/json", body);

    public static string Answer(int status, string type, string body, string header = "") =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\n{header}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (answers.TryDequeue(out var answer))
            {
                // One connection per answer: nothing hangs over from the last.
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await ReadAsync(stream);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)));
            }
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = all[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } line
                ? int.Parse(line[16..], System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (all.Length >= end + 4 + length) break;
        }
        Requests.Enqueue(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text.ToString())));
    }
}
