using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Reports;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Reports;

/// <summary>Writes the life-cycle report of gifts to a CSV file, or a campaign's report as an HTML page.</summary>
/// <remarks>
/// <para>The CSV's columns are <c>row, firstname, email, gift_url, gift_clicked_at, gift_status, gift_redeemed_at, gift_brand_selected</c>. The file
/// holds the gift links in clear and can be read by the current user alone. A cell that a spreadsheet would run as a formula has an
/// apostrophe in front.</para>
/// <para>An expired gift is <c>EXPIRED</c>. Giftbit tells of no gift whether its money came back, only the balance of the account: compare
/// <c>Get-GiftbitFund</c> before and after the expiry, and say <c>-ExpiredRefunded</c> if it did.</para>
/// <para>With <c>-Html</c> it is one page about the whole campaign, with charts, for any browser and for paper: funnel, redemption over time, brands,
/// languages, e-mails compared, delivery problems and what to do about each, money. It needs nothing from outside and has no link, name or
/// address in it.</para>
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
/// <example>
/// <code>Export-GiftReport targo-2026-q2-loyalty ./report.html -Html -Language En</code>
/// <para>Writes the page about a campaign in English.</para>
/// </example>
[Cmdlet(VerbsData.Export, "GiftReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGiftReportCommand : GiftPipelineCommand
{
    private readonly StrongBox<GiftLanguage> language = new(GiftLanguage.Fr);

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

    /// <summary>The balance shows that the money of the expired gifts came back: the CSV calls them <c>REFUNDED</c>.</summary>
    [Parameter]
    public SwitchParameter ExpiredRefunded { get; set; }

    /// <summary>Write a page about the campaign instead.</summary>
    [Parameter]
    public SwitchParameter Html { get; set; }

    /// <summary>Language of the page; French unless said otherwise. The CSV has one for all.</summary>
    [Parameter]
    public GiftLanguage Language { get => language.Value; set => language.Value = value; }

    /// <summary>Return the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var file = FilePath(Path);
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        if (selection.Rehearsals.Count > 0) await pipeline.RehearseAsync(file, CommandText.WriteReport(selection.Rehearsals.Count)).ConfigureAwait(false);
        if (selection.Gifts.Count == 0) return;
        if (NoClobber && File.Exists(file)) throw new CommandException("FileExists", CommandText.FileExists(file), CommandText.FileExistsRemedy);
        var written = await (Html ? WritePageAsync(file, selection, pipeline, cancellationToken) : WriteCsvAsync(file, selection, pipeline, cancellationToken)).ConfigureAwait(false);
        if (written && PassThru) await pipeline.WriteAsync(WrittenFile.Of(file)).ConfigureAwait(false);
    }

    private async Task<bool> WriteCsvAsync(string file, GiftSelection selection, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (!(await pipeline.ShouldProcessAsync(file, CommandText.WriteReport(selection.Gifts.Count)).ConfigureAwait(false)).Yes) return false;
        var gifts = selection.ByCampaign().SelectMany(selection.Read).ToAsyncEnumerable();
        var count = await GiftReportCsv.WriteAsync(file, gifts, new GiftReportOptions { ByteOrderMark = ForExcel, ExpiredWasRefunded = ExpiredRefunded }, cancellationToken).ConfigureAwait(false);
        await pipeline.VerboseAsync(CommandText.ReportWritten(count, file)).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> WritePageAsync(string file, GiftSelection selection, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var campaigns = selection.ByCampaign().Select(c => c.Key).ToList();
        if (campaigns.Count > 1) throw new CommandException("ReportOfSeveral", EngagementCommandText.MeasureMany(campaigns.Count), EngagementCommandText.MeasureManyRemedy);
        var (environment, id) = campaigns[0];
        if (!(await pipeline.ShouldProcessAsync(file, EngagementCommandText.WritePage(id)).ConfigureAwait(false)).Yes) return false;
        await GiftReportHtml.WriteAsync(file, CampaignMeasure.Take(Ledger, environment, id, Clock), Language, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
