using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit;

/// <summary>The gifts that a cmdlet was given, each once, in the order given.</summary>
/// <param name="ledger">The ledger, which knows what exists.</param>
internal sealed class GiftSelection(GiftLedger ledger)
{
    private readonly HashSet<GiftId> known = [];
    private readonly List<GiftId> gifts = [];
    private readonly List<Gift> rehearsals = [];

    /// <summary>Gifts of the ledger.</summary>
    internal IReadOnlyList<GiftId> Gifts => gifts;

    /// <summary>Gifts that <c>-WhatIf</c> made up.</summary>
    internal IReadOnlyList<Gift> Rehearsals => rehearsals;

    /// <summary>Takes a gift, or all gifts of a campaign, in.</summary>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>, <c>GiftUnknown</c>.</exception>
    internal void Add(PipedGift record)
    {
        if (record.Rehearsal is { } rehearsal)
        {
            rehearsals.Add(rehearsal);
            return;
        }
        if (record.Row is { } row)
        {
            var id = new GiftId(record.Environment, record.CampaignId, row);
            if (record.IsRehearsal)
            {
                rehearsals.Add(ledger.Gifts.Get(id) with { IsRehearsal = true });
                return;
            }
            if (known.Contains(id)) return;
            ledger.Gifts.Get(id);
            Add(id);
            return;
        }
        ledger.Campaigns.Require(record.Environment, record.CampaignId);
        if (record.IsRehearsal) rehearsals.AddRange(ledger.Gifts.OfCampaign(record.Environment, record.CampaignId).Select(g => g with { IsRehearsal = true }));
        else foreach (var id in ledger.Gifts.IdsOf(record.Environment, record.CampaignId)) Add(id);
    }

    /// <summary>The campaigns that the gifts belong to, in the order in which they first came.</summary>
    internal IEnumerable<IGrouping<(GiftEnvironment Environment, string CampaignId), GiftId>> ByCampaign() =>
        gifts.GroupBy(g => (g.Environment, g.CampaignId));

    /// <summary>The gifts as the ledger now has them, campaign by campaign; only the rows that were given.</summary>
    internal IEnumerable<Gift> Read(IGrouping<(GiftEnvironment Environment, string CampaignId), GiftId> campaign)
    {
        var rows = campaign.Select(g => g.Row).ToHashSet();
        return ledger.Gifts.OfCampaign(campaign.Key.Environment, campaign.Key.CampaignId).Where(g => rows.Contains(g.Row));
    }

    private void Add(GiftId id)
    {
        if (known.Add(id)) gifts.Add(id);
    }
}
