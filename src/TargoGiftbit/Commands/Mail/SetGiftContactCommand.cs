using System.Management.Automation;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Mail;

/// <summary>Corrects the contact of a gift, for example after a bounce.</summary>
/// <remarks>
/// <para>A new address makes the mail of an unredeemed gift due again: pipe the gift to <c>Send-GiftEmail</c>. The gift keeps its row, its link
/// and its customer.</para>
/// </remarks>
/// <example>
/// <code>Set-GiftContact spring -Row 12 -Email marie.tremblay@example.com -WhatIf</code>
/// <para>Shows what would change.</para>
/// </example>
/// <example>
/// <code>Set-GiftContact spring -Row 12 -Email marie.tremblay@example.com | Send-GiftEmail</code>
/// <para>Corrects the address and sends the gift there.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "GiftContact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(Gift))]
public sealed class SetGiftContactCommand : GiftPipelineCommand
{
    /// <summary>The right address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Email { get; set; }

    /// <summary>The right first name.</summary>
    [Parameter]
    public string? FirstName { get; set; }

    /// <summary>The right last name.</summary>
    [Parameter]
    public string? LastName { get; set; }

    /// <summary>The right language: <c>Fr</c> or <c>En</c>.</summary>
    [Parameter]
    [ValidateSet("Fr", "En")]
    public string? Language { get; set; }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Email is not null && EmailAddress.Check(Email.Trim()) is var fault and not EmailFault.None)
            throw new CommandException("EmailInvalid", MailCareText.EmailInvalid(Email, EmailAddress.Describe(fault)));
        var change = new ContactChange(Email, FirstName, LastName, Language is null ? null : Enum.Parse<GiftLanguage>(Language, ignoreCase: true));
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        foreach (var rehearsal in selection.Rehearsals) await pipeline.WriteAsync(rehearsal).ConfigureAwait(false);
        foreach (var id in selection.Gifts)
            await TryAsync(pipeline, id, async () =>
            {
                RequireProduction(id.Environment, id.CampaignId);
                var (yes, whatIf) = await pipeline.ShouldProcessAsync(id.ToString(), MailCareText.ContactOffer(Email ?? id.ToString())).ConfigureAwait(false);
                if (yes) await pipeline.WriteAsync(Ledger.Gifts.SetContact(id, change)).ConfigureAwait(false);
                else if (whatIf) await pipeline.WriteAsync(Ledger.Gifts.Get(id) with { IsRehearsal = true }).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }
}
