using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Suppression;

/// <summary>Takes addresses off the list of those that are not written to.</summary>
/// <remarks>
/// <para>Only on the customer's express wish: an unsubscribe overrides every other consent. The removal is kept in the record.</para>
/// </remarks>
/// <example>
/// <code>Remove-GiftSuppression marie@example.com -Reason 'asked in writing on 3 May' -Confirm:$false</code>
/// <para>Marie may be written to again.</para>
/// </example>
/// <example>
/// <code>Get-GiftSuppression *@example.com | Remove-GiftSuppression -WhatIf</code>
/// <para>Shows what would be removed.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "GiftSuppression", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveGiftSuppressionCommand : GiftCommand
{
    /// <summary>The addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("EmailAddress", "Courriel")]
    [ArgumentCompleter(typeof(SuppressionCompleter))]
    public string[] Email { get; set; } = [];

    /// <summary>How the customer asked, for the record.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Whether <c>-WhatIf</c> passed on the gift that the address comes from: nothing is done with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [YesNoTransformation]
    public bool IsRehearsal { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, _) =>
    {
        foreach (var email in Email)
        {
            if (!Ledger.Suppressions.Contains(email))
            {
                await pipeline.ErrorAsync(ErrorFactory.Create("SuppressionNotFound", MailCareText.NotSuppressed(email), email)).ConfigureAwait(false);
                continue;
            }
            if (IsRehearsal)
            {
                await pipeline.RehearseAsync(email, MailCareText.RemoveOffer).ConfigureAwait(false);
                continue;
            }
            var (yes, _) = await pipeline.ShouldProcessAsync(email, MailCareText.RemoveOffer).ConfigureAwait(false);
            if (yes) Ledger.Suppressions.Remove(email, "operator", Reason);
        }
    });
}
