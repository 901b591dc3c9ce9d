using System.Collections;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Formatting;

namespace TargoGiftbit.Completion;

/// <summary>Offers the ids of the ledger's campaigns, newest first.</summary>
internal sealed class CampaignCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        ledger.Campaigns.List(bound.Contains("Production") ? environment : null)
            .DistinctBy(c => c.CampaignId)
            .Select(c => (c.CampaignId, $"{c.CampaignId}: {c.GiftCount} × {c.Price}, {GiftView.Date(c.Expiry)}"));
}
