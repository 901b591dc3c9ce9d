using System.Net;
using System.Net.Sockets;
using System.Text;
using TargoGiftbit.Core.Engagement.Web;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>The small HTTP server, spoken to byte by byte.</summary>
public sealed class WebServerTests : IAsyncLifetime
{
    private static readonly WebLimits Limits = new()
    {
        Connections = 4, HeadTimeout = TimeSpan.FromMilliseconds(300), BodyTimeout = TimeSpan.FromMilliseconds(500), LingerTimeout = TimeSpan.FromMilliseconds(100),
    };

    private CancellationTokenSource stop = new();
    private readonly List<string> seen = [];
    private WebServer server = null!;
    private Task run = null!;

    public Task InitializeAsync()
    {
        Start(Limits);
        return Task.CompletedTask;
    }

    private void Start(WebLimits limits)
    {
        server = new WebServer(0, limits, async (head, read) =>
        {
            if (head.Path == "/refuse") return WebAnswer.Unauthorized;
            var (body, refusal) = await read(100);
            if (refusal is not null) return refusal;
            lock (seen) seen.Add($"{head.Method} {head.Path}?{head.Query} {Encoding.UTF8.GetString(body.Span)}");
            return head.Path == "/page" ? WebAnswer.Page(200, "<p>é</p>", []) : WebAnswer.Ok;
        });
        run = server.RunAsync(stop.Token);
    }

    public Task DisposeAsync() => StopAsync();

    private async Task StopAsync()
    {
        await stop.CancelAsync();
        await run;
        server.Dispose();
        stop.Dispose();
    }

    [Theory]
    [InlineData("POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi", "200", "POST /a? hi")]
    [InlineData("POST /a?x=1 HTTP/1.1\r\nHost: any.example\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n3;x=y\r\n lo\r\n0\r\nTrailer: t\r\n\r\n", "200", "POST /a?x=1 hi lo")]
    [InlineData("GET http://any.example/a?b HTTP/1.1\r\n\r\n", "200", "GET /a?b ")]
    [InlineData("POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", "200", "POST /a? hi")]
    [InlineData("POST /a HTTP/1.1\r\nContent-Length: 101\r\n\r\n", "413", null)]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", "413", null)]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nhi", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nContent-Length: +2\r\n\r\nhi", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nX: 1\r\n folded\r\n\r\n", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nX : 1\r\n\r\n", "400", null)]
    [InlineData("POST  /a HTTP/1.1\r\n\r\n", "400", null)]
    [InlineData("POST /a HTTP/2.0\r\n\r\n", "400", null)]
    [InlineData("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhi", "408", null)]
    [InlineData("POST /a HTT", "408", null)]
    [InlineData("POST /refuse HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "401", null)]
    public async Task Each_request_gets_its_answer(string request, string status, string? got)
    {
        var answer = await AskAsync(request);
        Assert.Equal(status, answer.Split(' ')[1]);
        Assert.Equal(got, seen.SingleOrDefault());
    }

    [Fact]
    public async Task A_head_beyond_the_limit_is_refused()
    {
        var answer = await AskAsync("GET /a HTTP/1.1\r\nX: " + new string('x', 20_000));
        Assert.Equal("431", answer.Split(' ')[1]);
    }

    [Fact]
    public async Task Requests_on_one_connection_are_answered_in_turn_however_their_bytes_are_cut()
    {
        // As patient as on a busy machine: this is not about time.
        await StopAsync();
        stop = new CancellationTokenSource();
        Start(Limits with { HeadTimeout = TimeSpan.FromSeconds(20), BodyTimeout = TimeSpan.FromSeconds(20) });
        using var socket = await ConnectAsync();
        var bytes = Encoding.ASCII.GetBytes("POST /1 HTTP/1.1\r\nContent-Length: 3\r\n\r\noneHEAD /page HTTP/1.1\r\n\r\nPOST /3 HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        foreach (var piece in bytes.Chunk(7))
        {
            await socket.SendAsync(piece);
            await Task.Delay(1);
        }
        var answer = await ReadToEndAsync(socket);
        Assert.Equal(3, answer.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Contains("Content-Length: 9\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<p>", answer, StringComparison.Ordinal);
        Assert.Equal(["POST /1? one", "HEAD /page? ", "POST /3? "], seen);
    }

    [Fact]
    public async Task A_body_that_is_announced_is_asked_for()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes("POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"));
        var buffer = new byte[100];
        Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)), StringComparison.Ordinal);
        await socket.SendAsync("hi"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_connections_end_at_a_stop_and_none_gets_an_answer_it_did_not_ask_for()
    {
        using var idle = await ConnectAsync();
        await Task.Delay(50);
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("", await ReadToEndAsync(idle));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_never_answered_with_200()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"));
        socket.Shutdown(SocketShutdown.Send);
        Assert.DoesNotContain("200", await ReadToEndAsync(socket), StringComparison.Ordinal);
        Assert.Empty(seen);
    }

    private async Task<string> AskAsync(string request)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        // Longer than the server waits for what is missing, shorter than its patience with an idle connection.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1000];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return socket;
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[1000];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;) text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // Cut: that is an end too.
        }
        return text.ToString();
    }
}
