using System.Globalization;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>The brands on offer: known Canadian and US ones, and enough made-up ones that a list needs several pages.</summary>
public sealed class BrandCatalogue
{
    private static readonly string[] Regions = ["Canada", "USA", "Global", "Australia", "New Zealand"];
    private readonly Dictionary<string, Brand> _byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Brand> _all = [];

    public BrandCatalogue()
    {
        Variable("timhortonsca", "Tim Hortons", 1, 500, 50_000);
        Variable("walmartca", "Walmart Canada", 1, 500, 50_000);
        Variable("homedepotca", "The Home Depot Canada", 1, 1_000, 100_000);
        Fixed("igacaca", "IGA", 1, 2_500, 5_000, 6_000, 10_000);
        Variable("homehardwareca", "Home Hardware", 1, 1_000, 50_000);
        Variable("amazonca", "Amazon.ca", 1, 100, 100_000);
        Fixed("canadiantireca", "Canadian Tire", 1, 2_500, 5_000, 6_000, 10_000, 20_000);
        Fixed("starbucksca", "Starbucks Canada", 1, 500, 1_000, 2_500, 5_000, 6_000);
        Variable("metroca", "Metro", 1, 1_000, 25_000);
        Fixed("saqca", "SAQ", 1, 2_500, 5_000, 10_000);
        Variable("indigoca", "Indigo", 1, 500, 50_000);
        Variable("amazonus", "Amazon.com", 2, 100, 200_000);
        Fixed("itunesus", "App Store & iTunes", 2, 1_000, 1_500, 2_500, 5_000, 10_000);
        Variable("walmart", "Walmart", 2, 500, 50_000);
        Variable("visavirtualus", "Visa Virtual", 2, 1_000, 100_000);
        Fixed("nike", "Nike", 2, 2_500, 5_000, 10_000);
        // More brands than one page of any size a client may ask for by default (§5.1: 20, clients use up to 100).
        for (var number = 1; number <= 140; number++)
        {
            var region = 1 + (number % 4);
            var code = string.Create(CultureInfo.InvariantCulture, $"sim{Regions[region - 1].ToLowerInvariant()}{number:000}");
            var name = string.Create(CultureInfo.InvariantCulture, $"Simulated Shop {number:000}");
            if (number % 3 == 0)
                Fixed(code, name, region, 1_000, 2_500, 5_000);
            else
                Variable(code, name, region, 500, 25_000);
        }
    }

    public IReadOnlyList<Brand> All => _all;

    public static IReadOnlyList<(int Id, string Name)> RegionList { get; } =
        [.. Regions.Select((name, at) => (at + 1, name))];

    public static int? RegionId(string name)
    {
        var at = Array.FindIndex(Regions, region => region.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : at + 1;
    }

    public Brand? Find(string code)
    {
        lock (_all)
            return _byCode.GetValueOrDefault(code);
    }

    /// <summary>A brand leaves the catalogue between look-up and order (§8).</summary>
    public bool Remove(string code)
    {
        lock (_all)
            return _byCode.Remove(code, out var brand) && _all.Remove(brand);
    }

    public IReadOnlyList<Brand> Search(Func<Brand, bool> wanted)
    {
        lock (_all)
            return [.. _all.Where(wanted)];
    }

    private void Variable(string code, string name, int region, int min, int max) =>
        Add(new Brand(code, name, region, CurrencyOf(region)) { MinPriceInCents = min, MaxPriceInCents = max, Embeddable = true });

    private void Fixed(string code, string name, int region, params int[] prices) =>
        Add(new Brand(code, name, region, CurrencyOf(region)) { AllowedPrices = prices, Disclaimer = $"{name} is not a sponsor of this offer." });

    private void Add(Brand brand)
    {
        _byCode.Add(brand.Code, brand);
        _all.Add(brand);
    }

    private static string CurrencyOf(int region) => region switch { 1 => "CAD", 4 => "AUD", _ => "USD" };
}
