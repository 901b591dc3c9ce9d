using System.Globalization;
using TargoGiftbit.Core.Providers.Giftbit;

namespace TargoGiftbit.Formatting;

/// <summary>What the views of Giftbit's own records show.</summary>
public static class GiftbitView
{
    private const int PricesShown = 6;

    /// <summary>The prices that can be ordered: a range, or the fixed ones; empty in lists, which tell none.</summary>
    public static string Prices(GiftbitBrand brand)
    {
        ArgumentNullException.ThrowIfNull(brand);
        if (brand.AllowedPricesInCents.Count > 0)
        {
            var shown = string.Join(", ", brand.AllowedPricesInCents.Take(PricesShown).Select(p => Amount(p)));
            return brand.AllowedPricesInCents.Count > PricesShown ? shown + ", …" : shown;
        }
        return brand.MinPriceInCents is null && brand.MaxPriceInCents is null ? "" : $"{Amount(brand.MinPriceInCents)} – {Amount(brand.MaxPriceInCents)}";
    }

    /// <summary>Cents as an amount; empty when not told.</summary>
    public static string Amount(long? cents) => cents is { } value ? (value / 100m).ToString("0.00", CultureInfo.InvariantCulture) : "";

    /// <summary>The brands of an order, or its region.</summary>
    public static string Brands(GiftbitOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.BrandCodes.Count > 0 ? string.Join(", ", order.BrandCodes) : order.Region ?? "";
    }
}
