using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Completion;

/// <summary>Completes an argument from the ledger, never from the network. Whatever goes wrong, nothing is offered.</summary>
internal abstract class LedgerCompleter : IArgumentCompleter
{
    /// <summary>Called by the engine when Tab is pressed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var home = fakeBoundParameters["DataPath"] as string;
            var folder = GiftSettings.Load(new SettingParameters().With(SettingName.Home, home)).DataFolder;
            if (!GiftLedger.Exists(folder)) return [];
            using var ledger = GiftLedger.Open(folder, TimeProvider.System, mustExist: true);
            var pattern = WildcardPattern.Get(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
            return [.. Candidates(ledger, Environment(fakeBoundParameters), fakeBoundParameters)
                .Where(c => pattern.IsMatch(c.Text) || pattern.IsMatch(c.Tip))
                .Select(c => new CompletionResult(Argument(c.Text), c.Text, CompletionResultType.ParameterValue, c.Tip))];
        }
        catch (GiftException)
        {
            return [];
        }
    }

    /// <summary>What may be offered: the text and what it stands for.</summary>
    private protected abstract IEnumerable<(string Text, string Tip)> Candidates(GiftLedger ledger, GiftEnvironment environment, IDictionary bound);

    // "New Zealand" is two words to PowerShell unless it is quoted.
    private static string Argument(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'" : text;

    private static GiftEnvironment Environment(IDictionary bound) =>
        bound["Production"] is SwitchParameter { IsPresent: true } or true ? GiftEnvironment.Production : GiftEnvironment.Sandbox;
}
