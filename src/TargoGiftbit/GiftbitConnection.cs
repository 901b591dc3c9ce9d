using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>Connects cmdlets to Giftbit.</summary>
internal static class GiftbitConnection
{
    internal static GiftbitProvider Open(GiftSettings settings, GiftEnvironment environment, PipelineWriter pipeline) =>
        GiftbitProvider.Connect(settings.Giftbit(environment), TimeProvider.System, ServiceNotices.To(pipeline));
}
