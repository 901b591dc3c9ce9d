using System.Management.Automation;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Reports;

/// <summary>Writes the life-cycle report of gifts to a CSV file.</summary>
/// <remarks>
/// <para>The columns are <c>row, firstname, email, gift_url, gift_clicked_at, gift_status, gift_redeemed_at, gift_brand_selected</c>. The file
/// holds the gift links in clear and can be read by the current user alone. A cell that a spreadsheet would run as a formula has an
/// apostrophe in front.</para>
/// <para>The report shows the ledger; <c>Update-GiftStatus</c> brings it up to date first.</para>
/// </remarks>
/// <example>
/// <code>Export-GiftReport -CampaignId targo-2026-q2-loyalty -Path ./report.csv</code>
/// <para>Writes the report of a campaign.</para>
/// </example>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty -Status LinkCreated | Export-GiftReport -Path ./open.csv -ForExcel -PassThru</code>
/// <para>Writes the gifts that are still to be redeemed, for Excel, and shows the file.</para>
/// </example>
[Cmdlet(VerbsData.Export, "GiftReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGiftReportCommand : GiftPipelineCommand
{
    /// <summary>The file to write; an older one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Do not replace an older file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Start the file with a byte order mark, by which Excel knows its accents.</summary>
    [Parameter]
    public SwitchParameter ForExcel { get; set; }

    /// <summary>Return the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task WorkAsync(IAsyncEnumerable<PipedGift> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var file = FilePath(Path);
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        if (selection.Rehearsals.Count > 0) await pipeline.RehearseAsync(file, CommandText.WriteReport(selection.Rehearsals.Count)).ConfigureAwait(false);
        if (selection.Gifts.Count == 0) return;
        if (NoClobber && File.Exists(file)) throw new CommandException("FileExists", CommandText.FileExists(file), CommandText.FileExistsRemedy);
        if (!(await pipeline.ShouldProcessAsync(file, CommandText.WriteReport(selection.Gifts.Count)).ConfigureAwait(false)).Yes) return;

        var gifts = selection.ByCampaign().SelectMany(selection.Read).ToAsyncEnumerable();
        var count = await GiftReportCsv.WriteAsync(file, gifts, new GiftReportOptions { ByteOrderMark = ForExcel }, cancellationToken).ConfigureAwait(false);
        await pipeline.VerboseAsync(CommandText.ReportWritten(count, file)).ConfigureAwait(false);
        if (PassThru) await pipeline.WriteAsync(new FileInfo(file)).ConfigureAwait(false);
    }
}
