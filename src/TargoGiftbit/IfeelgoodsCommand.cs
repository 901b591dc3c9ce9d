using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A cmdlet that asks Ifeelgoods for something.</summary>
public abstract class IfeelgoodsCommand : GiftCommand
{
    /// <summary>Ask the production system instead of the sandbox.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Ifeelgoods' key as user name and its secret as password; otherwise the settings have them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// Switches for what Ifeelgoods' documents leave open, as <c>name=value</c>, in place of IFEELGOODS_OPTIONS. All are uncertain:
    /// <c>auth=oauth</c> with <c>grant-type=…</c> (today's value is not documented), <c>page-parameter=…</c> and <c>page-size-parameter=…</c> (the
    /// names of the paging parameters are not documented), <c>page-size=…</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Option { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    private protected GiftEnvironment Environment => Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => Settle(base.Given(parameters), Credential, Option);

    /// <summary>The settings that these two parameters stand for.</summary>
    internal static SettingParameters Settle(SettingParameters parameters, PSCredential? credential, string[]? option) => parameters
        .With(SettingName.IfeelgoodsKey, credential is null ? null : new Secret(credential.UserName))
        .With(SettingName.IfeelgoodsSecret, credential is null ? null : SecretTransformationAttribute.Reveal(credential.Password))
        .With(SettingName.IfeelgoodsOptions, option is null ? null : string.Join(", ", option));

    /// <summary>Runs work with a connection whose key pair was checked (spec A5).</summary>
    private protected void RunConnected(Func<IfeelgoodsApi, PipelineWriter, CancellationToken, Task> work) => Run(async (pipeline, cancellationToken) =>
    {
        using var provider = ProviderConnection.Ifeelgoods(Settings, Environment, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        await work(provider.Api, pipeline, cancellationToken).ConfigureAwait(false);
    });
}
