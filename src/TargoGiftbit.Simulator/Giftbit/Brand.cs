namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>A brand of the catalogue: either any price between two bounds, or one of a list.</summary>
public sealed record Brand(string Code, string Name, int Region, string Currency)
{
    public int? MinPriceInCents { get; init; }

    public int? MaxPriceInCents { get; init; }

    public IReadOnlyList<int> AllowedPrices { get; init; } = [];

    public string? Disclaimer { get; init; }

    public bool Embeddable { get; init; }

    public bool HasVariablePrice => MinPriceInCents is not null;

    public int LowestPrice => MinPriceInCents ?? AllowedPrices.Min();

    public int HighestPrice => MaxPriceInCents ?? AllowedPrices.Max();

    public bool Allows(int priceInCents) => HasVariablePrice
        ? priceInCents >= MinPriceInCents && priceInCents <= MaxPriceInCents
        : AllowedPrices.Contains(priceInCents);
}
