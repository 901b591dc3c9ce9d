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
    public GiftMatcher(IEnumerable<Gift> gifts, OrderMode mode, IEnumerable<OrderBrief> orders)
    {
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
        return theirs.RecipientEmail is { } email && byAddress.TryGetValue(Key(email), out gift) ? gift : null;
    }

    private static string Key(string email) => email.Trim().ToLowerInvariant();
}
