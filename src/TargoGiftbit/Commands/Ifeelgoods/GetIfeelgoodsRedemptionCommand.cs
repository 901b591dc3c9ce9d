using System.Management.Automation;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Gets redemptions as Ifeelgoods has them: state, value, codes, barcode; and the card to print.</summary>
/// <remarks>
/// <para>Codes are picked by what they are for: <c>Code</c>, <c>Pin</c>, <c>Url</c>, <c>UrlCode</c>, <c>PrintableUrl</c>, <c>Barcode</c> with
/// <c>BarcodeType</c>. They are worth money and shown masked; <c>$redemption.Code.Reveal()</c> reads one. The id of a redemption is part of the
/// customer's link and is not shown either.</para>
/// <para><c>-PdfPath</c> saves the card to print in a file that only the current user can read.</para>
/// </remarks>
/// <example>
/// <code>Get-IfeelgoodsRedemption summer-sandbox -Row 3</code>
/// <para>Shows the redemption of one gift of the ledger.</para>
/// </example>
/// <example>
/// <code>Get-IfeelgoodsRedemption -PromotionId PRM-TARGO -State failed</code>
/// <para>Lists the redemptions of a promotion whose code could not be made.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "IfeelgoodsRedemption", DefaultParameterSetName = GiftSet)]
[OutputType(typeof(IfeelgoodsRedemption))]
public sealed class GetIfeelgoodsRedemptionCommand : GiftPipelineCommand
{
    private const string IdSet = "Redemption";
    private const string PromotionSet = "Promotion";

    /// <summary>The redemption's own id, as Ifeelgoods' support names it. It stays in this session's history: whoever reads it can open the customer's page.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[] RedemptionId { get; set; } = [];

    /// <summary>List the redemptions of this promotion.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PromotionSet)]
    [ValidateNotNullOrEmpty]
    public string PromotionId { get; set; } = "";

    /// <summary>Only the redemption of this order, for example <c>summer-sandbox-3-0</c>.</summary>
    [Parameter(ParameterSetName = PromotionSet)]
    public string? OrderId { get; set; }

    /// <summary>Only redemptions in this state.</summary>
    [Parameter(ParameterSetName = PromotionSet)]
    [ArgumentCompleter(typeof(RedemptionStateCompleter))]
    public string? State { get; set; }

    /// <summary>Only redemptions of this reward.</summary>
    [Parameter(ParameterSetName = PromotionSet)]
    public string? RewardSku { get; set; }

    /// <summary>Only redemptions of the user with this address.</summary>
    [Parameter(ParameterSetName = PromotionSet)]
    public string? UserEmail { get; set; }

    /// <summary>File to save the card to print to, or an existing folder, which then gets one file per order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PdfPath { get; set; }

    /// <summary>Ifeelgoods' key as user name and its secret as password; otherwise the settings have them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Switches for what Ifeelgoods' documents leave open; see <c>New-IfeelgoodsOrder</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Option { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => ParameterSetName is GiftSet or CampaignSet;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => IfeelgoodsCommand.Settle(base.Given(parameters), Credential, Option);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is GiftSet or CampaignSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var card = new CardFile(PdfPath is null ? null : FilePath(PdfPath));
        if (ParameterSetName is GiftSet or CampaignSet)
        {
            var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
            foreach (var campaign in selection.ByCampaign())
                await TryAsync(pipeline, campaign.Key.CampaignId, () => OfCampaignAsync([.. selection.Read(campaign)], card, pipeline, cancellationToken)).ConfigureAwait(false);
            return;
        }
        using var provider = ProviderConnection.Ifeelgoods(Settings, Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (ParameterSetName == IdSet)
        {
            foreach (var id in RedemptionId)
                await TryAsync(pipeline, null, async () =>
                {
                    if (await provider.Api.FindRedemptionAsync(id, cancellationToken).ConfigureAwait(false) is { } found) await WriteAsync(provider.Api, found, card, pipeline, cancellationToken).ConfigureAwait(false);
                    else await pipeline.ErrorAsync(ErrorFactory.Create("IfeelgoodsRedemptionNotFound", IfeelgoodsCommandText.RedemptionUnknown, null)).ConfigureAwait(false);
                }).ConfigureAwait(false);
            return;
        }
        var filter = new IfeelgoodsRedemptionFilter { OrderId = OrderId, State = State?.ToLowerInvariant(), RewardSku = RewardSku, UserEmail = UserEmail };
        await foreach (var page in provider.Api.ListRedemptionsAsync(PromotionId, filter, cancellationToken).ConfigureAwait(false))
            foreach (var found in page) await WriteAsync(provider.Api, found, card, pipeline, cancellationToken).ConfigureAwait(false);
    }

    private async Task OfCampaignAsync(List<Gift> gifts, CardFile card, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var provider = ProviderConnection.Ifeelgoods(Settings, gifts[0].Environment, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        foreach (var gift in gifts)
            await TryAsync(pipeline, gift, async () =>
                await WriteAsync(provider.Api, await RedemptionOf.FindAsync(provider.Api, Ledger, gift, cancellationToken).ConfigureAwait(false), card, pipeline, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task WriteAsync(IfeelgoodsApi api, IfeelgoodsRedemption redemption, CardFile card, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        await card.SaveAsync(api, redemption, pipeline, cancellationToken).ConfigureAwait(false);
        await pipeline.WriteAsync(redemption).ConfigureAwait(false);
    }
}
