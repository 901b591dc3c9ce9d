using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Retention;

/// <summary>Reads an archive of <c>Backup-GiftCampaign</c> back into the ledger.</summary>
/// <remarks>
/// The private key comes with <c>-Certificate</c>, or from your certificate store. A campaign that the ledger has already is an error and
/// stays as it is.
/// </remarks>
/// <example>
/// <code>Restore-GiftCampaign ./archives/production-targo-2024-q2-loyalty.cms -Certificate (Get-PfxCertificate ./archives.pfx)</code>
/// <para>Reads one campaign back.</para>
/// </example>
/// <example>
/// <code>Restore-GiftCampaign ./archives/*.cms -WhatIf</code>
/// <para>Shows which archives would be read.</para>
/// </example>
[Cmdlet(VerbsData.Restore, "GiftCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(GiftCampaign))]
public sealed class RestoreGiftCampaignCommand : PathCommand
{
    /// <summary>The certificate with its private key.</summary>
    [Parameter]
    public X509Certificate2? Certificate { get; set; }

    private protected override async Task ReadAsync(string file, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (!(await pipeline.ShouldProcessAsync(file, LifeText.RestoreAction(file)).ConfigureAwait(false)).Yes) return;
        await pipeline.WriteAsync(await new CampaignBackup(Ledger, Clock).RestoreAsync(file, Certificate, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
