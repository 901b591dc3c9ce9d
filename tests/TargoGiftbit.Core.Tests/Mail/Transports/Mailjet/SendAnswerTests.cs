using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Mail.Transports.Mailjet;

/// <summary>Answers of every plausible form and what they mean for each message.</summary>
public sealed class SendAnswerTests
{
    private const string One = """{"Status":"success","CustomID":"targo-2026-q2-loyalty:1","To":[{"Email":"client1@example.com","MessageID":576460756513665525}]}""";
    private const string Two = """{"Status":"success","CustomID":"targo-2026-q2-loyalty:2","To":[{"Email":"client2@example.com","MessageID":"1152921507291203256"}]}""";

    [Fact]
    public async Task Ids_come_as_numbers_or_text_and_keep_every_digit()
    {
        var results = await SendAsync(ScriptedHttpServer.Json(200, $$"""{"Messages":[{{One}},{{Two}}],"More":1}"""));
        Assert.Equal(["576460756513665525", "1152921507291203256"], results.Select(r => r.MessageId));
    }

    [Fact]
    public async Task Entries_out_of_place_are_matched_by_CustomID()
    {
        var results = await SendAsync(ScriptedHttpServer.Json(200, $$"""{"Messages":[{{Two}},{{One}}]}"""));
        Assert.Equal(["576460756513665525", "1152921507291203256"], results.Select(r => r.MessageId));
    }

    [Fact]
    public async Task A_message_without_an_entry_is_unknown()
    {
        var results = await SendAsync(ScriptedHttpServer.Json(200, $$"""{"Messages":[{{Two}}]}"""));
        Assert.Equal([HandOverResult.Unknown, HandOverResult.Accepted], results.Select(r => r.Result));
    }

    [Fact]
    public async Task A_null_entry_and_an_entry_without_status_say_nothing()
    {
        var results = await SendAsync(ScriptedHttpServer.Json(200, """{"Messages":[null,{"CustomID":"targo-2026-q2-loyalty:2"}]}"""));
        Assert.All(results, r => Assert.Equal(HandOverResult.Unknown, r.Result));
    }

    [Theory]
    [InlineData(400, "mj-0013", HandOverResult.Refused, "mj-0013")]
    [InlineData(403, "send-0008", HandOverResult.Deferred, "403 send-0008")]
    [InlineData(401, "mj-0001", HandOverResult.Deferred, "401 mj-0001")]
    [InlineData(429, "mj-0099", HandOverResult.Deferred, "mj-0099")]
    [InlineData(500, "mj-0500", HandOverResult.Unknown, "mj-0500")]
    public async Task The_fault_of_one_message_is_judged_by_its_own_status(int status, string code, HandOverResult expected, string reasonCode)
    {
        var fault = $$"""{"Status":"error","Errors":[{"ErrorIdentifier":"f987008f-251a","ErrorCode":"{{code}}","StatusCode":{{status}},"ErrorMessage":"see https://gtbt.co/aB3dE5fG7hJ","ErrorRelatedTo":["To[0].Email"]}]}""";
        var results = await SendAsync(ScriptedHttpServer.Json(400, $$"""{"Messages":[{{fault}},{{Two}}]}"""));
        Assert.Equal((expected, reasonCode), (results[0].Result, results[0].ReasonCode));
        Assert.Contains("f987008f-251a", results[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3dE5fG7hJ", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal(HandOverResult.Accepted, results[1].Result);
    }

    [Fact]
    public async Task Codes_and_ids_that_are_none_are_not_kept_as_such()
    {
        const string Link = "https://gtbt.co/aB3dE5fG7hJ";
        var fault = $$"""{"Status":"error","Errors":[{"ErrorIdentifier":"{{Link}}","ErrorCode":"{{Link}} {{new string('x', 300)}}","StatusCode":400,"ErrorMessage":"no"}]}""";
        var odd = $$"""{"Status":"success","CustomID":"targo-2026-q2-loyalty:2","To":[{"MessageID":"{{Link}}"}]}""";
        var results = await SendAsync(ScriptedHttpServer.Json(400, $$"""{"Messages":[{{fault}},{{odd}}]}"""));
        Assert.DoesNotContain("aB3dE5fG7hJ", $"{results[0].Reason} {results[0].ReasonCode}", StringComparison.Ordinal);
        Assert.InRange(results[0].ReasonCode!.Length, 1, 40);
        Assert.Equal((HandOverResult.Accepted, null), (results[1].Result, results[1].MessageId));
    }

    [Fact]
    public async Task A_call_refused_as_a_whole_is_halved_until_the_message_at_fault_stands_alone()
    {
        var refused = ScriptedHttpServer.Json(400, """{"ErrorIdentifier":"x","ErrorCode":"mj-0004","StatusCode":400,"ErrorMessage":"Type mismatch"}""");
        await using var server = new ScriptedHttpServer(refused, refused, ScriptedHttpServer.Json(200, $$"""{"Messages":[{{Two}}]}"""));
        var results = await SendAsync(server);
        Assert.Equal((HandOverResult.Refused, "mj-0004"), (results[0].Result, results[0].ReasonCode));
        Assert.Equal(HandOverResult.Accepted, results[1].Result);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(408)]
    [InlineData(422)]
    [InlineData(504)]
    public async Task A_page_of_something_in_between_proves_nothing(int status)
    {
        await using var server = new ScriptedHttpServer(ScriptedHttpServer.Answer(status, "text/html", "<html><title>Gateway</title></html>"));
        Assert.All(await SendAsync(server), r => Assert.Equal(HandOverResult.Unknown, r.Result));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(301, "MailjetEndpointWrong")]
    [InlineData(307, "MailjetEndpointWrong")]
    [InlineData(404, "MailjetEndpointWrong")]
    [InlineData(401, "MailjetCredentialsRefused")]
    [InlineData(403, "MailjetCredentialsRefused")]
    public async Task An_address_or_a_key_that_is_wrong_stops_the_transport(int status, string code)
    {
        await using var server = new ScriptedHttpServer(ScriptedHttpServer.Answer(status, "text/html", "<html></html>", "Location: /elsewhere\r\n"));
        Assert.Equal(code, (await Assert.ThrowsAsync<MailTransportException>(() => SendAsync(server))).Code);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"Messages\":[]}")]
    [InlineData("{\"Messages\":\"ok\"}")]
    [InlineData("not json")]
    public async Task A_success_that_says_nothing_leaves_the_messages_unknown(string body)
    {
        await using var server = new ScriptedHttpServer(ScriptedHttpServer.Json(200, body));
        Assert.All(await SendAsync(server), r => Assert.Equal(HandOverResult.Unknown, r.Result));
    }

    private static async Task<IReadOnlyList<HandOver>> SendAsync(string answer)
    {
        await using var server = new ScriptedHttpServer(answer);
        return await SendAsync(server);
    }

    private static async Task<IReadOnlyList<HandOver>> SendAsync(ScriptedHttpServer server)
    {
        await using var transport = MailjetTransportTests.Transport(server.Address, "public", "private");
        return await transport.HandOverAsync(Messages.Batch(2), default);
    }
}
