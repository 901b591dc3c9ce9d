using System.Management.Automation;
using TargoGiftbit.Completion;

namespace TargoGiftbit.Commands.Suppression;

/// <summary>Lists the addresses that are not written to.</summary>
/// <remarks>
/// <para>Newest first. <c>Source</c> says where the wish came from: the operator, the link in a mail, one-click, a complaint.</para>
/// </remarks>
/// <example>
/// <code>Get-GiftSuppression</code>
/// <para>Lists all of them.</para>
/// </example>
/// <example>
/// <code>Get-GiftSuppression *@example.com</code>
/// <para>Lists those of one domain.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftSuppression")]
[OutputType(typeof(Core.Ledger.Suppression))]
public sealed class GetGiftSuppressionCommand : GiftCommand
{
    /// <summary>The addresses, with wildcards; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [Alias("EmailAddress", "Courriel")]
    [ArgumentCompleter(typeof(SuppressionCompleter))]
    public string[] Email { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, _) =>
    {
        var patterns = Email.Select(e => new WildcardPattern(e, WildcardOptions.IgnoreCase)).ToList();
        foreach (var entry in Ledger.Suppressions.List().Where(s => patterns.Exists(p => p.IsMatch(s.Email))))
            await pipeline.WriteAsync(entry).ConfigureAwait(false);
    });
}
