using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Giftbit;

namespace TargoGiftbit.Core.Tests.Providers.Giftbit;

public sealed class OrderChecksTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);
    private static readonly GiftbitBrand Fixed = new() { BrandCode = "fixed", Name = "Fixed", Currency = "CAD", HasVariablePrice = false, AllowedPricesInCents = [2500, 6000] };
    private static readonly GiftbitBrand Open = new() { BrandCode = "open", Name = "Open", Currency = "CAD", HasVariablePrice = true, MinPriceInCents = 500, MaxPriceInCents = 50_000 };
    private static readonly GiftbitBrand Foreign = new() { BrandCode = "us", Name = "US", Currency = "USD", HasVariablePrice = true, MinPriceInCents = 500, MaxPriceInCents = 50_000 };
    private static readonly GiftCampaign Good = GiftbitBench.Terms with { BrandCodes = ["fixed", "open"] };

    [Fact]
    public void Good_terms_pass() => Assert.Empty(Check(Good));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("été")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void An_id_that_could_not_stand_in_an_address_is_a_problem(string id) => Only("GiftbitOrderIdInvalid", "id", Good with { CampaignId = id });

    [Theory]
    [InlineData(2026, 3, 10, "GiftbitExpiryPast")]
    [InlineData(2025, 12, 31, "GiftbitExpiryPast")]
    [InlineData(1, 1, 1, "GiftbitExpiryPast")]
    [InlineData(2027, 3, 11, "GiftbitExpiryTooFar")]
    [InlineData(9999, 12, 31, "GiftbitExpiryTooFar")]
    public void The_expiry_is_in_the_future_and_at_most_a_year_out(int year, int month, int day, string code) =>
        Only(code, "expiry", Good with { Expiry = new DateOnly(year, month, day) });

    [Theory]
    [InlineData(2026, 3, 11)]
    [InlineData(2027, 3, 10)]
    public void The_edges_of_the_year_pass(int year, int month, int day) => Assert.Empty(Check(Good with { Expiry = new DateOnly(year, month, day) }));

    [Fact]
    public void A_price_outside_a_brands_list_names_the_brand_and_the_prices_it_has()
    {
        var problem = Only("GiftbitPriceNotAllowed", "price_in_cents", Good with { Price = Money.Cad(5000) });
        Assert.Contains("'fixed'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("25.00 CAD, 60.00 CAD", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(499)]
    [InlineData(50_001)]
    public void A_price_outside_a_brands_range_names_the_range(long cents) =>
        Assert.Contains("5.00 CAD to 500.00 CAD", Only("GiftbitPriceNotAllowed", "price_in_cents", Good with { Price = Money.Cad(cents), BrandCodes = ["open"] }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-6000)]
    public void A_price_is_above_zero(long cents) => Only("GiftbitPriceInvalid", "price_in_cents", Good with { Price = Money.Cad(cents) });

    [Fact]
    public void A_brand_of_another_currency_is_a_problem() => Only("GiftbitBrandCurrency", "brand_codes", Good with { BrandCodes = ["us"] });

    [Fact]
    public void An_unknown_brand_is_named() => Assert.Contains("'nope'", Only("GiftbitUnknownBrand", "brand_codes", Good with { BrandCodes = ["open", "nope"] }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_brand_given_twice_is_a_problem() => Only("GiftbitBrandRepeated", "brand_codes", Good with { BrandCodes = ["open", "OPEN"] });

    [Fact]
    public void Either_brands_or_a_region_are_given()
    {
        Only("GiftbitBrandsOrRegion", "brand_codes", Good with { Region = "Canada" });
        Only("GiftbitBrandsOrRegion", "brand_codes", Good with { BrandCodes = [] });
        Assert.Empty(Check(Good with { BrandCodes = [], Region = "Canada" }));
    }

    [Theory]
    [InlineData("1", "Canada")]
    [InlineData("canada", "Canada")]
    [InlineData("Atlantis", "Get-GiftbitRegion")]
    public void A_region_is_given_by_its_name(string region, string remedy) =>
        Assert.Contains(remedy, Only("GiftbitUnknownRegion", "region", Good with { BrandCodes = [], Region = region }).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Message_and_subject_are_required()
    {
        Only("GiftbitMessageMissing", "message", Good with { Message = " " });
        Only("GiftbitSubjectMissing", "subject", Good with { Subject = "" });
        Only("GiftbitSubjectInvalid", "subject", Good with { Subject = "a\nb" });
        Assert.Empty(Check(Good with { Message = "two\nlines" }));
    }

    [Fact]
    public void The_balance_must_cover_all_gifts()
    {
        Assert.Empty(Check(Good, count: 10, available: 60_000));
        var problem = Assert.Single(Check(Good, count: 10, available: 59_999));
        Assert.Equal(("GiftbitFundsInsufficient", "funds"), (problem.Code, problem.Field));
        Assert.Contains("10 gifts cost 600.00 CAD, and 599.99 CAD is available (1.00 CAD more is on its way)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("no funds in USD", Assert.Single(Check(Good with { Price = new Money(6000, "USD"), BrandCodes = ["us"] })).Message, StringComparison.Ordinal);
        Assert.Empty(Check(Good, count: 0, available: 0));
    }

    private static OrderProblem Only(string code, string field, GiftCampaign terms)
    {
        var problem = Assert.Single(Check(terms));
        Assert.Equal((code, field), (problem.Code, problem.Field));
        Assert.NotEmpty(problem.Remedy);
        return problem;
    }

    private static IReadOnlyList<OrderProblem> Check(GiftCampaign terms, int count = 1, long available = 1_000_000)
    {
        var brands = new Dictionary<string, GiftbitBrand?>(StringComparer.OrdinalIgnoreCase) { ["fixed"] = Fixed, ["open"] = Open, ["us"] = Foreign };
        var facts = new OrderFacts(brands, [new GiftbitRegion("1", "Canada", null)], [new ProviderFund("CAD", Money.Cad(available), Money.Cad(100), Money.Cad(0))]);
        return OrderChecks.Check(terms, count, facts, Today);
    }
}
