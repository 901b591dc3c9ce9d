using System.Management.Automation;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ledger;

/// <summary>Tells the whole story of a gift: did Marie get it?</summary>
/// <remarks>
/// One line for each thing that happened, oldest first: entered, ordered, link, each hand-over of a mail and what came of it, what the mail
/// service told of it, statuses, cancellation. The ledger is read, nobody is asked; no link is shown.
/// </remarks>
/// <example>
/// <code>Get-GiftHistory -Customer marie.tremblay@example.com</code>
/// <para>Shows what happened to every gift of one customer, in both environments.</para>
/// </example>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty -Status LinkCreated | Get-GiftHistory | Where-Object What -EQ MailBounced</code>
/// <para>Shows why unredeemed gifts may not have arrived.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftHistory", DefaultParameterSetName = GiftSet)]
[OutputType(typeof(GiftMoment))]
public sealed class GetGiftHistoryCommand : GiftPipelineCommand
{
    private const string CustomerSet = "Customer";

    /// <summary>A customer's id or e-mail address: all the customer's gifts, in all campaigns of both environments.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CustomerSet)]
    [ValidateNotNullOrEmpty]
    public string[] Customer { get; set; } = [];

    /// <summary>Only what happened at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only what happened at this time or earlier.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != CustomerSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var gifts = ParameterSetName == CustomerSet
            ? Customer.SelectMany(who => Ledger.Gifts.OfCustomer(who)).Select(g => g.Identity).Distinct()
            : (await SelectAsync(records, pipeline).ConfigureAwait(false)).Gifts;
        var timeline = new GiftTimeline(Ledger);
        foreach (var gift in gifts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await pipeline.WriteAllAsync(timeline.Of(gift).Where(m => !(m.At < Since) && !(m.At > Until)).ToList()).ConfigureAwait(false);
        }
    }
}
