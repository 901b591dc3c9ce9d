using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Gets an order as Giftbit has it.</summary>
/// <remarks>
/// Giftbit calls an order a campaign. <c>Get-GiftCampaign</c> shows what the ledger knows of a campaign, which may consist of several
/// orders (<c>-OrderMode PerRecipient</c>: <c>&lt;campaign&gt;-&lt;row&gt;</c>).
/// </remarks>
/// <example>
/// <code>Get-GiftbitCampaign targo-2026-q2-loyalty</code>
/// <para>Shows the order with this client id.</para>
/// </example>
/// <example>
/// <code>Get-GiftCampaign targo-2026-* | Get-GiftbitCampaign | Where-Object Status -EQ AWAITING_FUNDS</code>
/// <para>Finds orders that wait for funds.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitCampaign")]
[OutputType(typeof(GiftbitOrder))]
public sealed class GetGiftbitCampaignCommand : GiftbitCommand
{
    /// <summary>Client ids or Giftbit's own uuids of the orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CampaignId", "OrderId", "Uuid")]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunConnected(async (api, pipeline, cancellationToken) =>
    {
        foreach (var id in Id)
        {
            await TryAsync(pipeline, id, async () =>
            {
                if (await api.FindOrderAsync(id, cancellationToken).ConfigureAwait(false) is { } order)
                    await pipeline.WriteAsync(order).ConfigureAwait(false);
                else
                    await pipeline.ErrorAsync(ErrorFactory.Create("GiftbitCampaignNotFound", CommandText.OrderNotFound(id), id)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    });
}
