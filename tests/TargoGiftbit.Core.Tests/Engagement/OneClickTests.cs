using System.Net;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Unsubscribe;
using TargoGiftbit.Core.Tests.Ledger;

namespace TargoGiftbit.Core.Tests.Engagement;

/// <summary>The unsubscribe address (RFC 8058; reference/email-compliance.md C).</summary>
public sealed class OneClickTests : IAsyncLifetime
{
    private static readonly Secret Key = new("0123456789abcdef0123456789abcdef");
    private readonly LedgerFixture fixture = new();
    private readonly CancellationTokenSource stop = new();
    private GiftId gift;
    private EventListener listener = null!;
    private HttpClient client = null!;
    private Task run = null!;

    public Task InitializeAsync()
    {
        gift = fixture.Ready(1, LedgerFixture.Terms() with { Environment = GiftEnvironment.Production })[0];
        var sender = new MailSenderSettings { UnsubscribeUrl = new Uri("https://cadeaux.targo.example/desabonnement"), SigningKey = Key };
        var options = new EventListenerOptions { Port = 0, Path = new Secret("mj-5c1f4be0a9d27f3388"), User = "mailjet", Password = new Secret("secret") };
        listener = new EventListener(fixture.Ledger, options, _ => { }, new OneClickDesk(fixture.Ledger, sender));
        run = listener.RunAsync(stop.Token);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{listener.Port}/") };
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

    private bool IsSuppressed => fixture.Ledger.Suppressions.Contains("c1@example.com");

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        using var answer = await client.GetAsync(Address());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<form method=\"post\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.False(IsSuppressed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_readers_post_unsubscribes_in_either_encoding_and_may_be_repeated(bool multipart)
    {
        for (var i = 0; i < 2; i++)
        {
            using HttpContent content = multipart
                ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
                : new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await client.PostAsync(Address(), content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(("c1@example.com", "one-click"), fixture.Ledger.Suppressions.List().Select(s => (s.Email, s.Source)).Single());
        Assert.Single(fixture.Ledger.History.Of(gift), h => h.Kind == "Unsubscribed");
    }

    [Fact]
    public async Task The_pages_own_button_is_told_from_a_mail_readers_post()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address()) { Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) };
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("link", fixture.Ledger.Suppressions.List().Single().Source);
    }

    [Fact]
    public async Task Nobody_can_unsubscribe_another_without_the_token()
    {
        foreach (var query in new[] { "", "?t=", "?t=AAAA", "?t=" + new UnsubscribeToken(new Secret("another key, another key")).Create(gift, "c1@example.com"), "?t=%00%ff", "?x=1&y" })
        {
            using var answer = await client.PostAsync(new Uri("desabonnement" + query, UriKind.Relative), new ByteArrayContent([]));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.False(IsSuppressed);
    }

    [Fact]
    public async Task A_customer_whose_address_was_corrected_since_is_heard_all_the_same()
    {
        using var answer = await client.PostAsync(Address("old-address@example.com"), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(IsSuppressed);
        Assert.Contains("corrected", fixture.Ledger.Suppressions.List().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sandbox_mail_never_suppresses_the_customer()
    {
        var test = fixture.Ready(1, LedgerFixture.Terms(id: "essai"))[0];
        var token = new UnsubscribeToken(Key).Create(test, "inbox+1@example.org");
        using var answer = await client.PostAsync(new Uri($"desabonnement/?t={token}", UriKind.Relative), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(IsSuppressed);
        Assert.True(fixture.Ledger.Suppressions.Contains("inbox+1@example.org"));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_is_admitted()
    {
        fixture.Ledger.Dispose();
        using var answer = await client.PostAsync(Address(), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task The_address_takes_no_other_method_and_the_event_address_stays_closed()
    {
        using var put = await client.PutAsync(Address(), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
        using var events = await client.PostAsync(new Uri("mj-5c1f4be0a9d27f3388", UriKind.Relative), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.Unauthorized, events.StatusCode);
    }

    [Fact]
    public void Without_address_or_key_the_desk_does_not_open()
    {
        Assert.Equal("OneClickNotSet", Assert.Throws<EngagementException>(() => new OneClickDesk(fixture.Ledger, new MailSenderSettings { SigningKey = Key })).Code);
        Assert.Equal("OneClickNotSet", Assert.Throws<EngagementException>(() => new OneClickDesk(fixture.Ledger, new MailSenderSettings { UnsubscribeUrl = new Uri("https://a.example/u") })).Code);
    }

    private Uri Address(string email = "c1@example.com") => new($"desabonnement?t={new UnsubscribeToken(Key).Create(gift, email)}", UriKind.Relative);
}
