using System.Globalization;
using TargoGiftbit.Commands;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>Tells with <c>-Verbose</c> that a call to a service is repeated.</summary>
internal static class ServiceNotices
{
    internal static Action<RetryNotice> To(PipelineWriter pipeline) => notice => pipeline.Verbose(CommandText.Retry(
        notice.Service, notice.Method, notice.Path, notice.Attempt, notice.Delay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture), notice.Reason));
}
