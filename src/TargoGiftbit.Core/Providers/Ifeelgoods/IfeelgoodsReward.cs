using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>How the stock of a reward is kept (reference/ifeelgoods.md §5).</summary>
public enum RewardStock
{
    /// <summary>No quantity: available as long as the budget lasts.</summary>
    Budget,

    /// <summary>So many are left.</summary>
    Inventory,
}

/// <summary>A reward of Ifeelgoods' catalogue.</summary>
public sealed record IfeelgoodsReward
{
    /// <summary>Its key, for example <c>APP-ITC-10USD-US</c>.</summary>
    public required string RewardSku { get; init; }

    /// <summary>Name shown to customers.</summary>
    public string Name { get; init; } = "";

    /// <summary>Denomination as Ifeelgoods words it.</summary>
    public string? Denomination { get; init; }

    /// <summary>Face value in units of its currency; null when free or not told.</summary>
    public decimal? FaceValue { get; init; }

    /// <summary>What one costs the client that was asked for; null when not told.</summary>
    public Money? Cost { get; init; }

    /// <summary>enabled, disabled or paused; null when not told.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it can be had; null when not told.</summary>
    public bool? InStock { get; init; }

    /// <summary>How many are left; null when managed by budget.</summary>
    public int? StockQuantity { get; init; }

    /// <summary>How its stock is kept.</summary>
    public RewardStock Stock => StockQuantity is null ? RewardStock.Budget : RewardStock.Inventory;

    /// <summary>Last day of the codes in stock; only where stock is an inventory.</summary>
    public DateOnly? ExpirationDate { get; init; }

    /// <summary>True when the amount is chosen with the order.</summary>
    public bool IsFreeValue { get; init; }

    /// <summary>Smallest free amount in whole units; null when not told.</summary>
    public int? MinValue { get; init; }

    /// <summary>Largest free amount in whole units; null when not told.</summary>
    public int? MaxValue { get; init; }

    /// <summary>Countries, ISO 3166 codes as told.</summary>
    public IReadOnlyList<string> Country { get; init; } = [];

    /// <summary>Categories.</summary>
    public IReadOnlyList<string> Category { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tag { get; init; } = [];

    /// <summary>The brand's logo, with scheme; null when there is none.</summary>
    public Uri? LogoUrl { get; init; }

    /// <summary>The catalogue's badge, with scheme.</summary>
    public Uri? BadgeUrl { get; init; }

    /// <summary>The catalogue's picture of the card, with scheme.</summary>
    public Uri? CardUrl { get; init; }

    /// <summary>Description; may hold HTML.</summary>
    public string? Description { get; init; }

    /// <summary>Terms and conditions.</summary>
    public string? Terms { get; init; }

    /// <summary>Where the terms stand.</summary>
    public Uri? TermsUrl { get; init; }

    /// <summary>How to use it; may hold HTML. Only told for single rewards, and cached for a month.</summary>
    public string? HowToUse { get; init; }

    /// <summary>What to mind; may hold HTML.</summary>
    public string? Important { get; init; }

    /// <summary>When <see cref="HowToUse"/> was fetched; null when it is not known.</summary>
    public DateTimeOffset? InstructionsFetchedAt { get; init; }

    /// <summary>The key.</summary>
    public override string ToString() => RewardSku;
}
