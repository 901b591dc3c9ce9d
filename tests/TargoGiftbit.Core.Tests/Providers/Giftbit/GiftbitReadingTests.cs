using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class GiftbitReadingTests
{
    [Fact]
    public void Numbers_may_come_as_text_and_lists_as_null()
    {
        var order = GiftbitReading.Order(Read("""
            {"campaign":{"uuid":"u","id":12,"price_in_cents":"6000","brand_codes":null,"contacts":null,"contact_success_count":"3","contact_failure_count":0.0,
            "link_count":3,"fees":{"total_in_cents":"18000","cost_entries":[null,{"currency":null},{"currency":"CAD","tax_in_cents":null}]},"new_field":{"deep":[1,2]}}}
            """).Campaign!);
        Assert.Equal(("12", 6000L, 3L, 0L, 3L), (order.Id, order.PriceInCents, order.ContactsTaken, order.ContactsRefused, order.LinkCount));
        Assert.Empty(order.BrandCodes);
        Assert.Empty(order.Contacts);
        Assert.Equal(Money.Cad(18_000), order.Total);
    }

    [Fact]
    public void Both_spellings_of_added_are_read()
    {
        var contacts = GiftbitReading.Order(Read("""
            {"campaign":{"contacts":[{"email":"a@b.ca","added_succesfully":false,"message":"bad"},{"email":" c@d.ca ","added_successfully":"true"},{"email":"e@f.ca"},{"email":null},7]}}
            """).Campaign!).Contacts;
        Assert.Equal([("a@b.ca", (bool?)false), ("c@d.ca", true), ("e@f.ca", null)], contacts.Select(c => (c.Email, c.Added)));
    }

    [Fact]
    public void A_total_without_a_currency_is_no_amount() =>
        Assert.Null(GiftbitReading.Order(Read("""{"campaign":{"fees":{"total_in_cents":1}}}""").Campaign!).Total);

    [Theory]
    [InlineData("http://gtbt.co/AbCdEfGhIjK", true)]
    [InlineData(" https://gtbt.co/AbCdEfGhIjK ", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("AbCdEfGhIjK", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_web_address_is_a_link(string? text, bool isLink) => Assert.Equal(isLink, GiftbitReading.Link(text) is not null);

    [Theory]
    [InlineData("2026-01-15 12:00:00", "2026-01-15T20:00:00Z")]
    [InlineData("2026-07-15 12:00:00", "2026-07-15T19:00:00Z")]
    [InlineData("2026-07-15T12:00:00", "2026-07-15T19:00:00Z")]
    [InlineData("2026-07-15T12:00:00Z", "2026-07-15T12:00:00Z")]
    [InlineData("2026-07-15T12:00:00.5-04:00", "2026-07-15T16:00:00.5Z")]
    [InlineData("2026-07-15 12:00:00.25", "2026-07-15T19:00:00.25Z")]
    [InlineData("2026-07-15", "2026-07-15T07:00:00Z")]
    [InlineData("2026-03-08 02:30:00", "2026-03-08T10:30:00Z")]
    [InlineData("2026-11-01 01:30:00", "2026-11-01T08:30:00Z")]
    [InlineData("0001-01-01 00:00:00", null)]
    [InlineData("9999-12-31 23:59:59", null)]
    [InlineData("yesterday", null)]
    public void A_time_without_zone_is_pacific_and_its_text_is_kept(string text, string? expected)
    {
        var time = GiftbitTime.Read(text)!;
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time.Instant);
        Assert.Equal(text, time.Raw);
    }

    [Fact]
    public void An_instant_written_for_a_filter_is_read_back_as_itself_outside_the_hour_that_occurs_twice()
    {
        var instants = Gen.Choose(0, 40 * 365 * 24 * 60).Select(m => new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(m));
        Prop.ForAll(instants.ToArbitrary(), at =>
        {
            var back = GiftbitTime.Read(GiftbitTime.Write(at))!.Instant!.Value;
            return back == at || (at - back == TimeSpan.FromHours(1) && PacificTime.Zone.IsAmbiguousTime(TimeZoneInfo.ConvertTime(at, PacificTime.Zone)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_answer_with_any_value_replaced_or_cut_is_read_or_refused_and_never_crashes()
    {
        const string Whole = """
            {"info":{"code":"INFO_GIFTS","name":"n","message":"m"},"status":200,"number_of_results":1,"limit":20,"offset":0,"total_count":1,"username":"u",
            "gifts":[{"uuid":"a","campaign_uuid":"b","status":"REDEEMED","price_in_cents":6000,"created_date":"2026-01-15 12:00:00","redelivery_count":0,"shortlink":"http://gtbt.co/AbCdEfGhIjK"}],
            "campaign":{"id":"x","contacts":[{"email":"a@b.ca","added_succesfully":true}],"brand_codes":["a"],"fees":{"cost_entries":[{"currency":"CAD"}],"total_in_cents":1}},
            "brand":{"brand_code":"a","regions":[1],"variable_price":false,"allowed_prices_in_cents":[2500]},"regions":[{"id":1,"name":"Canada"}],"fundsbycurrency":{"CAD":{"available_in_cents":1},"USD":null}}
            """;
        string[] values = ["null", "true", "0", "-1.5e300", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "[[1,{}]]", "[null]"];
        var places = Enumerable.Range(0, Whole.Length).Where(i => Whole[i] == ':' && Whole[i - 1] == '"').ToArray();
        var mutation = from place in Gen.Elements(places) from value in Gen.Elements(values) from cut in Gen.Choose(0, 20 * Whole.Length) select (place, value, cut);
        Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            var text = Replace(Whole, m.place + 1, m.value);
            if (m.cut < text.Length) text = text[..m.cut];
            try
            {
                var envelope = Read(text);
                foreach (var gift in envelope.Gifts ?? []) GiftbitReading.Gift(gift);
                if (envelope.Campaign is { } campaign) GiftbitReading.Order(campaign);
                if (envelope.Brand is { } brand) GiftbitReading.Brand(brand)?.Allows(6000);
                foreach (var region in envelope.Regions ?? []) GiftbitReading.Region(region);
                foreach (var (currency, fund) in envelope.Funds ?? []) GiftbitReading.Fund(currency, fund);
            }
            catch (JsonException)
            {
                // A whole document of odd values is still an answer.
                Assert.True(m.cut < Whole.Length * 2, text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    /// <summary>Replaces the value that starts at an index.</summary>
    private static string Replace(string json, int start, string value)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json[start..]), isFinalBlock: false, default);
        reader.Read();
        if (!reader.TrySkip()) return json;
        return json[..start] + value + Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(json[start..])[(int)reader.BytesConsumed..]);
    }

    private static GiftbitEnvelope Read(string json) => GiftbitJson.Read(Encoding.UTF8.GetBytes(json));
}
