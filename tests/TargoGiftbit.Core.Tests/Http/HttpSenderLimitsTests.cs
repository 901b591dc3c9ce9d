using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Tests.Http;

public sealed class HttpSenderLimitsTests
{
    private readonly List<RetryNotice> notices = [];

    [Fact]
    public async Task A_closed_port_certainly_had_no_effect()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var sender = Sender(o => o with { MaxRetries = 2 });
        var ask = new HttpAsk(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/x")) { Body = "{}"u8.ToArray() };
        var error = await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(ask, Number, default));
        Assert.Equal(("HttpConnectionFailed", false), (error.Code, error.MayHaveWorked));
        Assert.Contains("3 attempts", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_limit_is_refused_whether_or_not_it_tells_its_length(bool tells)
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            if (tells) context.Response.ContentLength = 20_000;
            for (var i = 0; i < 20; i++) await context.Response.WriteAsync(new string(' ', 1000));
        });
        using var sender = Sender(o => o with { MaxAnswerBytes = 10_000 });
        var error = await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(Get(server), Number, default));
        Assert.Equal("HttpAnswerTooLarge", error.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_compressed_answer_is_read_and_one_that_unpacks_beyond_the_limit_is_not()
    {
        await using var server = await ScriptedServer.StartAsync(Gzip("""{"n":7}"""), Gzip(new string(' ', 50_000) + "{}"));
        using var sender = Sender(o => o with { MaxAnswerBytes = 10_000 });
        Assert.Equal(7, (await sender.SendAsync(Get(server), Number, default)).Value);
        Assert.Equal("HttpAnswerTooLarge", (await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(Get(server), Number, default))).Code);

        static RequestDelegate Gzip(string body) => async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
        };
    }

    [Fact]
    public async Task Requests_tell_who_asks_and_carry_the_headers_of_the_call()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json("{}", 401));
        using var sender = Sender();
        await sender.SendAsync(new HttpAsk(HttpMethod.Get, server.Address) { Headers = h => h.Authorization = new("Bearer", "t") }, Number, default);
        var headers = server.Requests.Single().Headers;
        Assert.Matches(@"^TargoGiftbit/\d+\.\d+\.\d+$", headers["User-Agent"]);
        Assert.Equal("Bearer t", headers["Authorization"]);
        Assert.Equal("application/json", headers["Accept"]);
    }

    [Fact]
    public async Task A_self_made_certificate_is_refused_and_not_tried_again()
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=localhost", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var accepted = 0;
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                accepted++;
                await using var tls = new System.Net.Security.SslStream(client.GetStream());
                await Record.ExceptionAsync(async () =>
                {
                    await tls.AuthenticateAsServerAsync(certificate);
                    await tls.ReadExactlyAsync(new byte[1]);
                });
            }
        });
        using var sender = Sender();
        var address = new Uri($"https://localhost:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/");
        var error = await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(new HttpAsk(HttpMethod.Get, address), Number, default));
        Assert.Equal(("HttpTlsRefused", false), (error.Code, error.MayHaveWorked));
        Assert.Equal(1, accepted);
        listener.Stop();
        await Record.ExceptionAsync(() => serving);
    }

    [Fact]
    public async Task No_error_shows_the_token_the_query_or_a_word_of_the_body()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json("""{"n":"canary-body","http://gtbt.co/canarylink1":"""), ScriptedServer.Reset(), ScriptedServer.Json("{\"canary name\":\"canary-body\"}"));
        using var sender = Sender(o => o with { MaxRetries = 2 });
        var ask = new HttpAsk(HttpMethod.Get, new Uri(server.Address, "/gifts?recipient_email=canary-mail")) { Headers = h => h.Authorization = new("Bearer", "canary-token") };
        var error = await Assert.ThrowsAsync<HttpFaultException>(() => sender.SendAsync(ask, a => JsonSerializer.Deserialize<Dictionary<string, int>>(a.Body.Span), default));
        Assert.Equal("HttpAnswerUnreadable", error.Code);
        Assert.DoesNotContain("canary", error + ask.ToString() + string.Join('\n', notices), StringComparison.Ordinal);
    }

    private HttpSender Sender(Func<HttpOptions, HttpOptions>? change = null)
    {
        var options = new HttpOptions { Service = "Test", Time = new FastTime(1000), AttemptTimeout = TimeSpan.FromHours(1), OnRetry = notices.Add };
        // A thousandfold clock makes an hour of 3.6 s: the total time must outlast a slow test machine.
        options = options with { TotalTime = TimeSpan.FromMinutes(30) };
        return new HttpSender(change is null ? options : change(options));
    }

    private static HttpAsk Get(ScriptedServer server) => new(HttpMethod.Get, new Uri(server.Address, "/x?q=1"));

    private static int Number(HttpAnswer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.GetProperty("n").GetInt32();
    }
}
