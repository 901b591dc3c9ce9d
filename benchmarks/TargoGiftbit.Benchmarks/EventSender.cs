using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TargoGiftbit.Benchmarks;

/// <summary>Posts bodies as Mailjet does: each again and again until it is answered exactly 200.</summary>
public sealed class EventSender : IDisposable
{
    public const string Path = "mj-benchmark-0123456789abcdef";
    public const string User = "mailjet";
    public const string Password = "benchmark";

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(30) };

    public EventSender(int port)
    {
        client.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
    }

    public int Retries { get; private set; }

    /// <summary>Sends all bodies over some connections, telling how many have been answered so far.</summary>
    public async Task<TimeSpan> SendAsync(IEnumerable<byte[]> bodies, int connections, Action<int>? answered, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<byte[]>(bodies);
        var done = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (queue.TryDequeue(out var body))
            {
                while (!await TrySendAsync(body, cancellationToken))
                {
                    Retries++;
                    await Task.Delay(100, cancellationToken);
                }
                answered?.Invoke(Interlocked.Increment(ref done));
            }
        }, cancellationToken)));
        return Stopwatch.GetElapsedTime(started);
    }

    public void Dispose() => client.Dispose();

    private async Task<bool> TrySendAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(new Uri(Path, UriKind.Relative), content, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
