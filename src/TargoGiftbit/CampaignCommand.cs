using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Binding;
using TargoGiftbit.Commands;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet that works on whole campaigns, named by their ids or coming down the pipeline.</summary>
public abstract class CampaignCommand : GiftCommand
{
    private readonly StrongBox<GiftEnvironment?> environment = new();

    /// <summary>Ids of the campaigns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string[] CampaignId { get; set; } = [];

    /// <summary>Environment of the campaigns, as a campaign brings it along the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public GiftEnvironment? Environment { get => environment.Value; set => environment.Value = value; }

    /// <summary>Work on production campaigns.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <summary>The campaigns named so far in this record.</summary>
    private protected IEnumerable<(GiftEnvironment Environment, string Id)> Named() =>
        CampaignId.Select(id => (Environment ?? (Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox), id));

    /// <summary>Refuses to act on a production campaign unless <c>-Production</c> says that it is meant (spec A2).</summary>
    /// <exception cref="CommandException"><c>ProductionNotAllowed</c>.</exception>
    private protected void RequireProduction(GiftEnvironment environment, string campaignId)
    {
        if (environment == GiftEnvironment.Production && !Production)
            throw new CommandException("ProductionNotAllowed", CommandText.ProductionNotAllowed(campaignId), CommandText.UseProduction);
    }
}
