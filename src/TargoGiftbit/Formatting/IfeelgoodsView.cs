using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Ifeelgoods;

namespace TargoGiftbit.Formatting;

/// <summary>What the views of Ifeelgoods' own records show. Codes and links only ever come masked.</summary>
public static class IfeelgoodsView
{
    /// <summary>The value of a reward: fixed, or the range of a free one.</summary>
    public static string Value(IfeelgoodsReward reward)
    {
        ArgumentNullException.ThrowIfNull(reward);
        if (reward.IsFreeValue) return $"{Whole(reward.MinValue)} – {Whole(reward.MaxValue)}";
        return reward.FaceValue?.ToString("0.00", CultureInfo.InvariantCulture) ?? reward.Denomination ?? "";
    }

    /// <summary>Whether a reward can be had, and how many.</summary>
    public static string Stock(IfeelgoodsReward reward)
    {
        ArgumentNullException.ThrowIfNull(reward);
        if (reward.Status is not (null or "enabled")) return Palette.Over(reward.Status);
        if (reward.InStock == false || reward.StockQuantity is <= 0) return Palette.Bad("0");
        return reward.StockQuantity is { } left ? left.ToString(CultureInfo.InvariantCulture) : reward.Stock.ToString();
    }

    /// <summary>The alerts of an account, largest first.</summary>
    public static string Alerts(IfeelgoodsClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var text = string.Join(", ", client.BudgetAlert.Select(alert => alert.Amount.ToString("0.##", CultureInfo.InvariantCulture)));
        return client.CrossedAlert.Count > 0 ? Palette.Doubtful(text) : text;
    }

    /// <summary>The state of a redemption, coloured.</summary>
    public static string State(IfeelgoodsRedemption redemption)
    {
        ArgumentNullException.ThrowIfNull(redemption);
        return redemption.Status switch
        {
            GiftStatus.Redeemed => Palette.Good(redemption.State),
            GiftStatus.Failed => Palette.Bad(redemption.State),
            GiftStatus.Refunded or GiftStatus.Expired => Palette.Over(redemption.State),
            null => Palette.Doubtful(redemption.State),
            _ => Palette.Waiting(redemption.State),
        };
    }

    /// <summary>The codes of a redemption, masked.</summary>
    public static string Codes(IfeelgoodsRedemption redemption)
    {
        ArgumentNullException.ThrowIfNull(redemption);
        return string.Join(", ", redemption.Codes.Select(code => code.ToString()));
    }

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "…";
}
