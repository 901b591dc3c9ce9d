using TargoGiftbit.Commands;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>
/// Connects cmdlets to whichever provider a campaign was ordered from. The one place that tells providers apart by name: no cmdlet
/// downstream of an order has to.
/// </summary>
internal static class ProviderConnection
{
    internal static IGiftProvider Open(GiftSettings settings, GiftEnvironment environment, string provider, PipelineWriter pipeline) => provider switch
    {
        "giftbit" => GiftbitConnection.Open(settings, environment, pipeline),
        IfeelgoodsProvider.ProviderName => Ifeelgoods(settings, environment, pipeline),
        _ => throw new CommandException("ProviderUnknown", IfeelgoodsCommandText.ProviderUnknown(provider)),
    };

    /// <summary>Connects to Ifeelgoods.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="pipeline">Told of repeated calls.</param>
    /// <param name="notice">Told what an operator should know about orders.</param>
    internal static IfeelgoodsProvider Ifeelgoods(GiftSettings settings, GiftEnvironment environment, PipelineWriter pipeline, Action<string>? notice = null)
    {
        var options = IfeelgoodsOptions.Parse(settings.Text(SettingName.IfeelgoodsOptions)) with { Notice = notice };
        return IfeelgoodsProvider.Connect(IfeelgoodsConnection.From(settings, environment), TimeProvider.System, options, ServiceNotices.To(pipeline));
    }
}
