using System.Text.RegularExpressions;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>What Ifeelgoods would refuse of an order, found out before anything is ordered (spec B1, H2).</summary>
internal static partial class IfeelgoodsTerms
{
    /// <summary>Checks terms against promotion, reward and account.</summary>
    /// <param name="api">The calls.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="count">Gifts to be ordered.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public static async Task<TermsCheck> CheckAsync(IfeelgoodsApi api, GiftCampaign terms, int count, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<OrderProblem> problems = [];
        List<OrderProblem> warnings = [];
        var today = PacificTime.DateAt(clock.GetUtcNow());
        if (!CampaignId.IsMatch(terms.CampaignId)) problems.Add(new("CampaignIdInvalid", "Id", IfeelgoodsText.CampaignIdInvalid(terms.CampaignId), IfeelgoodsText.CampaignIdRemedy));
        if (terms.Expiry < today) problems.Add(new("ExpiryPast", "Expiry", IfeelgoodsText.Past(terms.Expiry), IfeelgoodsText.ExpiryRemedy));

        var promotion = await PromotionAsync(api, terms, problems, cancellationToken).ConfigureAwait(false);
        var reward = await RewardAsync(api, terms, promotion, problems, cancellationToken).ConfigureAwait(false);
        if (reward is not null)
        {
            CheckStock(reward, terms, count, today, problems, warnings);
            CheckValue(reward, terms.Price, problems);
        }
        var cost = (reward?.Cost is { Cents: > 0 } each ? each : terms.Price) * count;
        var balance = await BalanceAsync(api, promotion?.ClientId, cost, problems, warnings, cancellationToken).ConfigureAwait(false);
        return new TermsCheck(problems, cost, balance, reward is null ? [] : [(reward.RewardSku, reward.Name, reward.LogoUrl?.AbsoluteUri)]) { Warnings = warnings };
    }

    private static async Task<IfeelgoodsPromotion?> PromotionAsync(IfeelgoodsApi api, GiftCampaign terms, List<OrderProblem> problems, CancellationToken cancellationToken)
    {
        if (terms.Program is not { Length: > 0 } id)
        {
            problems.Add(new("IfeelgoodsPromotionMissing", "PromotionId", IfeelgoodsText.NoPromotion, IfeelgoodsText.PromotionRemedy));
            return null;
        }
        var promotion = await api.FindPromotionAsync(id, cancellationToken).ConfigureAwait(false);
        if (promotion is null) problems.Add(new("IfeelgoodsUnknownPromotion", "PromotionId", IfeelgoodsText.Unknown("promotion", id), IfeelgoodsText.PromotionRemedy));
        else if (promotion.Status is not (null or "enabled") || promotion.State is not (null or "ready"))
        {
            var word = promotion.Status is null or "enabled" ? promotion.State! : promotion.Status;
            problems.Add(new("IfeelgoodsPromotionClosed", "PromotionId", IfeelgoodsText.PromotionClosed(id, word), IfeelgoodsText.PromotionRemedy));
        }
        return promotion;
    }

    private static async Task<IfeelgoodsReward?> RewardAsync(
        IfeelgoodsApi api, GiftCampaign terms, IfeelgoodsPromotion? promotion, List<OrderProblem> problems, CancellationToken cancellationToken)
    {
        if (terms.BrandCodes.Count != 1)
        {
            problems.Add(new("IfeelgoodsOneReward", "RewardSku", IfeelgoodsText.OneReward, IfeelgoodsText.RewardRemedy));
            return null;
        }
        var sku = terms.BrandCodes[0];
        var reward = await api.FindRewardAsync(sku, promotion?.ClientId, cancellationToken).ConfigureAwait(false);
        if (reward is null) problems.Add(new("IfeelgoodsUnknownReward", "RewardSku", IfeelgoodsText.Unknown("reward", sku), IfeelgoodsText.RewardRemedy));
        else if (promotion is { RewardSkus.Count: > 0 } && !promotion.RewardSkus.Contains(sku, StringComparer.OrdinalIgnoreCase))
            problems.Add(new("IfeelgoodsRewardNotOffered", "RewardSku", IfeelgoodsText.NotOffered(promotion.PromotionId, sku), IfeelgoodsText.RewardRemedy));
        return reward;
    }

    private static void CheckStock(IfeelgoodsReward reward, GiftCampaign terms, int count, DateOnly today, List<OrderProblem> problems, List<OrderProblem> warnings)
    {
        var sku = reward.RewardSku;
        if (reward.Status is not (null or "enabled")) problems.Add(new("IfeelgoodsRewardClosed", "RewardSku", IfeelgoodsText.RewardClosed(sku, reward.Status), IfeelgoodsText.RewardRemedy));
        // §5: without a quantity the budget decides, and in_stock stays true.
        if (reward.InStock == false || reward.StockQuantity is <= 0)
            problems.Add(new("IfeelgoodsOutOfStock", "RewardSku", IfeelgoodsText.OutOfStock(sku), IfeelgoodsText.RewardRemedy));
        else if (reward.StockQuantity is { } stock && stock < count)
            problems.Add(new("IfeelgoodsStockShort", "RewardSku", IfeelgoodsText.StockShort(sku, stock, count), IfeelgoodsText.RewardRemedy));
        if (reward.ExpirationDate is not { } end) return;
        if (end < today) problems.Add(new("IfeelgoodsRewardExpired", "RewardSku", IfeelgoodsText.RewardEnds(sku, end), IfeelgoodsText.RewardRemedy));
        else if (end < terms.Expiry) warnings.Add(new("IfeelgoodsRewardEndsEarly", "Expiry", IfeelgoodsText.RewardEnds(sku, end), IfeelgoodsText.RewardRemedy));
    }

    private static void CheckValue(IfeelgoodsReward reward, Money price, List<OrderProblem> problems)
    {
        if (!reward.IsFreeValue)
        {
            if (reward.FaceValue is { } face && face != price.Amount)
                problems.Add(new("IfeelgoodsNotFaceValue", "PriceInCents", IfeelgoodsText.NotFaceValue(reward.RewardSku, face, price), IfeelgoodsText.ValueRemedy));
            return;
        }
        if (price.Cents % 100 != 0) problems.Add(new("IfeelgoodsValueNotWhole", "PriceInCents", IfeelgoodsText.NotWhole(price), IfeelgoodsText.ValueRemedy));
        if (price.Amount < (reward.MinValue ?? 1) || price.Amount > (reward.MaxValue ?? int.MaxValue))
            problems.Add(new("IfeelgoodsValueOutOfRange", "PriceInCents", IfeelgoodsText.OutOfRange(reward.RewardSku, price, reward.MinValue, reward.MaxValue), IfeelgoodsText.ValueRemedy));
    }

    private static async Task<Money?> BalanceAsync(
        IfeelgoodsApi api, string? clientId, Money cost, List<OrderProblem> problems, List<OrderProblem> warnings, CancellationToken cancellationToken)
    {
        if (clientId is null || await api.FindClientAsync(clientId, cancellationToken).ConfigureAwait(false) is not { Balance: { } balance } client) return null;
        if (balance.Currency.Length > 0 && cost.Currency.Length > 0 && balance.Currency != cost.Currency) return balance;
        if (balance.Cents < cost.Cents)
            problems.Add(new("IfeelgoodsBalanceShort", "PriceInCents", IfeelgoodsText.BalanceShort(cost, balance), IfeelgoodsText.BalanceRemedy));
        foreach (var alert in client.AlertsCrossedBy(cost.Cents))
            warnings.Add(new("IfeelgoodsBudgetAlert", "PriceInCents", IfeelgoodsText.AlertCrossed(alert), IfeelgoodsText.BalanceRemedy));
        return balance;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex CampaignId { get; }
}
