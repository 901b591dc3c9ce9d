using TargoGiftbit.Commands;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>Connects cmdlets to Giftbit; repeats of a call are told with <c>-Verbose</c>.</summary>
internal static class GiftbitConnection
{
    internal static GiftbitProvider Open(GiftSettings settings, GiftEnvironment environment, PipelineWriter pipeline) => GiftbitProvider.Connect(
        settings.Giftbit(environment),
        TimeProvider.System,
        notice => pipeline.Verbose(CommandText.Retry(notice.Service, notice.Method, notice.Path, notice.Attempt, notice.Delay.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture), notice.Reason)));
}
