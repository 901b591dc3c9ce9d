using System.Collections;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Ifeelgoods;

namespace TargoGiftbit.Completion;

/// <summary>Offers the SKUs that <c>Get-IfeelgoodsReward</c> or an order last saw in the catalogue; a name can be typed too.</summary>
internal sealed class RewardCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        ledger.Brands.List(environment, IfeelgoodsProvider.ProviderName).Select(b => (b.Code, b.Name));
}
