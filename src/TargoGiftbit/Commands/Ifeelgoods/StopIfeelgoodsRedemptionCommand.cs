using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Cancels redemptions that are pending or failed.</summary>
/// <remarks>
/// <para>A redeemed one is never canceled: its code is billed and final. Where Ifeelgoods itself says whether a redemption can be canceled,
/// that counts. What it answers decides how the gift is recorded.</para>
/// <para>Production asks once, with the number, unless <c>-Force</c> is given.</para>
/// </remarks>
/// <example>
/// <code>Get-Gift summer-sandbox | Where-Object Status -EQ LinkCreated | Stop-IfeelgoodsRedemption -WhatIf</code>
/// <para>Shows which gifts of a campaign could be taken back.</para>
/// </example>
/// <example>
/// <code>Get-IfeelgoodsRedemption -PromotionId PRM-TARGO -State failed | Stop-IfeelgoodsRedemption</code>
/// <para>Cancels what could not be made.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "IfeelgoodsRedemption", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Gift), ParameterSetName = [GiftSet, CampaignSet])]
[OutputType(typeof(IfeelgoodsRedemption), ParameterSetName = [RedemptionSet, IdSet])]
public sealed class StopIfeelgoodsRedemptionCommand : GiftPipelineCommand
{
    private const string RedemptionSet = "Redemption";
    private const string IdSet = "RedemptionId";

    private readonly List<IfeelgoodsRedemption> redemptions = [];

    /// <summary>The redemption, as <c>Get-IfeelgoodsRedemption</c> wrote it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RedemptionSet, ValueFromPipeline = true)]
    public IfeelgoodsRedemption? Redemption { get; set; }

    /// <summary>The redemption's own id, as Ifeelgoods' support names it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[] RedemptionId { get; set; } = [];

    /// <summary>Why, for the gift's history.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Ifeelgoods' key as user name and its secret as password; otherwise the settings have them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Switches for what Ifeelgoods' documents leave open; see <c>New-IfeelgoodsOrder</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Option { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => ParameterSetName is GiftSet or CampaignSet;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => IfeelgoodsCommand.Settle(base.Given(parameters), Credential, Option);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == RedemptionSet) redemptions.Add(Redemption!);
        else if (ParameterSetName != IdSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (ParameterSetName is GiftSet or CampaignSet)
        {
            await StopGiftsAsync(await SelectAsync(records, pipeline).ConfigureAwait(false), pipeline, cancellationToken).ConfigureAwait(false);
            return;
        }
        // Reading to the end also takes in the redemptions that come down the pipeline.
        await foreach (var _ in records.ConfigureAwait(false)) { }
        var environment = Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox;
        using var provider = ProviderConnection.Ifeelgoods(Settings, environment, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in RedemptionId)
            await TryAsync(pipeline, null, async () =>
            {
                if (await provider.Api.FindRedemptionAsync(id, cancellationToken).ConfigureAwait(false) is { } found) redemptions.Add(found);
                else await pipeline.ErrorAsync(ErrorFactory.Create("IfeelgoodsRedemptionNotFound", IfeelgoodsCommandText.RedemptionUnknown, null)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        if (redemptions.Count == 0 || !await MayStopAsync(environment, redemptions.Count, pipeline).ConfigureAwait(false)) return;
        var stop = new RedemptionStop(provider, Ledger, Clock);
        foreach (var redemption in redemptions)
            await TryAsync(pipeline, redemption, async () =>
                await pipeline.WriteAsync(await stop.StopAsync(redemption, environment, Reason, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task StopGiftsAsync(GiftSelection selection, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var gift in selection.Rehearsals)
        {
            await pipeline.RehearseAsync(gift.ToString(), IfeelgoodsCommandText.StopOffer(1)).ConfigureAwait(false);
            await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        foreach (var environment in selection.ByCampaign().GroupBy(c => c.Key.Environment))
        {
            foreach (var campaign in environment) RequireProduction(environment.Key, campaign.Key.CampaignId);
            using var provider = ProviderConnection.Ifeelgoods(Settings, environment.Key, pipeline);
            await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            var gifts = environment.SelectMany(selection.Read).ToList();
            if (!await MayStopAsync(environment.Key, gifts.Count, pipeline).ConfigureAwait(false)) continue;
            var stop = new RedemptionStop(provider, Ledger, Clock);
            foreach (var gift in gifts)
                await TryAsync(pipeline, gift, async () =>
                {
                    var redemption = await RedemptionOf.FindAsync(provider.Api, Ledger, gift, cancellationToken).ConfigureAwait(false);
                    await stop.StopAsync(redemption, environment.Key, Reason, cancellationToken).ConfigureAwait(false);
                    await pipeline.WriteAsync(Ledger.Gifts.Get(gift.Identity)).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
    }

    private async Task<bool> MayStopAsync(GiftEnvironment environment, int count, PipelineWriter pipeline)
    {
        var offer = IfeelgoodsCommandText.StopOffer(count);
        var (yes, _) = await pipeline.ShouldProcessAsync(IfeelgoodsCommandText.StopTarget(environment), offer).ConfigureAwait(false);
        return yes && (environment == GiftEnvironment.Sandbox || Force
            || await pipeline.ShouldContinueAsync(IfeelgoodsCommandText.StopQuestion(offer), IfeelgoodsCommandText.StopCaption).ConfigureAwait(false));
    }
}
