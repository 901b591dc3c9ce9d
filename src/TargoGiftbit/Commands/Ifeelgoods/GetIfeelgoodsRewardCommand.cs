using System.Management.Automation;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Gets rewards of Ifeelgoods' catalogue: stock, validity, value, pictures, and what they cost an account.</summary>
/// <remarks>
/// <para>Without a quantity (<c>Stock</c> is <c>Budget</c>) a reward can be had as long as the balance lasts. A free value (<c>IsFreeValue</c>) is
/// ordered in whole units between <c>MinValue</c> and <c>MaxValue</c>.</para>
/// <para>How a reward is used is told for single rewards only. It is remembered for a month and then shown in lists too;
/// <c>-Instruction</c> fetches what is missing, with one call per reward.</para>
/// </remarks>
/// <example>
/// <code>Get-IfeelgoodsReward -Country CA -InStock</code>
/// <para>Lists what can be had in Canada.</para>
/// </example>
/// <example>
/// <code>Get-IfeelgoodsReward TIM-GC-60CAD-CA -ClientId CLI-TARGO | Format-List</code>
/// <para>Shows one reward with its cost and its instructions.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "IfeelgoodsReward", DefaultParameterSetName = ListSet)]
[OutputType(typeof(IfeelgoodsReward))]
public sealed class GetIfeelgoodsRewardCommand : IfeelgoodsCommand
{
    private const string ListSet = "List";
    private const string SkuSet = "Sku";

    // reference/ifeelgoods.md §3: instructions are to be refreshed monthly.
    private static readonly TimeSpan InstructionsLast = TimeSpan.FromDays(31);

    /// <summary>SKUs of the rewards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SkuSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Sku")]
    [ArgumentCompleter(typeof(RewardCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RewardSku { get; set; }

    /// <summary>Add what a reward costs this account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Only rewards of this country, for example <c>CA</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Country { get; set; }

    /// <summary>Only rewards whose name or SKU holds this text.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Search { get; set; }

    /// <summary>Only rewards that can be had now.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter InStock { get; set; }

    /// <summary>Fetch instructions that are not remembered, with one call per reward.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Instruction { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunConnected(ParameterSetName == SkuSet ? NamedAsync : ListAsync);

    private async Task NamedAsync(IfeelgoodsApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var sku in RewardSku!)
            await TryAsync(pipeline, sku, async () =>
            {
                if (await FetchAsync(api, sku, pipeline, cancellationToken).ConfigureAwait(false) is { } reward) await pipeline.WriteAsync(reward).ConfigureAwait(false);
                else await pipeline.ErrorAsync(ErrorFactory.Create("IfeelgoodsRewardNotFound", IfeelgoodsCommandText.RewardUnknown(sku), sku)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task ListAsync(IfeelgoodsApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, RewardInstructions> known = new Dictionary<string, RewardInstructions>();
        await RememberAsync(pipeline, ledger => known = ledger.Brands.Instructions(Environment, IfeelgoodsProvider.ProviderName, InstructionsLast)).ConfigureAwait(false);
        await foreach (var page in api.ListRewardsAsync(ClientId, cancellationToken).ConfigureAwait(false))
        {
            await RememberAsync(pipeline, ledger => ledger.Brands.Store(Environment, IfeelgoodsProvider.ProviderName, page.Select(r => new KnownBrand(r.RewardSku, r.Name, r.LogoUrl?.AbsoluteUri)))).ConfigureAwait(false);
            foreach (var reward in page.Where(IsWanted))
            {
                if (known.TryGetValue(reward.RewardSku, out var told))
                    await pipeline.WriteAsync(reward with { HowToUse = told.HowToUse, Important = told.Important, InstructionsFetchedAt = told.FetchedAt }).ConfigureAwait(false);
                else
                    await pipeline.WriteAsync(Instruction ? await FetchAsync(api, reward.RewardSku, pipeline, cancellationToken).ConfigureAwait(false) ?? reward : reward).ConfigureAwait(false);
            }
        }
    }

    private async Task<IfeelgoodsReward?> FetchAsync(IfeelgoodsApi api, string sku, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await api.FindRewardAsync(sku, ClientId, cancellationToken).ConfigureAwait(false) is not { } reward) return null;
        var now = Clock.GetUtcNow();
        await RememberAsync(pipeline, ledger =>
        {
            ledger.Brands.Store(Environment, IfeelgoodsProvider.ProviderName, [new KnownBrand(reward.RewardSku, reward.Name, reward.LogoUrl?.AbsoluteUri)]);
            ledger.Brands.StoreInstructions(Environment, IfeelgoodsProvider.ProviderName, new RewardInstructions(reward.RewardSku, reward.HowToUse, reward.Important, now));
        }).ConfigureAwait(false);
        return reward with { InstructionsFetchedAt = now };
    }

    private bool IsWanted(IfeelgoodsReward reward) =>
        (Country is null || reward.Country.Contains(Country, StringComparer.OrdinalIgnoreCase))
        && (Search is null || reward.Name.Contains(Search, StringComparison.OrdinalIgnoreCase) || reward.RewardSku.Contains(Search, StringComparison.OrdinalIgnoreCase))
        && (!InStock || (reward.InStock != false && reward.StockQuantity is not <= 0 && reward.Status is null or "enabled"));
}
