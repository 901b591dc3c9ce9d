using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Completion;

/// <summary>Offers fixed words where others are allowed too.</summary>
internal abstract class WordCompleter : IArgumentCompleter
{
    private protected abstract IReadOnlyList<string> Words { get; }

    /// <summary>Called by the engine when Tab is pressed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.Where(w => w.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(w => new CompletionResult(w));
}

/// <summary>Encodings that office files come in.</summary>
internal sealed class EncodingCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => ["utf8", "windows-1252", "unicode", "bigendianunicode", "850", "863"];
}

/// <summary>Giftbit's words for the status of a gift (reference/giftbit.md §6).</summary>
internal sealed class GiftbitStatusCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => ["SENT_AND_REDEEMABLE", "REDEEMED", "GIVER_CANCELLED", "EXPIRED", "TO_CHARITY"];
}

/// <summary>Giftbit's words for the delivery of a gift that a list can be filtered by (reference/giftbit.md §6).</summary>
internal sealed class GiftbitDeliveryCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => ["UNSENT", "DELIVERED", "UNDELIVERABLE", "TEMPORARILY_UNDELIVERABLE", "UNSUBSCRIBED", "COMPLAINT"];
}

/// <summary>Names of the settings.</summary>
internal sealed class SettingCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => [.. SettingCatalog.All.Select(s => s.Name)];
}

/// <summary>Ifeelgoods' words for the state of a redemption (reference/ifeelgoods.md §4).</summary>
internal sealed class RedemptionStateCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => ["booked", "pending", "redeemed", "denied", "failed", "canceled"];
}
