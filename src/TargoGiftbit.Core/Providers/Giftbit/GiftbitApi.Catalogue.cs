using System.Runtime.CompilerServices;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <content>Brands and regions (reference/giftbit.md §7).</content>
public sealed partial class GiftbitApi
{
    // Not documented; clients have used 500, and whatever the server cuts it to is what is paged by.
    private const int BrandsPerPage = 500;

    /// <summary>Lists brands, without their prices.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="GiftProviderException"><c>GiftbitRegionNotNumeric</c>: Giftbit silently ignores a region's name here.</exception>
    public async IAsyncEnumerable<GiftbitBrand> ListBrandsAsync(GiftbitBrandFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.RegionId is { } region && !region.All(char.IsAsciiDigit))
            throw new GiftProviderException("GiftbitRegionNotNumeric", GiftbitText.RegionByName(region), isDefinitive: true, remedy: "Get-GiftbitRegion shows the numbers.");
        var pages = GiftbitPaging.ReadAsync("brands", (offset, cancel) => GetBrandPageAsync(filter, offset, cancel), b => b.BrandCode, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var brand in page) yield return brand;
        }
    }

    /// <summary>One brand with its prices; null when Giftbit has none of this code.</summary>
    public async Task<GiftbitBrand?> FindBrandAsync(string brandCode, CancellationToken cancellationToken)
    {
        var answer = await FindAsync($"/brands/{Segment(brandCode)}", e => e.Brand is not null || e.Info is not null, cancellationToken).ConfigureAwait(false);
        return answer?.Brand is { } brand ? GiftbitReading.Brand(brand) : null;
    }

    /// <summary>One brand with its prices.</summary>
    /// <exception cref="GiftProviderException"><c>GiftbitUnknownBrand</c>.</exception>
    public async Task<GiftbitBrand> GetBrandAsync(string brandCode, CancellationToken cancellationToken) =>
        await FindBrandAsync(brandCode, cancellationToken).ConfigureAwait(false)
        ?? throw new GiftProviderException("GiftbitUnknownBrand", GiftbitText.Unknown("brand", brandCode), isDefinitive: true, remedy: GiftbitText.BrandRemedy);

    /// <summary>All regions.</summary>
    public async Task<IReadOnlyList<GiftbitRegion>> GetRegionsAsync(CancellationToken cancellationToken)
    {
        var answer = await GetAsync("/regions", e => e.Regions is not null, cancellationToken).ConfigureAwait(false);
        return [.. answer.Regions!.Select(GiftbitReading.Region).OfType<GiftbitRegion>()];
    }

    private async Task<GiftbitPage<GiftbitBrand>> GetBrandPageAsync(GiftbitBrandFilter filter, int offset, CancellationToken cancellationToken)
    {
        var path = Query("/brands", ("region", filter.RegionId), ("min_price_in_cents", Number(filter.MinPriceInCents)), ("max_price_in_cents", Number(filter.MaxPriceInCents)),
            ("currencyisocode", filter.Currency), ("search", filter.Search), ("embeddable", filter.Embeddable is { } yes ? (yes ? "true" : "false") : null),
            ("limit", Number(BrandsPerPage)), ("offset", Number(offset)));
        var answer = await GetAsync(path, e => e.Brands is not null, cancellationToken).ConfigureAwait(false);
        return new([.. answer.Brands!.Select(GiftbitReading.Brand).OfType<GiftbitBrand>()], answer.Brands!.Count, answer.TotalCount);
    }
}
