using System.Globalization;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>What the check of an order's terms says to an operator, in one place.</summary>
internal static class TermsText
{
    public static OrderProblem Id(string id) => new("GiftbitOrderIdInvalid", "id", $"'{id}' cannot be a campaign id.",
        "Use 1 to 64 letters, digits, '-' and '_', for example targo-2026-q2-loyalty.");

    public static OrderProblem Blank(string code, string field) => new(code, field, $"The {field} is empty.", $"Give a {field}.");

    public static OrderProblem SubjectLines() => new("GiftbitSubjectInvalid", "subject", "The subject has a line break or another control character.", "Write it on one line.");

    public static OrderProblem ExpiryPast(DateOnly expiry, DateOnly today) => new("GiftbitExpiryPast", "expiry",
        $"The expiry {Date(expiry)} is not in the future (it is {Date(today)} in Pacific time, which Giftbit goes by).", "Give a later date.");

    public static OrderProblem ExpiryFar(DateOnly expiry, DateOnly last) => new("GiftbitExpiryTooFar", "expiry",
        $"The expiry {Date(expiry)} is more than a year out.", $"Give a date up to {Date(last)}.");

    public static OrderProblem PriceNotPositive(Money price) => new("GiftbitPriceInvalid", "price_in_cents", $"The price {price} is not above zero.", "Give the face value of one gift in cents.");

    public static OrderProblem BrandsOrRegion() => new("GiftbitBrandsOrRegion", "brand_codes", "An order has either brand codes or a region, and never both.",
        "Give -BrandCode or -Region.");

    public static OrderProblem BrandTwice(string code) => new("GiftbitBrandRepeated", "brand_codes", $"The brand '{code}' is given more than once.", "Give each brand once.");

    public static OrderProblem UnknownBrand(string code) => new("GiftbitUnknownBrand", "brand_codes", $"Giftbit has no brand '{code}'.", GiftbitText.BrandRemedy);

    public static OrderProblem Currency(string code, string theirs, string ours) => new("GiftbitBrandCurrency", "brand_codes",
        $"The brand '{code}' is paid in {theirs}, and the order in {ours}.", "Choose brands of the order's currency (Get-GiftbitBrand -Currency).");

    public static OrderProblem Price(GiftbitBrand brand, Money price) => new("GiftbitPriceNotAllowed", "price_in_cents",
        $"The brand '{brand.BrandCode}' cannot be ordered at {price}. It can at {Allowed(brand, price.Currency)}.", "Change the price, or leave the brand out.");

    public static OrderProblem Region(string region, string? meant) => new("GiftbitUnknownRegion", "region",
        $"Giftbit has no region named '{region}'.", meant is null ? "Get-GiftbitRegion lists the names." : $"Orders take the name as Giftbit writes it: {meant}.");

    public static OrderProblem Funds(Money cost, int count, ProviderFund? fund) => new("GiftbitFundsInsufficient", "funds", string.Create(CultureInfo.InvariantCulture,
        $"{count} gifts cost {cost}, and {(fund is null ? $"the account has no funds in {cost.Currency}" : $"{fund.Available} is available")}{(fund is { Pending.Cents: > 0 } ? $" ({fund.Pending} more is on its way)" : "")}."),
        "Add funds in Giftbit's web application, or order fewer gifts (Get-GiftbitFund shows the balance).");

    private static string Allowed(GiftbitBrand brand, string currency)
    {
        if (brand.AllowedPricesInCents is not { Count: > 0 } prices)
            return $"{new Money(brand.MinPriceInCents ?? 0, currency)} to {(brand.MaxPriceInCents is { } max ? new Money(max, currency).ToString() : "any price")}";
        var shown = string.Join(", ", prices.Take(12).Select(p => new Money(p, currency)));
        return prices.Count > 12 ? $"{shown}…" : shown;
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
