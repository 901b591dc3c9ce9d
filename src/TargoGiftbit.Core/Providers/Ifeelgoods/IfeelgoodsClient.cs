using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>An advertiser's account at Ifeelgoods.</summary>
public sealed record IfeelgoodsClient
{
    /// <summary>Its id.</summary>
    public required string ClientId { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is left to spend; null when not told.</summary>
    public Money? Balance { get; init; }

    /// <summary>Balances below which Ifeelgoods warns, largest first. Their form is not documented: numbers, texts and objects are read.</summary>
    public IReadOnlyList<Money> BudgetAlert { get; init; } = [];

    /// <summary>Countries it serves.</summary>
    public IReadOnlyList<string> Country { get; init; } = [];

    /// <summary>The alerts that the balance has crossed already.</summary>
    public IReadOnlyList<Money> CrossedAlert => Balance is { } balance ? [.. BudgetAlert.Where(alert => balance.Cents < alert.Cents)] : [];

    /// <summary>The alerts that spending so much would cross.</summary>
    /// <param name="cents">What is to be spent.</param>
    public IReadOnlyList<Money> AlertsCrossedBy(long cents) =>
        Balance is { } balance ? [.. BudgetAlert.Where(alert => balance.Cents >= alert.Cents && balance.Cents - cents < alert.Cents)] : [];

    /// <summary>The id.</summary>
    public override string ToString() => ClientId;
}

/// <summary>A promotion: the frame in which redemptions are made. Its id comes from the account manager.</summary>
/// <param name="PromotionId">Its id.</param>
/// <param name="ClientId">Whose it is; null when not told.</param>
/// <param name="Status">enabled, disabled, paused or completed; null when not told.</param>
/// <param name="State">pending, ready or ended; null when not told.</param>
/// <param name="RewardSkus">Rewards it offers; empty when not told.</param>
public sealed record IfeelgoodsPromotion(string PromotionId, string? ClientId, string? Status, string? State, IReadOnlyList<string> RewardSkus);
