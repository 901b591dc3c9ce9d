using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>What the operator hears of events.</summary>
internal static class EventNotices
{
    /// <summary>Counts an event, and warns of a kind that is not known here when it first comes: a listener may run for weeks.</summary>
    internal static async Task CountAsync(MailEventReceipt receipt, EventTally tally, PipelineWriter pipeline)
    {
        if (tally.Add(receipt) is { } unknown) await pipeline.WarningAsync(EngagementCommandText.UnknownKind(unknown)).ConfigureAwait(false);
    }

    internal static async Task SumUpAsync(EventTally tally, PipelineWriter pipeline)
    {
        if (tally.Quarantined > 0) await pipeline.WarningAsync(EngagementCommandText.Quarantined(tally.Quarantined, tally.MainReason)).ConfigureAwait(false);
        await pipeline.VerboseAsync(EngagementCommandText.Stopped(tally.All, tally.Stored, tally.Quarantined)).ConfigureAwait(false);
    }
}
