using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace TargoGiftbit.Completion;

/// <summary>Offers folders, and none of the files beside them.</summary>
internal sealed class FolderCompleter : IArgumentCompleter
{
    /// <summary>Called by the engine when Tab is pressed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteFilename(wordToComplete).Where(found => found.ResultType == CompletionResultType.ProviderContainer);
}
