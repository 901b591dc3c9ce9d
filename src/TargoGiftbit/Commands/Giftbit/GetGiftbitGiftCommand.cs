using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Gets gifts as Giftbit has them.</summary>
/// <remarks>
/// <c>Get-Gift</c> shows what the ledger knows; this asks Giftbit. Links are shown masked.
/// </remarks>
/// <example>
/// <code>Get-GiftbitGift -CampaignId targo-2026-q2-loyalty -Status REDEEMED</code>
/// <para>Lists the redeemed gifts of an order.</para>
/// </example>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty -Row 12 | Get-GiftbitGift</code>
/// <para>Asks Giftbit about one gift of the ledger.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitGift", DefaultParameterSetName = ListSet)]
[OutputType(typeof(GiftbitGift))]
public sealed class GetGiftbitGiftCommand : GiftbitCommand
{
    private const string ListSet = "List";
    private const string UuidSet = "Uuid";
    private const int PageSize = 500;

    /// <summary>Giftbit's own ids of the gifts.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UuidSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProviderGiftId")]
    [ValidateNotNullOrEmpty]
    public string[]? Uuid { get; set; }

    /// <summary>Only gifts of the order with this client id.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    public string? CampaignId { get; set; }

    /// <summary>Only gifts whose recipient's address holds this text of at least three characters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateLength(3, 254)]
    public string? RecipientEmail { get; set; }

    /// <summary>Only gifts whose recipient's name holds this text.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? RecipientName { get; set; }

    /// <summary>Only gifts with this status, in Giftbit's words.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(GiftbitStatusCompleter))]
    public string? Status { get; set; }

    /// <summary>Only gifts with this delivery status, in Giftbit's words.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(GiftbitDeliveryCompleter))]
    public string? DeliveryStatus { get; set; }

    /// <summary>Only gifts created at this time or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only gifts created at this time or earlier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTimeOffset? Until { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunConnected(ParameterSetName == UuidSet ? NamedAsync : ListAsync);

    private async Task NamedAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var uuid in Uuid!)
        {
            await TryAsync(pipeline, uuid, async () =>
            {
                if (await api.FindGiftAsync(uuid, cancellationToken).ConfigureAwait(false) is { } gift)
                    await pipeline.WriteAsync(gift).ConfigureAwait(false);
                else
                    await pipeline.ErrorAsync(ErrorFactory.Create("GiftbitGiftNotFound", CommandText.GiftNotFound(uuid), uuid)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var filter = new GiftbitGiftFilter
        {
            CampaignId = CampaignId,
            RecipientEmail = RecipientEmail,
            RecipientName = RecipientName,
            Status = Status,
            DeliveryStatus = DeliveryStatus,
            CreatedFrom = Since,
            CreatedTo = Until,
        };
        await foreach (var page in api.ListGiftsAsync(filter, PageSize, cancellationToken).ConfigureAwait(false))
            await pipeline.WriteAllAsync(page).ConfigureAwait(false);
    }
}
