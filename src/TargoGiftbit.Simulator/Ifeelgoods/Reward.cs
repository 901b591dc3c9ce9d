using System.Globalization;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>What the codes of a reward look like (ifeelgoods.md §4).</summary>
public enum CodeFormat
{
    Primary,
    PrimaryAndSecurity,
    Url,
    SecurityUrl,
}

/// <summary>A reward of the catalogue.</summary>
public sealed class Reward(string sku, string name)
{
    public string Sku { get; } = sku;

    public string Name { get; } = name;

    public string Denomination { get; init; } = "60CAD";

    /// <summary>Face value; null when the amount is free.</summary>
    public decimal? FaceValue { get; init; } = 60m;

    /// <summary>Purchase cost for this client, as a share of the face value.</summary>
    public decimal CostShare { get; init; } = 0.95m;

    public string Currency { get; init; } = "CAD";

    public string Country { get; init; } = "CA";

    /// <summary><c>min..max</c> in whole units; null when the value is fixed.</summary>
    public (int Min, int Max)? FreeValue { get; init; }

    public CodeFormat Format { get; init; }

    /// <summary><c>none</c>, <c>c128</c> or <c>qrcode</c>.</summary>
    public string Barcode { get; init; } = "none";

    public bool Printable { get; init; }

    /// <summary>Null = budget-managed.</summary>
    public int? Stock { get; set; }

    public DateOnly? Expiration { get; init; }

    /// <summary>enabled, disabled or paused.</summary>
    public string Status { get; set; } = "enabled";

    public string Range => FreeValue is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.Min}..{range.Max}") : "";
}
