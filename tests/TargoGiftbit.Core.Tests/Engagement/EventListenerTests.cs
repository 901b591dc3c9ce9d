using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Tests.Engagement;

public sealed class EventListenerTests : IAsyncLifetime
{
    private const string Path = "mj-5c1f4be0a9d27f3388";
    private readonly EventFixture fixture = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<MailEventReceipt> receipts = [];
    private readonly CancellationTokenSource stop = new();
    private EventListener listener = null!;
    private HttpClient client = null!;
    private Task run = null!;

    public Task InitializeAsync()
    {
        Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await run;
        await listener.DisposeAsync();
        client.Dispose();
        stop.Dispose();
        fixture.Dispose();
    }

    [Fact]
    public async Task Events_are_durable_before_the_answer()
    {
        using var answer = await PostAsync(EventFixture.Json(new[] { fixture.Event("sent", 2), fixture.Click(300) }));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var other = Core.Ledger.GiftLedger.Open(fixture.Base.Folder, fixture.Clock);
        Assert.NotNull(other.Gifts.Get(fixture.Gifts[0]).ClickedAt);
        // The answer does not wait for whoever looks at the events.
        SpinWait.SpinUntil(() => receipts.Count == 2, TimeSpan.FromSeconds(10));
        Assert.Equal([false, true], receipts.Select(r => r.IsGiftLink));
    }

    [Fact]
    public async Task A_bare_object_is_taken_too()
    {
        using var answer = await PostAsync(EventFixture.Json(fixture.Event("sent", 2)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, fixture.Ledger.Events.Count());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"event":"sent","MessageID":5,"CustomID":"elsewhere:1"}""")]
    public async Task What_cannot_be_used_is_quarantined_and_answered_200(string body)
    {
        using var answer = await PostAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, fixture.Ledger.Events.Quarantine.Count());
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("mailjet", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("mailjet:", "secret", HttpStatusCode.Unauthorized)]
    [InlineData("", "", HttpStatusCode.Unauthorized)]
    public async Task Strangers_learn_nothing(string? user, string? password, HttpStatusCode status)
    {
        client.DefaultRequestHeaders.Authorization = user is null ? null : Basic(user, password!);
        using var answer = await PostAsync(EventFixture.Json(fixture.Event("sent", 2)));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, fixture.Ledger.Events.Count() + fixture.Ledger.Events.Quarantine.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("mj-5c1f4be0a9d27f3389")]
    [InlineData("mj-5c1f4be0a9d27f3388/more")]
    public async Task Another_path_does_not_exist_whoever_asks(string path)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Only_post_is_allowed()
    {
        using var answer = await client.GetAsync(new Uri(Path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not(bool chunked)
    {
        using var request = Request(new byte[5000]);
        request.Headers.TransferEncodingChunked = chunked;
        try
        {
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The connection was ended while the client still sent: as good an answer.
        }
        Assert.Equal(0, fixture.Ledger.Events.Quarantine.Count());
        using var next = await PostAsync(EventFixture.Json(fixture.Event("sent", 2)));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_given_up_and_others_are_served_meanwhile()
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, listener.Port);
        var head = $"POST /{Path} HTTP/1.1\r\nHost: webhook.targo.example\r\nAuthorization: {Basic("mailjet", "secret")}\r\nContent-Length: 500\r\n\r\n[";
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));

        using var answer = await PostAsync(EventFixture.Json(fixture.Event("sent", 2)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var reader = new StreamReader(slow.GetStream());
        Assert.Contains("408", await reader.ReadLineAsync() ?? "408, or the connection ended", StringComparison.Ordinal);
        Assert.Equal(0, fixture.Ledger.Events.Quarantine.Count());
    }

    [Fact]
    public async Task A_broken_ledger_is_the_one_thing_answered_with_503()
    {
        var failures = new List<Exception>();
        listener.Failed = failures.Add;
        fixture.Ledger.Dispose();
        using var answer = await PostAsync(EventFixture.Json(fixture.Event("sent", 2)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Single(failures);
    }

    [Fact]
    public async Task A_stop_ends_what_is_under_way_and_takes_no_more()
    {
        var posts = Enumerable.Range(0, 40).Select(n => PostAsync(EventFixture.Json(fixture.Event("open", n, ("agent", EventFixture.Browser))))).ToList();
        await Task.WhenAny(posts);
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        var accepted = 0;
        foreach (var post in posts)
        {
            try
            {
                using var answer = await post;
                if (answer.StatusCode == HttpStatusCode.OK) accepted++;
            }
            catch (HttpRequestException)
            {
                // Not taken: the sender comes again.
            }
        }
        Assert.True(accepted > 0);
        Assert.True(fixture.Ledger.Events.Count() >= accepted);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("", UriKind.Relative)));
    }

    [Fact]
    public async Task Mutated_bodies_are_all_answered_200_and_nothing_of_a_link_is_kept()
    {
        var random = new Random(17);
        var seed = EventFixture.Json(new[] { fixture.Click(300), fixture.Bounce(9, "user unknown", true), fixture.Event("unsub", 90) });
        var failures = 0;
        listener.Failed = _ => failures++;
        for (var i = 0; i < 1500; i++)
        {
            using var answer = await PostAsync(Mutation.Of(seed, random));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(0, failures);
        Assert.DoesNotContain(fixture.Ledger.Events.Quarantine.Newest(int.MaxValue), q => q.Body.Contains("gtbt", StringComparison.OrdinalIgnoreCase) || q.Body.Contains("pring0000", StringComparison.Ordinal));
        Assert.DoesNotContain(receipts, r => $"{r} {r.Error} {r.CampaignId} {r.MessageId} {r.Reason}".Contains("gtbt", StringComparison.OrdinalIgnoreCase));
    }

    private void Start()
    {
        listener = new EventListener(fixture.Ledger, Options(), receipts.Enqueue);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{listener.Port}/") };
        client.DefaultRequestHeaders.Authorization = Basic("mailjet", "secret");
        run = listener.RunAsync(stop.Token);
    }

    private static EventListenerOptions Options() => new()
    {
        Port = 0, Path = new Secret(Path), User = "mailjet", Password = new Secret("secret"), MaxBodyBytes = 4096, ReadTimeout = TimeSpan.FromSeconds(1),
    };

    private static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static HttpRequestMessage Request(byte[] body) => new(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new ByteArrayContent(body) };

    private async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var request = Request(body);
        return await client.SendAsync(request);
    }
}
