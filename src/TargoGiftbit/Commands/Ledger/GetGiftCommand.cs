using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ledger;

/// <summary>Gets gifts from the ledger.</summary>
/// <remarks>
/// Any stage of a campaign can be run again from here: what is done stays done. Gift links are shown masked. Without
/// <c>-Production</c> the sandbox is read; a campaign that is piped in brings its own environment.
/// </remarks>
/// <example>
/// <code>Get-Gift -CampaignId targo-2026-q2-loyalty -MailState NotSent, Deferred | Send-GiftEmail</code>
/// <para>Goes on with a mailing that was interrupted.</para>
/// </example>
/// <example>
/// <code>Get-Gift -Customer marie.tremblay@example.com | Format-List</code>
/// <para>Shows everything known of one customer's gifts in all campaigns.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "Gift", DefaultParameterSetName = CampaignSet)]
[OutputType(typeof(Gift))]
public sealed class GetGiftCommand : GiftCommand
{
    private const string CampaignSet = "Campaign";
    private const string CustomerSet = "Customer";
    private const int PageSize = 250;
    private readonly StrongBox<GiftEnvironment?> environment = new();
    private readonly StrongBox<GiftLanguage?> language = new();

    /// <summary>Ids of the campaigns; all of them when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    public string[]? CampaignId { get; set; }

    /// <summary>Rows of the gifts within their campaign; all of them when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public int[]? Row { get; set; }

    /// <summary>Environment of the campaigns, as a campaign or gift brings it along the pipeline.</summary>
    [Parameter(ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    public GiftEnvironment? Environment { get => environment.Value; set => environment.Value = value; }

    /// <summary>Look in production instead of the sandbox.</summary>
    [Parameter(ParameterSetName = CampaignSet)]
    public SwitchParameter Production { get; set; }

    /// <summary>A customer's id or e-mail address: gets the customer's gifts in all campaigns of both environments.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CustomerSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Customer { get; set; }

    /// <summary>Only gifts with one of these statuses.</summary>
    [Parameter]
    public GiftStatus[]? Status { get; set; }

    /// <summary>Only gifts whose e-mail is in one of these states.</summary>
    [Parameter]
    public MailState[]? MailState { get; set; }

    /// <summary>Only gifts of customers with this language.</summary>
    [Parameter]
    public GiftLanguage? Language { get => language.Value; set => language.Value = value; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(WorkAsync);

    private async Task WorkAsync(PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (ParameterSetName == CustomerSet)
        {
            foreach (var who in Customer!) await WriteAsync(pipeline, Ledger.Gifts.OfCustomer(who)).ConfigureAwait(false);
            return;
        }
        var environment = Environment ?? (Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox);
        foreach (var id in CampaignId ?? Ledger.Campaigns.Ids(environment))
        {
            await TryAsync(pipeline, id, async () =>
            {
                Ledger.Campaigns.Require(environment, id);
                if (Row is null) await WritePagesAsync(pipeline, environment, id, cancellationToken).ConfigureAwait(false);
                else
                    foreach (var row in Row) await WriteRowAsync(pipeline, new GiftId(environment, id, row)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    private async Task WritePagesAsync(PipelineWriter pipeline, GiftEnvironment environment, string id, CancellationToken cancellationToken)
    {
        var after = 0;
        IReadOnlyList<Gift> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = Ledger.Gifts.Page(environment, id, after, PageSize);
            await WriteAsync(pipeline, page).ConfigureAwait(false);
            if (page.Count > 0) after = page[^1].Row;
        }
        while (page.Count == PageSize);
    }

    private Task<bool> WriteRowAsync(PipelineWriter pipeline, GiftId id) => TryAsync(pipeline, id, async () =>
    {
        var gift = Ledger.Gifts.Get(id);
        if (IsWanted(gift)) await pipeline.WriteAsync(gift).ConfigureAwait(false);
    });

    private ValueTask WriteAsync(PipelineWriter pipeline, IReadOnlyList<Gift> gifts) =>
        pipeline.WriteAllAsync(Status is null && MailState is null && Language is null ? gifts : [.. gifts.Where(IsWanted)]);

    private bool IsWanted(Gift gift) =>
        (Status is null || Status.Contains(gift.Status))
        && (MailState is null || MailState.Contains(gift.MailState))
        && (Language is null || Language == gift.Language);
}
