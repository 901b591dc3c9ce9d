using System.Text;
using TargoGiftbit.Core.Engagement;

namespace TargoGiftbit.Core.Tests.Engagement;

public sealed class MailjetEventReaderTests
{
    private const string Secret = "http://gtbt.co/AbCdEfGhIjK";

    [Fact]
    public void A_bare_object_and_an_array_are_read_alike()
    {
        const string one = """{"event":"sent","time":1777903202,"MessageID":1152921504606846977,"CustomID":"spring:1"}""";
        var bare = Read(one).Events.Single();
        var grouped = Read($"[{one},{one}]").Events;
        Assert.Equal(2, grouped.Count);
        Assert.Equal(bare.Fingerprint(), grouped[1].Fingerprint());
        Assert.Equal("1152921504606846977", bare.MessageId);
    }

    [Theory]
    [InlineData("1152921504606846977")]
    [InlineData("\"1152921504606846977\"")]
    public void A_64_bit_id_keeps_every_digit_as_a_number_or_as_text(string id) =>
        Assert.Equal("1152921504606846977", Read($$"""{"event":"open","MessageID":{{id}}}""").Events.Single().MessageId);

    [Fact]
    public void Missing_and_empty_fields_are_tolerated()
    {
        var e = Read("""{"event":"click","time":"1777903202","CustomID":"a:1","Payload":"","geo":"","ip":null,"agent":null,"MessageID":0,"url":""}""").Events.Single();
        Assert.Equal(("a:1", null, null, 0), (e.CustomId, e.MessageId, e.AttemptId, e.UrlHashes.Count));
        Assert.Equal(1777903202, e.At!.Value.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("", 0, null)]
    [InlineData("[]", 0, null)]
    [InlineData("nonsense", 0, "NotJson")]
    [InlineData("[{\"event\":\"sent\" \"time\":1}]", 0, "NotJson")]
    [InlineData("[1]", 0, "NotObject")]
    [InlineData("{\"time\":1,\"MessageID\":5}", 0, "NoEvent")]
    [InlineData("{\"event\":5,\"MessageID\":5}", 0, "NoEvent")]
    [InlineData("{\"event\":\"sent\"}", 0, "NoReference")]
    [InlineData("{\"event\":\"sent\",\"MessageID\":5,\"email\":\"\\ud800\"}", 0, "BadText")]
    [InlineData("[{\"event\":\"sent\",\"MessageID\":5},7]", 1, "NotObject")]
    public void What_cannot_be_used_is_told_apart_with_its_reason(string body, int usable, string? reason)
    {
        var read = Read(body);
        Assert.Equal(usable, read.Events.Count);
        Assert.Equal(reason, read.Unusable.SingleOrDefault()?.Reason);
    }

    [Fact]
    public void Nothing_of_an_address_survives_not_even_under_another_name_or_in_a_broken_body()
    {
        var names = new[] { "url", "event", "CustomID", "Payload", "MessageID", "error", "email", "agent", "time", "anything" };
        foreach (var name in names)
        {
            var body = name == "event" ? $$"""{"event":"{{Secret}}","MessageID":5}""" : $$"""{"event":"click","MessageID":5,"{{name}}":"{{Secret}}"}""";
            foreach (var text in new[] { body, body[..^3], body.Replace("//", "", StringComparison.Ordinal), "[" + body })
            {
                var read = Read(text);
                var shown = string.Join('\n', read.Events.Select(e => $"{e} {e with { UrlHashes = [] }}").Concat(read.Unusable.Select(u => u.Shape)));
                Assert.DoesNotContain("AbCdEfGhIjK", shown, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("gtbt", shown, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void Mutated_bodies_never_throw_and_never_leak()
    {
        var random = new Random(4);
        var seed = Encoding.UTF8.GetBytes($$"""
            [{"event":"click","time":1777903202,"MessageID":1152921504606846977,"email":"a@example.com","CustomID":"spring:1","Payload":"0123456789abcdef0123456789abcdef","url":"{{Secret}}","ip":"203.0.113.9","geo":"","agent":"Mozilla/5.0"},
             {"event":"bounce","time":1777903203,"MessageID":"1152921504606846977","error":"user unknown","hard_bounce":true,"comment":"550 {{Secret}}"}]
            """);
        for (var i = 0; i < 20_000; i++)
        {
            var body = Mutation.Of(seed, random);
            var read = MailjetEventReader.Read(body);
            foreach (var e in read.Events) Assert.DoesNotContain("bCdEfGhIj", $"{e with { UrlHashes = [] }}", StringComparison.Ordinal);
            foreach (var u in read.Unusable) Assert.DoesNotContain("bCdEfGhIj", u.Shape, StringComparison.Ordinal);
        }
    }

    private static MailjetEventBody Read(string body) => MailjetEventReader.Read(Encoding.UTF8.GetBytes(body));
}
