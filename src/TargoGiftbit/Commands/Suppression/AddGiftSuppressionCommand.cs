using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Suppression;

/// <summary>Puts addresses on the list of those that are not written to.</summary>
/// <remarks>
/// <para>The list is looked at before ordering and at the very moment of sending. Unsubscribes and complaints get on it by themselves; this
/// command is for wishes that come by telephone or letter. Every request and its effect is kept, as the law asks.</para>
/// </remarks>
/// <example>
/// <code>Add-GiftSuppression marie@example.com -Reason 'asked by telephone'</code>
/// <para>Marie is never written to again.</para>
/// </example>
/// <example>
/// <code>'a@example.com', 'b@example.com' | Add-GiftSuppression -WhatIf</code>
/// <para>Shows what would be added.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "GiftSuppression", SupportsShouldProcess = true)]
[OutputType(typeof(Core.Ledger.Suppression))]
public sealed class AddGiftSuppressionCommand : GiftCommand
{
    /// <summary>The addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("EmailAddress", "Courriel")]
    [ValidateNotNullOrEmpty]
    public string[] Email { get; set; } = [];

    /// <summary>Why, for the record.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Reason { get; set; }

    /// <summary>Whether <c>-WhatIf</c> passed on the gift that the address comes from: nothing is done with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [YesNoTransformation]
    public bool IsRehearsal { get; set; }

    /// <summary>Write what is now on the list.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, _) =>
    {
        foreach (var email in Email)
        {
            if (EmailAddress.Check(email.Trim()) is var fault and not EmailFault.None)
            {
                await pipeline.ErrorAsync(ErrorFactory.Create("EmailInvalid", MailCareText.EmailInvalid(email, EmailAddress.Describe(fault)), email)).ConfigureAwait(false);
                continue;
            }
            if (IsRehearsal)
            {
                await pipeline.RehearseAsync(email, MailCareText.AddOffer).ConfigureAwait(false);
                continue;
            }
            var (yes, _) = await pipeline.ShouldProcessAsync(email, MailCareText.AddOffer).ConfigureAwait(false);
            if (!yes) continue;
            Ledger.Suppressions.Add(email, "operator", Reason);
            if (PassThru && Ledger.Suppressions.Find(email) is { } entry) await pipeline.WriteAsync(entry).ConfigureAwait(false);
        }
    });
}
