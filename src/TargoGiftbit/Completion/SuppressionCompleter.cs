using System.Collections;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Formatting;

namespace TargoGiftbit.Completion;

/// <summary>Offers the addresses that are not written to.</summary>
internal sealed class SuppressionCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        ledger.Suppressions.List().Select(s => (s.Email, $"{s.Email}: {s.Source}, {GiftView.Instant(s.AddedAt)}"));
}
