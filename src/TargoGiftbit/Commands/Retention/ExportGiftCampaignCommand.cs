using System.Management.Automation;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Retention;

/// <summary>Writes a campaign as JSON: its terms, its orders, and one object per recipient with everything known of the gift.</summary>
/// <remarks>
/// The file holds the gift links and personal data, and is readable by you alone (mode 600). <c>Import-GiftCampaign</c> reads it into
/// another ledger.
/// </remarks>
/// <example>
/// <code>Export-GiftCampaign targo-2026-q2-loyalty -Path ./campaign.json</code>
/// <para>Writes one campaign.</para>
/// </example>
/// <example>
/// <code>Get-GiftCampaign targo-2025-* | Export-GiftCampaign -Path ./campaigns</code>
/// <para>Writes last year's campaigns into an existing folder, one file each.</para>
/// </example>
[Cmdlet(VerbsData.Export, "GiftCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGiftCampaignCommand : CampaignCommand
{
    /// <summary>The file to write, or an existing folder; an older file is replaced.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Do not replace an older file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    private bool wroteFile;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        var target = FilePath(Path);
        foreach (var (environment, id) in Named())
            await TryAsync(pipeline, id, async () =>
            {
                Ledger.Campaigns.Require(environment, id);
                var isFolder = Directory.Exists(target);
                if (!isFolder && wroteFile) throw new CommandException("PathNotFolder", LifeText.PathIsOneFile(target));
                var file = isFolder ? System.IO.Path.Combine(target, $"{environment.ToString().ToLowerInvariant()}-{id}.json") : target;
                if (NoClobber && File.Exists(file)) throw new CommandException("FileExists", LifeText.FileExists(file), LifeText.FileExistsRemedy);
                if (!(await pipeline.ShouldProcessAsync(CommandText.Campaign(id, environment), LifeText.ExportAction).ConfigureAwait(false)).Yes) return;
                await CampaignFile.WriteAsync(Ledger, environment, id, file, cancellationToken).ConfigureAwait(false);
                wroteFile = true;
                await pipeline.VerboseAsync(LifeText.ExportedFile(id, file)).ConfigureAwait(false);
                await pipeline.WriteAsync(WrittenFile.Of(file)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    });
}
