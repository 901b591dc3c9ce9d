using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ordering;

/// <summary>The links seen in one round, each tied to a gift or set aside.</summary>
internal sealed class LinkHarvest(GiftCampaign campaign, IReadOnlyList<Gift> gifts, IReadOnlyList<OrderBrief> orders)
{
    private readonly GiftMatcher matcher = new(gifts, campaign.OrderMode, orders);
    // The provider's times have no zone, and whether they keep daylight saving is not known (reference/giftbit.md §5.2).
    private static readonly TimeSpan ZoneMargin = TimeSpan.FromHours(2);

    private readonly Dictionary<int, FoundLink> byRow = [];
    private readonly List<GiftId> contradictions = [];

    public IEnumerable<FoundLink> Links => byRow.Values.Where(l => !contradictions.Contains(l.Gift));

    /// <summary>Gifts whose codes were told.</summary>
    public List<(GiftId Gift, ProviderGift Seen)> Coded { get; } = [];

    /// <summary>Gifts for which two different links were listed.</summary>
    public IReadOnlyList<GiftId> Contradictions => contradictions;

    /// <summary>Rows whose gift exists at the provider, but is listed without link.</summary>
    public HashSet<int> MadeWithoutLink { get; } = [];

    /// <summary>
    /// Gifts that are older than this ledger's campaign, and since when they may have been mailed: they were ordered from another machine, or
    /// by a ledger that is lost.
    /// </summary>
    public Dictionary<GiftId, DateTimeOffset> Older { get; } = [];

    /// <summary>Whether any listed gift carried a link.</summary>
    public bool GiftsCarryLinks { get; private set; }

    /// <summary>Gifts in the campaign's orders that are none of ours.</summary>
    public int Strange { get; private set; }

    /// <summary>Those of them that carry a link.</summary>
    public int StrangeWithLink { get; private set; }

    /// <summary>
    /// Gifts that the provider did not make because it refused their contacts without naming them: once all others of the order
    /// have their link and exactly as many are missing as it refused, those missing are the refused ones.
    /// </summary>
    public IEnumerable<GiftId> RefusedUnnamed() => orders.Where(o => o.RefusedUnnamed > 0).SelectMany(order =>
    {
        var missing = gifts.Where(g => g.OrderId == order.OrderId && g is { Link: null, Status: GiftStatus.New } && !byRow.ContainsKey(g.Row)).ToList();
        return missing.Count == order.RefusedUnnamed && !missing.Exists(g => MadeWithoutLink.Contains(g.Row)) ? missing.Select(g => g.Identity) : [];
    });

    public void Add(IReadOnlyList<ProviderGift> page)
    {
        foreach (var theirs in page)
        {
            GiftsCarryLinks |= theirs.Link is not null;
            var match = matcher.Match(theirs);
            if (match is not null && theirs.CreatedAt is { } made && made + ZoneMargin < campaign.CreatedAt) Older[match.Identity] = made - ZoneMargin;
            if (match is not { } ours)
            {
                // A window of time also shows other campaigns' gifts.
                if (campaign.OrderMode == OrderMode.PerRecipient) continue;
                Strange++;
                if (theirs.Link is not null) StrangeWithLink++;
            }
            else if (theirs.Codes.Count > 0)
            {
                if (!Coded.Exists(c => c.Gift == ours.Identity)) Coded.Add((ours.Identity, theirs));
            }
            else if (theirs.Link is null) MadeWithoutLink.Add(ours.Row);
            else Add(new FoundLink(ours.Identity, theirs.Link, theirs.ProviderGiftId));
        }
    }

    public void Add(FoundLink link)
    {
        if (byRow.TryAdd(link.Gift.Row, link)) return;
        if (!byRow[link.Gift.Row].Link.Equals(link.Link)) contradictions.Add(link.Gift);
    }
}
