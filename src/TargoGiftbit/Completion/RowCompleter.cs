using System.Collections;
using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Formatting;

namespace TargoGiftbit.Completion;

/// <summary>Offers the rows of the campaign given, each with its customer's name; a name can be typed too.</summary>
internal sealed class RowCompleter : LedgerCompleter
{
    private protected override IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound) =>
        (bound["CampaignId"] ?? bound["Id"])?.ToString() is { Length: > 0 } campaign
            ? ledger.Gifts.OfCampaign(environment, campaign).Select(g => (g.Row.ToString(CultureInfo.InvariantCulture), GiftView.Name(g)))
            : [];
}
