using System.Text.RegularExpressions;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>What is known of the catalogue and the balance for the check of an order.</summary>
/// <param name="Brands">Each brand code of the terms with what Giftbit knows of it; null for an unknown code.</param>
/// <param name="Regions">All regions; empty when the terms name none.</param>
/// <param name="Funds">The balance per currency.</param>
public sealed record OrderFacts(IReadOnlyDictionary<string, GiftbitBrand?> Brands, IReadOnlyList<GiftbitRegion> Regions, IReadOnlyList<ProviderFund> Funds);

/// <summary>Finds what Giftbit would refuse in the terms of an order, before anything is sent (spec B1).</summary>
public static partial class OrderChecks
{
    /// <summary>Whether a text may be the client id of an order: it stands in addresses, so nothing but <c>[A-Za-z0-9_-]</c>, at most 64 (reference/giftbit.md §2.1).</summary>
    public static bool IsOrderId(string? id) => id is not null && OrderId.IsMatch(id);

    /// <summary>All problems of an order; empty when it may be placed.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="count">How many gifts would be ordered.</param>
    /// <param name="facts">Catalogue and balance.</param>
    /// <param name="today">The date in Pacific time.</param>
    public static IReadOnlyList<OrderProblem> Check(GiftCampaign terms, int count, OrderFacts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(facts);
        var found = new List<OrderProblem>();
        if (!IsOrderId(terms.CampaignId)) found.Add(TermsText.Id(terms.CampaignId));
        Words(terms, found);
        Expiry(terms.Expiry, today, found);
        if (terms.Price.Cents <= 0) found.Add(TermsText.PriceNotPositive(terms.Price));
        if ((terms.BrandCodes.Count > 0) == !string.IsNullOrEmpty(terms.Region)) found.Add(TermsText.BrandsOrRegion());
        else if (terms.Region is { Length: > 0 } region) Region(region, facts.Regions, found);
        foreach (var code in terms.BrandCodes.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)) found.Add(TermsText.BrandTwice(code.Key));
        foreach (var code in terms.BrandCodes.Distinct(StringComparer.OrdinalIgnoreCase)) Brand(code, terms.Price, facts.Brands.GetValueOrDefault(code), found);
        Funds(terms.Price, count, facts.Funds, found);
        return found;
    }

    private static void Words(GiftCampaign terms, List<OrderProblem> found)
    {
        // Giftbit refuses a blank message (§2.4); the subject is part of the order although link orders do not use it.
        if (string.IsNullOrWhiteSpace(terms.Message)) found.Add(TermsText.Blank("GiftbitMessageMissing", "message"));
        if (string.IsNullOrWhiteSpace(terms.Subject)) found.Add(TermsText.Blank("GiftbitSubjectMissing", "subject"));
        else if (terms.Subject.Any(char.IsControl)) found.Add(TermsText.SubjectLines());
    }

    private static void Expiry(DateOnly expiry, DateOnly today, List<OrderProblem> found)
    {
        if (expiry <= today) found.Add(TermsText.ExpiryPast(expiry, today));
        else if (expiry > today.AddYears(1)) found.Add(TermsText.ExpiryFar(expiry, today.AddYears(1)));
    }

    private static void Region(string region, IReadOnlyList<GiftbitRegion> regions, List<OrderProblem> found)
    {
        if (regions.Any(r => r.Name == region)) return;
        // The trap of §7: brands are filtered by a region's number, orders take its name.
        var meant = regions.FirstOrDefault(r => r.Id == region || r.Name.Equals(region, StringComparison.OrdinalIgnoreCase));
        found.Add(TermsText.Region(region, meant?.Name));
    }

    private static void Brand(string code, Money price, GiftbitBrand? brand, List<OrderProblem> found)
    {
        if (brand is null)
        {
            found.Add(TermsText.UnknownBrand(code));
            return;
        }
        if (brand.Currency is { } currency && !currency.Equals(price.Currency, StringComparison.OrdinalIgnoreCase)) found.Add(TermsText.Currency(code, currency, price.Currency));
        else if (price.Cents > 0 && brand.Allows(price.Cents) == false) found.Add(TermsText.Price(brand, price));
    }

    private static void Funds(Money price, int count, IReadOnlyList<ProviderFund> funds, List<OrderProblem> found)
    {
        var cost = price * count;
        if (cost.Cents <= 0) return;
        var fund = funds.FirstOrDefault(f => f.Currency.Equals(price.Currency, StringComparison.OrdinalIgnoreCase));
        if ((fund?.Available.Cents ?? 0) < cost.Cents) found.Add(TermsText.Funds(cost, count, fund));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex OrderId { get; }
}
