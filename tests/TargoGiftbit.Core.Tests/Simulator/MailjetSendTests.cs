using System.Text.Json;
using TargoGiftbit.Simulator.Mailjet;

namespace TargoGiftbit.Core.Tests.Simulator;

public sealed class MailjetSendTests : SimulatorTest
{
    [Fact]
    public async Task A_mixed_batch_keeps_the_order_and_sends_the_good_ones()
    {
        var bad = Mail("ete:2");
        bad["Headers"] = new Dictionary<string, string> { ["X-MJ-CustomID"] = "other" };
        var (status, body) = await SendAsync(Mail("ete:1"), bad, Mail("ete:3"));

        Assert.Equal(400, status);
        var results = body.GetProperty("Messages");
        Assert.Equal(["success", "error", "success"], results.EnumerateArray().Select(r => r.GetProperty("Status").GetString()));
        var error = results[1].GetProperty("Errors")[0];
        Assert.Equal("send-0011", error.GetProperty("ErrorCode").GetString());
        Assert.True(error.GetProperty("ErrorIdentifier").TryGetGuid(out _));
        Assert.Equal(["ete:1", "ete:3"], Sim.Inbox.Messages.Select(message => message.CustomId));

        Sim.Options.Mailjet.MixedBatchStatus = 200;
        Assert.Equal(200, (await SendAsync(Mail("ete:4"), bad)).Status);
    }

    [Fact]
    public async Task Message_ids_are_larger_than_a_double_can_hold()
    {
        var (_, body) = await SendAsync(Mail("a:1"), Mail("a:2"), Mail("a:3"));
        foreach (var result in body.GetProperty("Messages").EnumerateArray())
        {
            var id = result.GetProperty("To")[0].GetProperty("MessageID").GetInt64();
            Assert.InRange(id.ToString(System.Globalization.CultureInfo.InvariantCulture).Length, 17, 19);
            Assert.NotEqual(id, (long)(double)id);
        }
    }

    [Fact]
    public async Task Fifty_is_the_most_over_messages_and_recipients()
    {
        var (tooMany, tooManyBody) = await SendAsync([.. Enumerable.Range(0, 51).Select(n => Mail($"a:{n}"))]);
        Assert.Equal(400, tooMany);
        Assert.Equal("mj-0008", tooManyBody.GetProperty("ErrorCode").GetString());
        Assert.False(tooManyBody.TryGetProperty("Messages", out _));

        var crowd = Mail("a:1");
        crowd["To"] = Enumerable.Range(0, 26).Select(n => new { Email = $"p{n}@example.ca" }).ToArray();
        var (_, crowdBody) = await SendAsync(crowd, crowd);
        Assert.Equal("send-0015", crowdBody.GetProperty("ErrorCode").GetString());
        Assert.Empty(Sim.Inbox.Messages);
    }

    [Fact]
    public async Task Sandbox_mode_checks_and_sends_nothing()
    {
        var (status, body) = await PostAsync(Mailjet, "v3.1/send", new { SandboxMode = true, Messages = new[] { Mail("a:1") } });
        var to = body.GetProperty("Messages")[0].GetProperty("To")[0];
        Assert.Equal(200, status);
        Assert.Equal("", to.GetProperty("MessageUUID").GetString());
        Assert.Equal(0, to.GetProperty("MessageID").GetInt64());
        Assert.Empty(Sim.Inbox.Messages);
        Assert.Equal(1, Sim.Mailjet.Rehearsed);
    }

    [Fact]
    public async Task A_message_can_be_looked_up_only_after_the_indexing_delay()
    {
        await SendAsync(Mail("a:1"), Mail("a:2"));
        Assert.Equal(0, await TotalAsync("CustomID=a:1"));
        Sim.Clock.Advance(Sim.Options.Mailjet.IndexDelay);
        Assert.Equal(1, await TotalAsync("CustomID=a:1"));
        Assert.Equal(0, await TotalAsync($"CustomID=a:1&FromTS={Sim.Clock.Now.ToUnixTimeSeconds()}"));
        Assert.Equal(0, await TotalAsync("CustomID=a:9"));
    }

    [Fact]
    public async Task Lists_have_ten_rows_unless_asked_for_more()
    {
        await SendAsync([.. Enumerable.Range(0, 25).Select(n => Mail($"a:{n}"))]);
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        var list = await GetAsync(Mailjet, "v3/REST/message");
        Assert.Equal((10, 25), (list.GetProperty("Count").GetInt32(), list.GetProperty("Total").GetInt32()));
        var rest = await GetAsync(Mailjet, "v3/REST/message?Limit=1000&Offset=20&ShowCustomID=true");
        Assert.Equal(["a:20", "a:21", "a:22", "a:23", "a:24"], rest.GetProperty("Data").EnumerateArray().Select(row => row.GetProperty("CustomID").GetString()));
    }

    [Fact]
    public async Task A_sender_that_is_not_validated_is_refused_at_once_or_blocked_later()
    {
        var stranger = Mail("a:1");
        stranger["From"] = new { Email = "someone@elsewhere.ca" };
        var (status, body) = await SendAsync(stranger);
        Assert.Equal(403, status);
        Assert.Equal("send-0008", body.GetProperty("Messages")[0].GetProperty("Errors")[0].GetProperty("ErrorCode").GetString());

        Sim.Options.Mailjet.SenderCheck = SenderCheck.Late;
        Assert.Equal(200, (await SendAsync(stranger)).Status);
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("blocked", (await FirstAsync("CustomID=a:1")).GetProperty("Status").GetString());
    }

    [Fact]
    public async Task The_inbox_knows_a_mail_that_came_twice()
    {
        await SendAsync(Mail("a:1"), Mail("a:2"));
        Assert.Empty(Sim.Inbox.Duplicates);
        await SendAsync(Mail("a:1"));
        Assert.Equal("a:1", Assert.Single(Sim.Inbox.Duplicates).Key.CustomId);
        Assert.Equal(2, Sim.Inbox.ByCustomId("a:1").Count);
    }

    [Fact]
    public async Task A_deduplicated_campaign_lets_one_mail_per_address_through()
    {
        var mail = Mail("a:1");
        mail["DeduplicateCampaign"] = true;
        await SendAsync(mail);
        await SendAsync(mail);
        Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["sent", "blocked"], (await GetAsync(Mailjet, "v3/REST/message?CustomID=a:1")).GetProperty("Data").EnumerateArray()
            .Select(row => row.GetProperty("Status").GetString()));
    }

    [Theory]
    [InlineData("[]", "mj-0004")]
    [InlineData("{", "mj-0002")]
    [InlineData("{}", "mj-0003")]
    [InlineData("{\"Messages\":{}}", "mj-0004")]
    [InlineData("{\"Messages\":[]}", "mj-0007")]
    [InlineData("{\"Messages\":[1]}", "mj-0004")]
    [InlineData("{\"Messages\":[{\"From\":{\"Email\":\"noreply@targo.ca\"},\"To\":[7],\"TextPart\":\"x\"}]}", "mj-0012")]
    [InlineData("{\"Messages\":[{\"From\":{\"Email\":\"noreply@targo.ca\"},\"To\":[{\"Email\":\"a@b\"}],\"TextPart\":\"x\"}]}", "mj-0013")]
    [InlineData("{\"Messages\":[{\"From\":{\"Email\":\"noreply@targo.ca\"},\"To\":[{\"Email\":\"a@b.ca\"}]}]}", "send-0003")]
    [InlineData("{\"Messages\":[{\"From\":{\"Email\":\"noreply@targo.ca\"},\"To\":[{\"Email\":\"a@b.ca\"}],\"TextPart\":\"x\",\"EventPayload\":{}}]}", "mj-0004")]
    [InlineData("{\"Messages\":[{\"From\":{\"Email\":\"noreply@targo.ca\"},\"To\":[{\"Email\":\"a@b.ca\"}],\"TextPart\":\"x\",\"Attachments\":[1]}]}", "mj-0004")]
    public async Task A_wrong_body_gets_its_documented_code(string body, string code)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var (status, answer) = await ReadAsync(await Mailjet.PostAsync(new Uri("v3.1/send", UriKind.Relative), content));
        Assert.Equal(400, status);
        var error = answer.TryGetProperty("Messages", out var results) ? results[0].GetProperty("Errors")[0] : answer;
        Assert.Equal(code, error.GetProperty("ErrorCode").GetString());
        Assert.Empty(Sim.Inbox.Messages);
    }

    private async Task<int> TotalAsync(string query) => (await GetAsync(Mailjet, $"v3/REST/message?{query}")).GetProperty("Total").GetInt32();

    private async Task<JsonElement> FirstAsync(string query) => (await GetAsync(Mailjet, $"v3/REST/message?{query}")).GetProperty("Data")[0];
}
