using System.Globalization;
using System.Text.Json;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>The body of a call on redemptions, after its checks.</summary>
internal sealed record RedemptionRequest(string OrderId, RedemptionUser? User, Reward? Reward, decimal? Amount)
{
    /// <summary>Reads <c>{"data":{"order_id","user","reward":{"sku"}}}</c> (ifeelgoods.md §3).</summary>
    public static RedemptionRequest Read(JsonDocument? document, RewardCatalogue rewards, string? sku, IfeelgoodsSwitches switches, bool needsOrder, bool needsUser)
    {
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw IfeelgoodsRefusedException.Malformed();
        var order = Text(data, "order_id");
        if (needsOrder && string.IsNullOrWhiteSpace(order))
            throw IfeelgoodsRefusedException.Invalid("order_id is required.");
        if (order is { Length: > 128 })
            throw IfeelgoodsRefusedException.Invalid("order_id is too long.");
        var user = data.TryGetProperty("user", out var person) && person.ValueKind == JsonValueKind.Object ? ReadUser(person) : null;
        if (needsUser && user is null)
            throw new IfeelgoodsRefusedException(422, "invalid_user", "user is required.");
        sku ??= data.TryGetProperty("reward", out var wanted) && wanted.ValueKind == JsonValueKind.Object ? Text(wanted, "sku") : null;
        var reward = sku is null ? null : rewards.Find(sku) ?? throw IfeelgoodsRefusedException.NotFound("reward");
        if (reward is { Status: not "enabled" })
            throw new IfeelgoodsRefusedException(switches.RefusedStatus, "operation_refused", $"The reward is {reward.Status}.");
        return new RedemptionRequest(order ?? "", user, reward, reward?.FreeValue is null ? null : ReadAmount(data, reward, switches));
    }

    private static RedemptionUser ReadUser(JsonElement person)
    {
        if (Text(person, "email") is not { } email || !email.Contains('@', StringComparison.Ordinal))
            throw new IfeelgoodsRefusedException(422, "invalid_user", "user.email is required.");
        var country = person.TryGetProperty("address", out var address) && address.ValueKind == JsonValueKind.Object ? Text(address, "country") : null;
        return new RedemptionUser($"USR-{email.ToUpperInvariant().GetHashCode(StringComparison.Ordinal):X8}", email, Text(person, "first_name") ?? "", Text(person, "last_name") ?? "", country)
        {
            Fields = [.. person.EnumerateObject().Select(property => property.Name)],
        };
    }

    private static decimal ReadAmount(JsonElement data, Reward reward, IfeelgoodsSwitches switches)
    {
        var holder = switches.Amount == AmountField.RewardValue && data.TryGetProperty("reward", out var inside) ? inside : data;
        var amount = switches.Amount switch
        {
            AmountField.DataAmount => Number(holder, "amount"),
            _ => holder.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object ? Number(value, "amount") : null,
        };
        if (amount is not { } units)
            throw IfeelgoodsRefusedException.Invalid($"The reward needs an amount of {reward.Range}.");
        if (units != decimal.Truncate(units))
            throw IfeelgoodsRefusedException.Invalid("The amount must be in whole units.");
        return units >= reward.FreeValue!.Value.Min && units <= reward.FreeValue.Value.Max
            ? units
            : throw IfeelgoodsRefusedException.Invalid($"The amount must lie in {reward.Range}.");
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Number(JsonElement holder, string name)
    {
        if (!holder.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number ? value.GetDecimal()
            : decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
