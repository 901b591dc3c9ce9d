using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Tests.Http;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Authorization: Bearer abc.def-ghi refused", "Authorization: Bearer •••••• refused")]
    [InlineData("basic dXNlcjpwYXNz", "basic ••••••")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.sig is bad", "token •••••• is bad")]
    [InlineData("see http://gtbt.co/AbCdEfGhIjK now", "see http://gtbt.co/••• now")]
    [InlineData("see gtbt.co/AbCdEfGhIjK", "see gtbt.co/•••")]
    [InlineData("http:\\/\\/gtbt.co\\/AbCdEfGhIjK", "http:\\/\\/gtbt.co/•••")]
    [InlineData("https://reward.giftbit.com/getReward/dl-0123", "https://reward.giftbit.com/•••")]
    [InlineData("two\r\nlines\u0000 and\ttabs", "two lines and tabs")]
    [InlineData("Property [expiry]: must not be in the past", "Property [expiry]: must not be in the past")]
    [InlineData(null, "")]
    public void Words_of_a_service_are_cleaned(string? text, string expected) => Assert.Equal(expected, Redaction.Clean(text));

    [Fact]
    public void A_known_secret_is_masked_wherever_it_stands() =>
        Assert.Equal("x••••••y", Redaction.Clean("xhunter2y", secrets: [null, new Secret("hunter2")]));

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(300, Redaction.Clean(new string('a', 1_000_000)).Length);

    [Fact]
    public void No_link_survives_whatever_stands_around_it()
    {
        var around = Gen.Elements(" \"'<>(){}[];,:=/\\éa1\n".ToCharArray()).ArrayOf().Select(c => new string(c));
        Prop.ForAll(around.ToArbitrary(), around.ToArbitrary(), (before, after) =>
            !Redaction.Clean($"{before}http://gtbt.co/CANARY{after}", 10_000).Contains("CANARY", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("text/html", "<html><head><title>503 Service\n Unavailable</title></head><body>canary", "an HTML page titled \"503 Service Unavailable\"")]
    [InlineData(null, "  <!doctype html><p>canary", "an HTML page")]
    [InlineData("application/json", "{\"canary\":1}", "12 bytes of application/json")]
    [InlineData(null, "canary", "6 bytes of no told type")]
    [InlineData("text/html", "", "no body")]
    public void A_body_is_told_by_its_kind(string? type, string body, string expected) =>
        Assert.Equal(expected, BodySummary.Of(new HttpAnswer { Status = 503, MediaType = type, Body = Encoding.UTF8.GetBytes(body) }));
}
