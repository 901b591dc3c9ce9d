using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet that asks Giftbit for something.</summary>
public abstract class GiftbitCommand : GiftCommand
{
    /// <summary>Ask the production system instead of the sandbox.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    private protected GiftEnvironment Environment => Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token));

    /// <summary>The regions of the catalogue; they are remembered, for completion.</summary>
    private protected async Task<IReadOnlyList<GiftbitRegion>> RegionsAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var regions = await api.GetRegionsAsync(cancellationToken).ConfigureAwait(false);
        await RememberAsync(pipeline, ledger => ledger.Brands.Store(Environment, BrandStore.GiftbitRegions, regions.Select(r => new KnownBrand(r.Id, r.Name, r.ImageUrl)))).ConfigureAwait(false);
        return regions;
    }

    /// <summary>Runs work with a connection whose token was checked (spec A5).</summary>
    private protected void RunConnected(Func<GiftbitApi, PipelineWriter, CancellationToken, Task> work) => Run(async (pipeline, cancellationToken) =>
    {
        using var provider = GiftbitConnection.Open(Settings, Environment, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        await work(provider.Api, pipeline, cancellationToken).ConfigureAwait(false);
    });
}
