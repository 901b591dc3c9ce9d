using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Binding;
using TargoGiftbit.Commands;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet of the gift pipeline: takes gifts that come down it, or campaigns by their id, and looks all of them up in the ledger.</summary>
public abstract class GiftPipelineCommand : StreamingCommand
{
    private readonly StrongBox<GiftEnvironment?> environment = new();

    /// <summary>Parameter set of gifts that come down the pipeline.</summary>
    protected const string GiftSet = "Gift";

    /// <summary>Parameter set of campaigns and rows named by their ids.</summary>
    protected const string CampaignSet = "Campaign";

    /// <summary>The gifts, as another cmdlet of this module wrote them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GiftSet, ValueFromPipeline = true)]
    [GiftOnly]
    public Gift[] Gift { get; set; } = [];

    /// <summary>Ids of the campaigns.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CampaignId { get; set; } = [];

    /// <summary>Rows of the gifts within their campaign; all of them when left out.</summary>
    [Parameter(ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public int[]? Row { get; set; }

    /// <summary>Environment of the campaigns, as a campaign or gift brings it along the pipeline.</summary>
    [Parameter(ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    public GiftEnvironment? Environment { get => environment.Value; set => environment.Value = value; }

    /// <summary>Whether <c>-WhatIf</c> passed the gift on, which a gift out of a job or a file still says: nothing is done with it.</summary>
    [Parameter(ParameterSetName = CampaignSet, ValueFromPipelineByPropertyName = true)]
    [YesNoTransformation]
    public bool IsRehearsal { get; set; }

    /// <summary>Work on production gifts: real money and real customers.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == GiftSet)
        {
            foreach (var gift in Gift) Feed(new PipedGift(gift.Environment, gift.CampaignId, gift.Row, gift.IsRehearsal ? gift : null));
            return;
        }
        var environment = Environment ?? (Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox);
        foreach (var campaign in CampaignId)
        {
            if (Row is null) Feed(new PipedGift(environment, campaign, null, null, IsRehearsal));
            else
                foreach (var row in Row) Feed(new PipedGift(environment, campaign, row, null, IsRehearsal));
        }
    }

    /// <summary>Refuses to act on a production gift unless <c>-Production</c> says that it is meant (spec A2).</summary>
    /// <exception cref="CommandException"><c>ProductionNotAllowed</c>.</exception>
    private protected void RequireProduction(GiftEnvironment environment, string campaignId)
    {
        if (environment == GiftEnvironment.Production && !Production)
            throw new CommandException("ProductionNotAllowed", CommandText.ProductionNotAllowed(campaignId), CommandText.UseProduction);
    }

    /// <summary>Takes in everything that was named, each gift once. Campaigns that the ledger does not know are errors.</summary>
    private protected async Task<GiftSelection> SelectAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline)
    {
        var selection = new GiftSelection(Ledger);
        await foreach (PipedGift record in records.ConfigureAwait(false))
            await TryAsync(pipeline, record.Row is { } row ? new GiftId(record.Environment, record.CampaignId, row) : record.CampaignId, () =>
            {
                selection.Add(record);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        return selection;
    }
}
