using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Retention;

/// <summary>Reads a campaign that <c>Export-GiftCampaign</c> wrote into the ledger.</summary>
/// <remarks>
/// All of the file or nothing. A campaign that the ledger has already is an error and stays as it is. What was read in is as old as the
/// file: gifts that it calls unsent are in doubt until <c>Resolve-GiftDelivery</c> has asked Mailjet about them.
/// </remarks>
/// <example>
/// <code>Import-GiftCampaign ./campaign.json -WhatIf</code>
/// <para>Shows what would be read.</para>
/// </example>
/// <example>
/// <code>Import-GiftCampaign ./campaign.json; Resolve-GiftDelivery spring</code>
/// <para>Reads a campaign and asks Mailjet which of its mails went out since.</para>
/// </example>
[Cmdlet(VerbsData.Import, "GiftCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(GiftCampaign))]
public sealed class ImportGiftCampaignCommand : PathCommand
{
    private protected override async Task ReadAsync(string file, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (!(await pipeline.ShouldProcessAsync(file, LifeText.ImportAction(file)).ConfigureAwait(false)).Yes) return;
        var campaign = await CampaignFile.ReadAsync(Ledger, file, cancellationToken).ConfigureAwait(false);
        if (campaign.ClosedCount < campaign.GiftCount) await pipeline.WarningAsync(LifeText.ImportAge(campaign.CampaignId)).ConfigureAwait(false);
        await pipeline.WriteAsync(campaign).ConfigureAwait(false);
    }
}
