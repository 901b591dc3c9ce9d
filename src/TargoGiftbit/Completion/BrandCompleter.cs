using System.Collections;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Completion;

/// <summary>Offers the brand codes that <c>Get-GiftbitBrand</c> or an order last saw in the catalogue; a name can be typed too.</summary>
internal sealed class BrandCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        ledger.Brands.List(environment, "giftbit").Select(b => (b.Code, b.Name));
}
