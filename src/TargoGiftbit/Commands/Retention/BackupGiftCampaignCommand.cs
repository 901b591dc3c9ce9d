using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Retention;

/// <summary>Encrypts campaigns past their term to a certificate, and erases them from the ledger if asked to.</summary>
/// <remarks>
/// <para>One file per campaign (CMS enveloped data, mode 600), which <c>openssl cms -decrypt -inform DER</c> and
/// <c>Restore-GiftCampaign</c> read. Without <c>-CampaignId</c>, every campaign entered more than <c>-OlderThan</c> months ago.</para>
/// <para><c>-Purge</c> erases a campaign once its archive was read back and equals the ledger, which takes the certificate's private key;
/// open gifts or mails in doubt keep it. Suppressions and the proof of consent stay. Production asks first unless <c>-Force</c> is given.</para>
/// </remarks>
/// <example>
/// <code>Backup-GiftCampaign -Path ./archives -Certificate (Get-PfxCertificate ./archives.cer) -WhatIf</code>
/// <para>Shows which campaigns are older than 24 months.</para>
/// </example>
/// <example>
/// <code>Backup-GiftCampaign -Path ./archives -Certificate (Get-PfxCertificate ./archives.pfx) -Purge</code>
/// <para>Archives them, reads the archives back, and erases them from the ledger.</para>
/// </example>
[Cmdlet(VerbsData.Backup, "GiftCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AgeSet)]
[OutputType(typeof(CampaignArchive))]
public sealed class BackupGiftCampaignCommand : GiftCommand
{
    private const string AgeSet = "Age";
    private const string CampaignSet = "Campaign";
    private readonly StrongBox<GiftEnvironment?> environment = new();

    /// <summary>Ids of the campaigns, whatever their age.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CampaignSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CampaignId { get; set; } = [];

    /// <summary>Environment of the campaigns, as a campaign brings it along the pipeline.</summary>
    [Parameter(ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    public GiftEnvironment? Environment { get => environment.Value; set => environment.Value = value; }

    /// <summary>Only campaigns entered more than so many months ago.</summary>
    [Parameter(ParameterSetName = AgeSet)]
    [ValidateRange(0, 1200)]
    public int OlderThan { get; set; } = CampaignBackup.DefaultMonths;

    /// <summary>Folder for the archives.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>For whom to encrypt; with its private key the archives are read back.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public X509Certificate2 Certificate { get; set; } = null!;

    /// <summary>Erase each campaign from the ledger after its archive was read back.</summary>
    [Parameter]
    public SwitchParameter Purge { get; set; }

    /// <summary>Production campaigns too; those of the sandbox always.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        // An empty pipeline looks like no arguments; it means that there is nothing to do.
        if (ParameterSetName == AgeSet && MyInvocation.ExpectingInput) return;
        var backup = new CampaignBackup(Ledger, Clock);
        var environment = Environment ?? (Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox);
        if (ParameterSetName == CampaignSet)
        {
            foreach (var id in CampaignId)
                await TryAsync(pipeline, id, () => BackUpAsync(backup, Ledger.Campaigns.Get(environment, id), pipeline, cancellationToken)).ConfigureAwait(false);
            return;
        }
        var old = backup.PastTerm(OlderThan).Where(c => Production || c.Environment == GiftEnvironment.Sandbox).ToList();
        if (old.Count == 0) await pipeline.VerboseAsync(LifeText.NothingToBackup(OlderThan)).ConfigureAwait(false);
        foreach (var campaign in old)
            await TryAsync(pipeline, campaign.CampaignId, () => BackUpAsync(backup, campaign, pipeline, cancellationToken)).ConfigureAwait(false);
    });

    private async Task BackUpAsync(CampaignBackup backup, GiftCampaign campaign, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (campaign.Environment == GiftEnvironment.Production && !Production)
            throw new CommandException("ProductionNotAllowed", CommandText.ProductionNotAllowed(campaign.CampaignId), CommandText.UseProduction);
        var folder = FilePath(Path);
        var action = Purge ? LifeText.PurgeAction(folder) : LifeText.BackupAction(folder);
        if (!(await pipeline.ShouldProcessAsync(CommandText.Campaign(campaign.CampaignId, campaign.Environment), action).ConfigureAwait(false)).Yes) return;
        if (Purge && campaign.Environment == GiftEnvironment.Production && !Force
            && !await pipeline.ShouldContinueAsync(LifeText.PurgeQuestion(campaign.CampaignId), LifeText.PurgeCaption).ConfigureAwait(false)) return;
        var archive = await backup.WriteAsync(campaign, folder, Certificate, cancellationToken).ConfigureAwait(false);
        await pipeline.WriteAsync(Purge ? backup.Erase(archive) : archive).ConfigureAwait(false);
    }
}
