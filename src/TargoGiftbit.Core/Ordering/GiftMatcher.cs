using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>
/// Says which of our gifts a provider's gift is: by the provider's id once known, by the order's id where an order holds one
/// gift, else by the address the provider was given (the row tag in the sandbox). Never by position (spec B6).
/// </summary>
public sealed class GiftMatcher
{
    private readonly Dictionary<string, Gift> byProviderId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gift> byOrder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gift> byProviderOrder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gift?> byAddress = new(StringComparer.Ordinal);

    /// <summary>Prepares the look-up.</summary>
    /// <param name="gifts">The gifts of one campaign.</param>
    /// <param name="mode">Its order mode.</param>
    /// <param name="orders">Its orders: some listings name the order by the provider's id alone.</param>
    public GiftMatcher(IReadOnlyList<Gift> gifts, OrderMode mode, IEnumerable<OrderBrief> orders)
    {
        var replaced = gifts.Select(g => g.ReplacesRow).OfType<int>().ToHashSet();
        var providerIds = orders.Where(o => o.ProviderOrderId is not null).ToDictionary(o => o.OrderId, o => o.ProviderOrderId!, StringComparer.Ordinal);
        foreach (var gift in gifts)
        {
            if (gift.ProviderGiftId is { } id) byProviderId[id] = gift;
            if (mode == OrderMode.PerRecipient)
            {
                if (gift.OrderId is not { } order) continue;
                byOrder[order] = gift;
                if (providerIds.TryGetValue(order, out var providerId)) byProviderOrder[providerId] = gift;
                continue;
            }
            // A replaced gift is known by the provider's id; its customer's address now stands for the replacement.
            if (gift.ProviderGiftId is not null && replaced.Contains(gift.Row)) continue;
            var key = Key(gift.ProviderEmail ?? gift.Email);
            // An address that two gifts share ties a link to neither.
            byAddress[key] = byAddress.ContainsKey(key) ? null : gift;
        }
    }

    /// <summary>Our gift, or null when it cannot be told.</summary>
    public Gift? Match(ProviderGift theirs)
    {
        if (byProviderId.TryGetValue(theirs.ProviderGiftId, out var gift)) return gift;
        if (theirs.OrderId is { } order && byOrder.TryGetValue(order, out gift)) return gift;
        if (theirs.ProviderOrderId is { } providerOrder && byProviderOrder.TryGetValue(providerOrder, out gift)) return gift;
        if (theirs.RecipientEmail is not { } email || !byAddress.TryGetValue(Key(email), out gift)) return null;
        // Of one customer's two gifts, only the replacement's own order holds the replacement.
        return gift?.ReplacesRow is not null && theirs.OrderId is { } of && of != gift.OrderId ? null : gift;
    }

    private static string Key(string email) => email.Trim().ToLowerInvariant();
}
