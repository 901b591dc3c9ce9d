using System.Collections;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Completion;

/// <summary>Offers the regions that <c>Get-GiftbitRegion</c>, or <c>Get-GiftbitBrand</c> for one of them, last saw in the catalogue.</summary>
internal sealed class RegionCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        ledger.Brands.List(environment, BrandStore.GiftbitRegions).Select(r => (r.Name, $"{r.Name} ({r.Code})"));
}
