namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>A brand of Giftbit's catalogue (reference/giftbit.md §7).</summary>
public sealed record GiftbitBrand
{
    /// <summary>The code that orders use.</summary>
    public required string BrandCode { get; init; }

    /// <summary>Name shown to customers.</summary>
    public required string Name { get; init; }

    /// <summary>Address of its logo, or null.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The brand's own conditions, or null.</summary>
    public string? Disclaimer { get; init; }

    /// <summary>Description; told of a single brand only.</summary>
    public string? Description { get; init; }

    /// <summary>Numeric ids of its regions; told of a single brand only.</summary>
    public IReadOnlyList<string> RegionIds { get; init; } = [];

    /// <summary>Currency it is paid in; null in a list, which tells no prices.</summary>
    public string? Currency { get; init; }

    /// <summary>True when any price from <see cref="MinPriceInCents"/> to <see cref="MaxPriceInCents"/> can be ordered; null in a list.</summary>
    public bool? HasVariablePrice { get; init; }

    /// <summary>Lowest price, in cents.</summary>
    public long? MinPriceInCents { get; init; }

    /// <summary>Highest price, in cents.</summary>
    public long? MaxPriceInCents { get; init; }

    /// <summary>The only prices that can be ordered, in cents, in rising order; empty when the price is variable.</summary>
    public IReadOnlyList<long> AllowedPricesInCents { get; init; } = [];

    /// <summary>Whether a price can be ordered; null when the prices are not known, as in a list.</summary>
    public bool? Allows(long priceInCents)
    {
        if (AllowedPricesInCents.Count > 0) return AllowedPricesInCents.Contains(priceInCents);
        if (MinPriceInCents is null && MaxPriceInCents is null) return null;
        return priceInCents >= (MinPriceInCents ?? 1) && priceInCents <= (MaxPriceInCents ?? long.MaxValue);
    }

    /// <summary>The code.</summary>
    public override string ToString() => BrandCode;
}

/// <summary>A region of the catalogue.</summary>
/// <param name="Id">Numeric id, by which brands are filtered.</param>
/// <param name="Name">Name, which orders use.</param>
/// <param name="ImageUrl">Address of its picture, or null.</param>
public sealed record GiftbitRegion(string Id, string Name, string? ImageUrl);

/// <summary>Which brands to list; null leaves a filter out.</summary>
public sealed record GiftbitBrandFilter
{
    /// <summary>Numeric id of a region; a name would be silently ignored by Giftbit and is refused.</summary>
    public string? RegionId { get; init; }

    /// <summary>Brands that can be had for at least this price, in cents.</summary>
    public long? MinPriceInCents { get; init; }

    /// <summary>Brands that can be had for at most this price, in cents.</summary>
    public long? MaxPriceInCents { get; init; }

    /// <summary>ISO 4217 code: <c>CAD</c>, <c>USD</c>, <c>AUD</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>Part of the name.</summary>
    public string? Search { get; init; }

    /// <summary>Only brands that can be embedded, or only others.</summary>
    public bool? Embeddable { get; init; }
}
