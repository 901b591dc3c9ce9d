using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Reports;

/// <summary>Shows how a campaign went, as a page in the browser.</summary>
/// <remarks>
/// Writes the page to the data folder and opens it. No link, name or address is in it, so that it can be shown around;
/// <c>Export-GiftReport -Html</c> writes the same page to a file of your choice.
/// </remarks>
/// <example>
/// <code>Show-GiftReport targo-2026-q2-loyalty -Language En</code>
/// <para>Opens the report of a campaign in English.</para>
/// </example>
/// <example>
/// <code>Get-GiftCampaign targo-2026-* | Show-GiftReport -NoLaunch</code>
/// <para>Writes this year's reports and gives the files.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "GiftReport")]
[OutputType(typeof(FileInfo))]
public sealed class ShowGiftReportCommand : CampaignCommand
{
    private readonly StrongBox<GiftLanguage> language = new(GiftLanguage.Fr);

    /// <summary>Language of the page; French unless said otherwise.</summary>
    [Parameter]
    public GiftLanguage Language { get => language.Value; set => language.Value = value; }

    /// <summary>Do not open the file.</summary>
    [Parameter]
    public SwitchParameter NoLaunch { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        foreach (var (environment, id) in Named())
            await TryAsync(pipeline, id, async () =>
            {
                var figures = CampaignMeasure.Take(Ledger, environment, id, Clock);
                var folder = Path.Combine(Settings.DataFolder, "reports");
                PrivateFile.CreateFolder(folder);
                var file = Path.Combine(folder, $"{id}-{environment.ToString().ToLowerInvariant()}-{Language.ToString().ToLowerInvariant()}.html");
                await GiftReportHtml.WriteAsync(file, figures, Language, cancellationToken).ConfigureAwait(false);
                if (!NoLaunch) Browser.Open(file, pipeline);
                await pipeline.WriteAsync(WrittenFile.Of(file)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    });
}
