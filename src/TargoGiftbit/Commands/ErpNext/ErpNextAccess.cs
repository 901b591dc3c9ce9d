using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>Connects cmdlets to ERPNext.</summary>
internal static class ErpNextAccess
{
    internal static ErpNextApi Open(GiftSettings settings, PipelineWriter pipeline) =>
        new(ErpNextConnection.From(settings), onRetry: ServiceNotices.To(pipeline));
}
